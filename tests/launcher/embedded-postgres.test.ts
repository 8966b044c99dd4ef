import { spawn } from 'node:child_process'
import { chmodSync, existsSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { Client } from 'pg'
import { expect, onTestFinished, test } from 'vitest'
import { startPostgres, type EmbeddedPostgres } from '../../scripts/embedded/embedded-postgres.ts'
import { processIdentity } from '../../scripts/embedded/processes.ts'

function makeHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'dhow-postgres-'))
  chmodSync(home, 0o755)
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return home
}

async function start(home: string, notes: string[] = []): Promise<EmbeddedPostgres> {
  const logFile = path.join(home, 'postgres.log')
  const postgres = await startPostgres({ home, port: 0, durable: true, logFile, note: (line) => notes.push(line) })
  onTestFinished(() => postgres.stop())
  return postgres
}

async function ask(postgres: EmbeddedPostgres, statement: string): Promise<unknown> {
  const client = new Client({ connectionString: postgres.urlOf('postgres') })
  client.on('error', () => {})
  await client.connect()
  try {
    const { rows } = await client.query<{ answer: unknown }>(statement)
    return rows[0]?.answer
  } finally {
    await client.end()
  }
}

test('PostgreSQL 16 runs unprivileged, on the loopback alone, with checksums and a password', async () => {
  const home = makeHome()
  const postgres = await start(home)
  expect(postgres.version).toMatch(/^16\./)
  expect(await ask(postgres, "select current_setting('data_checksums') as answer")).toBe('on')
  expect(await ask(postgres, "select current_setting('listen_addresses') as answer")).toBe('127.0.0.1')
  expect(await ask(postgres, "select current_setting('fsync') as answer")).toBe('on')
  expect(statSync(postgres.dataDirectory).uid).not.toBe(0)
  expect(statSync(path.join(home, 'postgres/password')).mode & 0o077).toBe(0)
  const uninvited = new Client({ connectionString: postgres.urlOf('postgres').replace(/:[^:@]+@/, ':guess@') })
  await expect(uninvited.connect()).rejects.toThrow('password authentication failed')
})

test('letters are Unicode: Arabic words have trigrams and Latin ones fold case', async () => {
  const postgres = await start(makeHome())
  await ask(postgres, 'create extension pg_trgm')
  expect(await ask(postgres, "select array_length(show_trgm('عود'), 1) as answer")).toBeGreaterThan(0)
  expect(await ask(postgres, "select lower('ÉCLAT') as answer")).toBe('éclat')
})

test('what was committed survives kill -9 of the server, and the next start recovers by itself', async () => {
  const home = makeHome()
  const first = await start(home)
  await ask(first, 'create table kept as select 42 as answer')
  process.kill(first.pid, 'SIGKILL')
  await first.exited
  const second = await start(home)
  expect(second.createdData).toBe(false)
  expect(await ask(second, 'select answer from kept')).toBe(42)
})

test('a server an earlier start left running is stopped and replaced', async () => {
  const home = makeHome()
  const orphan = await start(home)
  const notes: string[] = []
  const second = await start(home, notes)
  await orphan.exited
  expect(notes).toEqual([`stopping the PostgreSQL an earlier start left running (pid ${orphan.pid})`])
  expect(await ask(second, 'select 1 as answer')).toBe(1)
})

test('a lock file whose pid now belongs to another program is cleared, and that program left alone', async () => {
  const home = makeHome()
  const first = await start(home)
  await first.stop()
  const stranger = spawn('sleep', ['600'], { stdio: 'ignore' })
  onTestFinished(() => void stranger.kill('SIGKILL'))
  writeFileSync(path.join(first.dataDirectory, 'postmaster.pid'), `${stranger.pid}\n${first.dataDirectory}\n`)
  const second = await start(home)
  expect(await ask(second, 'select 1 as answer')).toBe(1)
  expect(processIdentity(stranger.pid ?? 0)).toBeDefined()
})

test('an initdb that was cut short is done again', async () => {
  const home = makeHome()
  const first = await start(home)
  await first.stop()
  rmSync(first.dataDirectory, { recursive: true })
  const second = await start(home)
  expect(second.createdData).toBe(true)
})

test('the server ends when the process that started it is killed', async () => {
  const home = makeHome()
  const script = `
    import { startPostgres } from '${path.resolve('scripts/embedded/embedded-postgres.ts')}'
    const options = { home: '${home}', port: 0, durable: false, logFile: '${home}/log', note: () => {} }
    const postgres = await startPostgres(options)
    console.log(postgres.pid)
    await new Promise(() => setInterval(() => {}, 1000))`
  const parent = spawn(process.execPath, ['--input-type=module-typescript', '-e', script], {
    stdio: ['ignore', 'pipe', 'inherit'],
  })
  const pid = await new Promise<number>((resolve) =>
    parent.stdout.once('data', (chunk) => resolve(Number(String(chunk)))),
  )
  expect(processIdentity(pid)).toBeDefined()
  parent.kill('SIGKILL')
  await expect.poll(() => processIdentity(pid), { timeout: 30_000 }).toBeUndefined()
  expect(existsSync(path.join(home, 'postgres/data'))).toBe(true)
})

test('a server that cannot start says why, with the end of its log', async () => {
  const home = makeHome()
  const logFile = path.join(home, 'postgres.log')
  const settings = { shared_buffers: 'nonsense' }
  const failed = startPostgres({ home, port: 0, durable: false, settings, logFile, note: () => {} })
  await expect(failed).rejects.toThrow(
    /PostgreSQL ended while starting[\s\S]*invalid value for parameter "shared_buffers"/,
  )
  expect(readFileSync(logFile, 'utf8')).not.toBe('')
})
