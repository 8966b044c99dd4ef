import { spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { expect, onTestFinished, test } from 'vitest'
import { processIdentity } from '../../scripts/embedded/processes.ts'

const MINUTES = 60_000

function makeHome(): string {
  const home = mkdtempSync(path.join(tmpdir(), 'dhow-start-'))
  chmodSync(home, 0o755)
  onTestFinished(() => rmSync(home, { recursive: true, force: true }))
  return home
}

type Start = { process: ChildProcess; output: () => string; exitCode: Promise<number | null> }

/** `npm start` without npm: on free ports, in a home of its own. */
function start(home: string, env: Record<string, string> = {}, command = 'scripts/start.ts'): Start {
  const anyPort = { PORT: '0', ADMIN_PORT: '0', API_PORT: '0', SANDBOX_PORT: '0', POSTGRES_PORT: '0', REDIS_PORT: '0' }
  const launcher = spawn(process.execPath, command.split(' '), {
    env: { ...process.env, ...anyPort, DHOW_HOME: home, ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  launcher.stdout.on('data', (chunk) => (output += String(chunk)))
  launcher.stderr.on('data', (chunk) => (output += String(chunk)))
  const exitCode = new Promise<number | null>((resolve) => launcher.once('close', resolve))
  onTestFinished(async () => {
    launcher.kill('SIGTERM')
    await exitCode
  })
  return { process: launcher, output: () => output, exitCode }
}

async function untilOpen(shop: Start): Promise<string> {
  await expect.poll(() => shop.output(), { timeout: 3 * MINUTES }).toMatch(/The shop is open|✗/)
  return /http:\/\/localhost:\d+(?=\/en)/.exec(shop.output())?.[0] ?? `no address in: ${shop.output()}`
}

function pidsOf(home: string): Map<string, number> {
  const run = JSON.parse(readFileSync(path.join(home, 'run.json'), 'utf8'))
  return new Map(run.processes.map(({ name, pid }: { name: string; pid: number }) => [name, pid]))
}

async function expectGone(pids: Map<string, number>): Promise<void> {
  const alive = () => [...pids].filter(([, pid]) => processIdentity(pid) !== undefined).map(([name]) => name)
  await expect.poll(alive, { timeout: MINUTES }).toEqual([])
}

test(
  'one command opens a shop; a second is refused; Ctrl-C leaves nothing running',
  { timeout: 5 * MINUTES },
  async () => {
    const home = makeHome()
    const shop = start(home)
    const address = await untilOpen(shop)
    expect((await fetch(`${address}/en`)).status).toBe(200)
    expect((await fetch(`${address}/ar`)).status).toBe(200)
    const pids = pidsOf(home)
    expect([...pids.keys()].toSorted()).toEqual(['admin', 'api', 'postgres', 'redis', 'sandbox', 'web', 'worker'])

    const second = start(home)
    expect(await second.exitCode).toBe(1)
    expect(second.output()).toMatch(/^Dhow is already running in .+\n$/)

    shop.process.kill('SIGINT')
    expect(await shop.exitCode).toBe(0)
    await expectGone(pids)
  },
)

test(
  'after kill -9 of the launcher the next start sells again, with the same data',
  { timeout: 5 * MINUTES },
  async () => {
    const home = makeHome()
    const killed = start(home)
    await untilOpen(killed)
    const before = pidsOf(home)
    killed.process.kill('SIGKILL')
    await killed.exitCode
    const next = start(home)
    const address = await untilOpen(next)
    expect((await fetch(`${address}/en`)).status).toBe(200)
    await expectGone(before)
  },
)

test('a part that dies is named with its last words, and all of the shop stops', { timeout: 5 * MINUTES }, async () => {
  const home = makeHome()
  const shop = start(home)
  await untilOpen(shop)
  const pids = pidsOf(home)
  process.kill(pids.get('worker') ?? 0, 'SIGKILL')
  expect(await shop.exitCode).toBe(1)
  expect(shop.output()).toContain(`worker was ended by SIGKILL. The end of ${home}/logs/worker.log:`)
  await expectGone(pids)
})

test('a taken port is told in one line, and nothing is started', async () => {
  const home = makeHome()
  const server = createServer()
  onTestFinished(() => void server.close())
  const port = await new Promise<number>((resolve) => {
    server.listen(0, '127.0.0.1', () => {
      const address = server.address()
      resolve(address !== null && typeof address === 'object' ? address.port : 0)
    })
  })
  const shop = start(home, { SANDBOX_PORT: String(port) })
  expect(await shop.exitCode).toBe(1)
  expect(shop.output()).toBe(
    `Port ${port} is taken. Set SANDBOX_PORT to a free one, for example SANDBOX_PORT=${port + 10} npm start\n`,
  )
})
