import { spawn, type ChildProcess } from 'node:child_process'
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { processIdentity } from '../embedded/processes.ts'
import { AlreadyRunningError, claimHome } from './run-file.ts'

function makeHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'dhow-run-file-'))
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return home
}

/** A process that does nothing until it is told to end. */
function spawnIdle(): ChildProcess & { pid: number } {
  const child = spawn('sleep', ['600'], { stdio: 'ignore' })
  onTestFinished(() => void child.kill('SIGKILL'))
  const { pid } = child
  if (pid === undefined) throw new Error('sleep could not be started')
  return Object.assign(child, { pid })
}

function recordOf(pid: number, identity = processIdentity(pid) ?? ''): { pid: number; identity: string } {
  return { pid, identity }
}

function leaveRunFile(home: string, launcher: { pid: number; identity: string }, processes: object[] = []): void {
  writeFileSync(
    path.join(home, 'run.json'),
    JSON.stringify({ launcher, purpose: 'Dhow', databaseUrl: 'postgres://x', processes }),
  )
}

const gone = { pid: 4_194_000, identity: 'long gone' }

test('a second start in the same home is refused in one line, and learns where the database is', async () => {
  const home = makeHome()
  const other = spawnIdle()
  leaveRunFile(home, recordOf(other.pid))
  const claim = claimHome(home, 'Dhow', () => {})
  await expect(claim).rejects.toThrow(
    `Dhow is already running in ${home} (pid ${other.pid}). Stop it first, or set another DHOW_HOME and other ports.`,
  )
  await expect(claim).rejects.toSatisfy(
    (error) => error instanceof AlreadyRunningError && error.databaseUrl === 'postgres://x',
  )
})

test('after a killed start what it left running is stopped, and the home is ours', async () => {
  const home = makeHome()
  const left = spawnIdle()
  const ended = new Promise((resolve) => left.once('exit', (_code, signal) => resolve(signal)))
  leaveRunFile(home, gone, [{ name: 'api', ...recordOf(left.pid) }])
  const notes: string[] = []
  const runFile = await claimHome(home, 'Dhow', (line) => notes.push(line))
  expect(await ended).toBe('SIGTERM')
  expect(notes).toEqual(['the last start was killed; stopping what it left running: api'])
  expect(readFileSync(path.join(home, 'run.json'), 'utf8')).toContain(`"pid": ${process.pid}`)
  runFile.release()
  expect(existsSync(path.join(home, 'run.json'))).toBe(false)
})

test('a process that merely has a recorded pid is left alone', async () => {
  const home = makeHome()
  const stranger = spawnIdle()
  leaveRunFile(home, recordOf(stranger.pid, 'another start time'), [
    { name: 'api', ...recordOf(stranger.pid, 'and another') },
  ])
  const runFile = await claimHome(home, 'Dhow', () => {})
  expect(processIdentity(stranger.pid)).toBeDefined()
  runFile.release()
})

test('a run file cut short by a crash counts for nothing', async () => {
  const home = makeHome()
  writeFileSync(path.join(home, 'run.json'), '{"launcher": {"pi')
  await expect(claimHome(home, 'Dhow', () => {})).resolves.toBeDefined()
})

test('of two claims at the same moment one wins', async () => {
  const home = makeHome()
  const claims = await Promise.allSettled([claimHome(home, 'one', () => {}), claimHome(home, 'two', () => {})])
  expect(claims.map(({ status }) => status).toSorted()).toEqual(['fulfilled', 'rejected'])
})

test('what is recorded can be read back by whoever comes after', async () => {
  const home = makeHome()
  const child = spawnIdle()
  const runFile = await claimHome(home, 'Dhow', () => {})
  runFile.record('worker', child.pid)
  runFile.setDatabaseUrl('postgres://here')
  const written: unknown = JSON.parse(readFileSync(path.join(home, 'run.json'), 'utf8'))
  expect(written).toMatchObject({
    databaseUrl: 'postgres://here',
    processes: [{ name: 'worker', ...recordOf(child.pid) }],
  })
})
