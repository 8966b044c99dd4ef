import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, rmSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { Client } from 'pg'
import { findFreePort } from './ports.ts'
import { findPostgresBinaries, type PostgresBinaries } from './postgres-binaries.ts'
import { ensurePostgresData, findPostgresPlace, preparePostgresPlace, POSTGRES_ROLE } from './postgres-data.ts'
import {
  commandLineOf,
  endProcess,
  guardProcess,
  processesWorkingIn,
  processIdentity,
  sendSignal,
} from './processes.ts'
import { findPostgresUser, type UnixUser } from './unprivileged-user.ts'

export type EmbeddedPostgresOptions = {
  /** The directory everything is kept below, in `postgres/`. */
  home: string
  /** Zero takes a free one. */
  port: number
  /** False turns fsync off: for tests, whose data nobody wants back after a power cut. */
  durable: boolean
  /** Further settings of postgresql.conf, such as `shared_preload_libraries`. */
  settings?: Record<string, string>
  logFile: string
  /** One line about something unusual that was done: a user created, files put elsewhere, an orphan stopped. */
  note: (line: string) => void
  signal?: AbortSignal
  /** Removed when we die without stopping the server; the home of a test run. */
  removeIfOrphaned?: string
}

export type EmbeddedPostgres = {
  port: number
  pid: number
  /** As the server says it: "16.14". */
  version: string
  dataDirectory: string
  createdData: boolean
  /** Connection string of one database, as superuser over the loopback. */
  urlOf: (database: string) => string
  /** Settled when the server has ended, whoever ended it. */
  exited: Promise<void>
  isRunning: () => boolean
  /** Ends sessions and shuts down cleanly; within a second as a rule. */
  stop: () => Promise<void>
}

const SHUTDOWN = [
  { signal: 'SIGINT' as const, waitMs: 20_000 }, // "fast": roll back, checkpoint, end
  { signal: 'SIGQUIT' as const, waitMs: 5_000 }, // "immediate": recovers at the next start
]
const READY_WITHIN_MS = 120_000 // recovery after a crash replays the log first

/**
 * Starts PostgreSQL 16 of the npm package on 127.0.0.1, creating its data at first. Whatever an earlier run left behind (a
 * running orphan, a stale lock file) is cleared first. As root the server runs as an unprivileged user. Throws one clear
 * message when it does not come up, with the last lines of its log.
 */
export async function startPostgres(options: EmbeddedPostgresOptions): Promise<EmbeddedPostgres> {
  const user = findPostgresUser(path.join(findPostgresPlace(options.home), 'data'), options.note)
  const binaries = findPostgresBinaries(user, options.note)
  const place = preparePostgresPlace(options.home, user, options.note)
  const data = await ensurePostgresData(place, { ...options, binaries, user })
  await clearLeftovers(data.dataDirectory, options.note)
  for (let attempt = 1; ; attempt++) {
    options.signal?.throwIfAborted()
    const port = options.port === 0 ? await findFreePort() : options.port
    const server = launch(binaries, { ...options, ...data, user, port })
    try {
      const version = await waitUntilReady(server, options.signal)
      return { ...server, port, version, createdData: data.created, dataDirectory: data.dataDirectory }
    } catch (error) {
      await server.stop()
      const portWasFaster = options.port === 0 && attempt < 5 && tailOf(options.logFile).includes('could not bind')
      if (!portWasFaster) throw withLog(error, options.logFile)
    }
  }
}

type Launched = Pick<EmbeddedPostgres, 'pid' | 'urlOf' | 'exited' | 'isRunning' | 'stop'>
type LaunchOptions = EmbeddedPostgresOptions & { dataDirectory: string; password: string; user: UnixUser | undefined }

function launch(binaries: PostgresBinaries, options: LaunchOptions): Launched {
  mkdirSync(path.dirname(options.logFile), { recursive: true })
  const log = openSync(options.logFile, 'w', 0o600)
  const child = spawn(binaries.postgres, serverArguments(options), {
    cwd: '/',
    detached: true, // Ctrl-C in the terminal must not reach it: the shop is stopped in order, the database last
    stdio: ['ignore', log, log],
    ...(options.user ? { uid: options.user.uid, gid: options.user.gid } : {}),
  })
  closeSync(log)
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const { pid } = child
  if (pid === undefined) throw new Error(`PostgreSQL could not be started: ${binaries.postgres}`)
  const release = guardProcess(pid, { signal: 'SIGQUIT', removeDirectory: options.removeIfOrphaned })
  return {
    pid,
    exited,
    isRunning: () => isChildRunning(child),
    urlOf: (database) => `postgres://${POSTGRES_ROLE}:${options.password}@127.0.0.1:${options.port}/${database}`,
    stop: async () => {
      if (isChildRunning(child)) await endProcess(pid, SHUTDOWN)
      await exited
      release()
    },
  }
}

function isChildRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

function serverArguments({ dataDirectory, port, durable, settings }: LaunchOptions): string[] {
  const all: Record<string, string> = {
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '', // two copies side by side would fight over /tmp/.s.PGSQL.*
    timezone: 'UTC',
    log_timezone: 'UTC',
    ...(durable ? {} : { fsync: 'off', full_page_writes: 'off', synchronous_commit: 'off' }),
    ...settings,
  }
  return [
    '-D',
    dataDirectory,
    '-p',
    String(port),
    ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
  ]
}

/** Connects until the server answers, and returns its version. Throws when it ends instead, or takes longer than two minutes. */
async function waitUntilReady(server: Launched, signal: AbortSignal | undefined): Promise<string> {
  const deadline = performance.now() + READY_WITHIN_MS
  for (;;) {
    signal?.throwIfAborted()
    if (!server.isRunning()) throw new Error('PostgreSQL ended while starting')
    try {
      return await askVersion(server.urlOf('postgres'))
    } catch (error) {
      if (performance.now() > deadline) throw new Error('PostgreSQL did not become ready', { cause: error })
    }
    await delay(50)
  }
}

async function askVersion(url: string): Promise<string> {
  const client = new Client({ connectionString: url, connectionTimeoutMillis: 5_000 })
  client.on('error', () => {}) // a dropped connection also rejects the query
  await client.connect()
  try {
    const result = await client.query<{ version: string }>("select current_setting('server_version') as version")
    return result.rows[0]?.version ?? 'unknown'
  } finally {
    await client.end()
  }
}

/**
 * Clears what an earlier run left in the data directory: stops a server that still runs there, waits out its last back ends,
 * and removes a lock file whose process is gone, is a zombie, or is by now somebody else's.
 */
export async function clearLeftovers(dataDirectory: string, note: (line: string) => void): Promise<void> {
  const lockFile = path.join(dataDirectory, 'postmaster.pid')
  if (!existsSync(lockFile)) return
  const pid = Number(readFileSync(lockFile, 'utf8').split('\n')[0])
  const isOurs = processIdentity(pid) !== undefined && (commandLineOf(pid) ?? '').includes(`-D ${dataDirectory}`)
  if (isOurs) {
    note(`stopping the PostgreSQL an earlier start left running (pid ${pid})`)
    await endProcess(pid, SHUTDOWN)
  }
  // Back ends outlive a killed postmaster by a moment and hold its shared memory, which a new one would refuse to share.
  const patience = performance.now() + 10_000
  while (processesWorkingIn(dataDirectory).length > 0) {
    if (performance.now() > patience) for (const left of processesWorkingIn(dataDirectory)) sendSignal(left, 'SIGKILL')
    await delay(50)
  }
  rmSync(lockFile, { force: true })
}

function tailOf(logFile: string): string {
  return existsSync(logFile) ? readFileSync(logFile, 'utf8').trim().split('\n').slice(-8).join('\n') : ''
}

function withLog(error: unknown, logFile: string): Error {
  const message = error instanceof Error ? error.message : String(error)
  return new Error(`${message}. The end of ${logFile}:\n${tailOf(logFile)}`, { cause: error })
}
