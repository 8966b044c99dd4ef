import { spawn } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import type { PostgresBinaries } from './postgres-binaries.ts'
import { canEnter, makeSharedDirectory, type UnixUser } from './unprivileged-user.ts'

/** The superuser of the embedded server, and the role the shop connects as. */
export const POSTGRES_ROLE = 'dhow'

/** A created data directory and the password of its superuser. */
export type PostgresData = { dataDirectory: string; password: string; created: boolean }

/**
 * Where PostgreSQL's files live for this home: `<home>/postgres`. When the user who runs PostgreSQL cannot get there, a
 * directory under /var/lib/dhow instead, remembered in `<home>/postgres/moved-to`; deleting the home thereby forgets it.
 */
export function findPostgresPlace(home: string): string {
  const pointer = path.join(home, 'postgres', 'moved-to')
  return existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : path.join(home, 'postgres')
}

/** Makes the place of {@link findPostgresPlace} ready for the user, moving it out of the home when it must. */
export function preparePostgresPlace(home: string, user: UnixUser | undefined, note: (line: string) => void): string {
  const place = findPostgresPlace(home)
  mkdirSync(place, { recursive: true, mode: 0o700 })
  if (user === undefined) return place
  chownSync(place, user.uid, user.gid)
  if (canEnter(place, user)) return place
  const moved = path.join(makeSharedDirectory(), `postgres-${randomBytes(6).toString('hex')}`)
  mkdirSync(moved, { mode: 0o700 })
  chownSync(moved, user.uid, user.gid)
  writeFileSync(path.join(place, 'moved-to'), `${moved}\n`)
  note(`keeping the database in ${moved}: the user "${user.name}" cannot reach ${place}`)
  return moved
}

/** Removes all data of the embedded server of this home, wherever it is. */
export function removePostgresData(home: string): void {
  rmSync(findPostgresPlace(home), { recursive: true, force: true })
  rmSync(path.join(home, 'postgres'), { recursive: true, force: true })
}

/**
 * The data directory in `place`, created by initdb when it is not there: checksums on, UTF-8, passwords even on the loopback.
 * It is made under another name and renamed, so that one interrupted half-way is made anew and never started.
 */
export async function ensurePostgresData(
  place: string,
  options: { binaries: PostgresBinaries; user: UnixUser | undefined; durable: boolean; signal?: AbortSignal },
): Promise<PostgresData> {
  const dataDirectory = path.join(place, 'data')
  const passwordFile = path.join(place, 'password')
  if (existsSync(dataDirectory)) {
    return { dataDirectory, password: readPassword(passwordFile), created: false }
  }
  const password = randomBytes(24).toString('base64url')
  rmSync(passwordFile, { force: true })
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (options.user) chownSync(passwordFile, options.user.uid, options.user.gid)
  const unfinished = path.join(place, 'data.unfinished')
  rmSync(unfinished, { recursive: true, force: true })
  await runInitdb(unfinished, passwordFile, options)
  renameSync(unfinished, dataDirectory)
  return { dataDirectory, password, created: true }
}

function readPassword(file: string): string {
  try {
    chmodSync(file, 0o600)
    return readFileSync(file, 'utf8').trim()
  } catch (cause) {
    throw new Error(`Cannot read the database's password in ${file}. Start over with: npm run db:reset`, { cause })
  }
}

type InitdbOptions = Parameters<typeof ensurePostgresData>[1]

async function runInitdb(directory: string, passwordFile: string, options: InitdbOptions): Promise<void> {
  const failures: string[] = []
  // The type of letters (lc_ctype) must know Unicode, or pg_trgm finds no trigrams in Arabic: never plain "C".
  for (const locale of ['C.UTF-8', 'en_US.UTF-8']) {
    const args = ['-D', directory, '-U', POSTGRES_ROLE, `--pwfile=${passwordFile}`, '--auth=scram-sha-256']
    args.push('--data-checksums', '--encoding=UTF8', `--locale=${locale}`, ...(options.durable ? [] : ['--no-sync']))
    const { code, output } = await runQuietly(options.binaries.initdb, args, options)
    if (code === 0) return
    options.signal?.throwIfAborted()
    failures.push(`with locale ${locale}: ${output.trim()}`)
    rmSync(directory, { recursive: true, force: true })
  }
  throw new Error(`PostgreSQL could not create its data directory ${directory}\n${failures.join('\n')}`)
}

function runQuietly(
  command: string,
  args: string[],
  { user, signal }: InitdbOptions,
): Promise<{ code: number | null; output: string }> {
  return new Promise((resolve, reject) => {
    const identity = user ? { uid: user.uid, gid: user.gid } : {}
    const child = spawn(command, args, {
      cwd: '/',
      stdio: ['ignore', 'pipe', 'pipe'],
      signal,
      detached: true,
      ...identity,
    })
    let output = ''
    child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()))
    child.once('error', reject)
    child.once('close', (code) => resolve({ code, output }))
  })
}
