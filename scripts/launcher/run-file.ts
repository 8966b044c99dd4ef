import { linkSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import path from 'node:path'
import { endProcess, processIdentity } from '../embedded/processes.ts'
import { LauncherError } from './config.ts'

/** A process we started. The identity tells it from a later process that was given the same pid. */
export type RecordedProcess = { name: string; pid: number; identity: string }

type RunRecord = {
  launcher: { pid: number; identity: string }
  /** What is running, for the message to whoever comes second: "the shop", "npm run import". */
  purpose: string
  /** Present once the database answers, for commands that want to use the one that is running. */
  databaseUrl?: string
  processes: RecordedProcess[]
}

/** Our claim on a home, written to `<home>/run.json`. */
export type RunFile = {
  record: (name: string, pid: number) => void
  setDatabaseUrl: (url: string) => void
  release: () => void
}

/** The home is in use by a launcher that is alive. */
export class AlreadyRunningError extends LauncherError {
  readonly databaseUrl: string | undefined

  constructor(home: string, { purpose, launcher, databaseUrl }: RunRecord) {
    super(
      `${purpose} is already running in ${home} (pid ${launcher.pid}). Stop it first, or set another DHOW_HOME and other ports.`,
    )
    this.databaseUrl = databaseUrl
  }
}

/**
 * Claims the home for this process. If its last user was killed, what that one left running is stopped first, newest first.
 * Throws {@link AlreadyRunningError} if the last user is alive. Of two at the same moment exactly one gets the home.
 */
export async function claimHome(home: string, purpose: string, note: (line: string) => void): Promise<RunFile> {
  const file = path.join(home, 'run.json')
  const identity = processIdentity(process.pid)
  if (identity === undefined) throw new Error('Cannot read the start time of this very process')
  const record: RunRecord = { launcher: { pid: process.pid, identity }, purpose, processes: [] }
  while (!createExclusively(file, record)) {
    const other = readRunRecord(file)
    if (other && isAlive(other.launcher)) throw new AlreadyRunningError(home, other)
    if (other) await stopLeftovers(other, note)
    rmSync(file, { force: true })
  }
  return {
    record: (name, pid) => {
      const identity = processIdentity(pid)
      if (identity === undefined) return // it has ended already, and says so itself
      record.processes.push({ name, pid, identity })
      replace(file, record)
    },
    setDatabaseUrl: (url) => {
      record.databaseUrl = url
      replace(file, record)
    },
    release: () => rmSync(file, { force: true }),
  }
}

function isAlive({ pid, identity }: { pid: number; identity: string }): boolean {
  return processIdentity(pid) === identity
}

async function stopLeftovers(record: RunRecord, note: (line: string) => void): Promise<void> {
  const left = record.processes.filter(isAlive).toReversed()
  if (left.length === 0) return
  note(`the last start was killed; stopping what it left running: ${left.map(({ name }) => name).join(', ')}`)
  for (const { name, pid } of left) {
    // SIGINT is PostgreSQL's "fast" shutdown; SIGTERM would wait for sessions.
    const signal = name === 'postgres' ? ('SIGINT' as const) : ('SIGTERM' as const)
    await endProcess(pid, [{ signal, waitMs: 8_000 }])
  }
}

/** A link appears whole or not at all, and fails when the name is there: two starts at once cannot both succeed. */
function createExclusively(file: string, record: RunRecord): boolean {
  const temporary = writeBeside(file, record)
  try {
    linkSync(temporary, file)
    return true
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EEXIST') return false
    throw error
  } finally {
    rmSync(temporary, { force: true })
  }
}

function replace(file: string, record: RunRecord): void {
  renameSync(writeBeside(file, record), file)
}

function writeBeside(file: string, record: RunRecord): string {
  const temporary = `${file}.${process.pid}`
  writeFileSync(temporary, `${JSON.stringify(record, null, 2)}\n`, { mode: 0o600 })
  return temporary
}

/** Undefined for a file that is gone or is not ours to understand; both mean that nobody is running. */
function readRunRecord(file: string): RunRecord | undefined {
  try {
    const value: unknown = JSON.parse(readFileSync(file, 'utf8'))
    return isRunRecord(value) ? value : undefined
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'EACCES') {
      throw new LauncherError(
        `Cannot read ${file}: it belongs to another user. Start as that user, or set another DHOW_HOME.`,
      )
    }
    return undefined
  }
}

function isRunRecord(value: unknown): value is RunRecord {
  if (!isObject(value) || !isProcess(value['launcher']) || typeof value['purpose'] !== 'string') return false
  return Array.isArray(value['processes']) && value['processes'].every((entry) => isProcess(entry) && 'name' in entry)
}

function isProcess(value: unknown): value is { pid: number; identity: string } {
  return isObject(value) && Number.isInteger(value['pid']) && typeof value['identity'] === 'string'
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === 'object' && value !== null
}
