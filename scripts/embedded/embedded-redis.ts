import { execFile, spawn, type ChildProcess } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import { closeSync, mkdirSync, openSync, readFileSync } from 'node:fs'
import { connect } from 'node:net'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { promisify } from 'node:util'
import { findFreePort } from './ports.ts'
import { endProcess, guardProcess } from './processes.ts'

export type EmbeddedRedisOptions = {
  /** Zero takes a free one. */
  port: number
  /** How many numbered databases; test files take one each. */
  databases?: number
  logFile: string
  signal?: AbortSignal
}

export type EmbeddedRedis = {
  kind: 'server'
  port: number
  pid: number
  version: string
  /** With the password: only processes told by us get in. */
  url: string
  exited: Promise<void>
  isRunning: () => boolean
  stop: () => Promise<void>
}

/** No usable redis-server on this machine; the API then keeps its copies in its own process. */
export type InProcessRedis = { kind: 'in-process'; reason: string }

const READY_WITHIN_MS = 30_000

/**
 * Starts the redis-server found on the PATH, if it is version 7 or newer, on 127.0.0.1, in memory only: Redis holds nothing
 * that may not be lost. Otherwise says why there is none, and the caller goes on without.
 */
export async function startRedis(options: EmbeddedRedisOptions): Promise<EmbeddedRedis | InProcessRedis> {
  const version = await findRedisVersion()
  if (version === undefined) return { kind: 'in-process', reason: 'no redis-server on the PATH' }
  if (Number.parseInt(version, 10) < 7)
    return { kind: 'in-process', reason: `redis-server here is ${version}, 7 is needed` }
  for (let attempt = 1; ; attempt++) {
    options.signal?.throwIfAborted()
    const port = options.port === 0 ? await findFreePort() : options.port
    const password = randomBytes(18).toString('base64url')
    const server = launch({ ...options, port, password })
    try {
      await waitUntilReady(server, { port, password, signal: options.signal })
      return { kind: 'server', ...server, port, version, url: `redis://:${password}@127.0.0.1:${port}/0` }
    } catch (error) {
      await server.stop()
      const log = readFileSync(options.logFile, 'utf8')
      const portWasFaster = options.port === 0 && attempt < 5 && log.includes('Address already in use')
      if (!portWasFaster)
        throw new Error(`redis-server did not start. The end of ${options.logFile}:\n${log.slice(-600)}`, {
          cause: error,
        })
    }
  }
}

async function findRedisVersion(): Promise<string | undefined> {
  try {
    const { stdout } = await promisify(execFile)('redis-server', ['--version'])
    return /v=(\d+\.\d+\.\d+)/.exec(stdout)?.[1]
  } catch {
    return undefined // not on the PATH
  }
}

type Launched = Pick<EmbeddedRedis, 'pid' | 'exited' | 'isRunning' | 'stop'>

function launch(options: EmbeddedRedisOptions & { port: number; password: string }): Launched {
  mkdirSync(path.dirname(options.logFile), { recursive: true })
  const log = openSync(options.logFile, 'w', 0o600)
  // The settings go in by stdin, so that the password is not in the process list.
  const child = spawn('redis-server', ['-'], { cwd: '/', detached: true, stdio: ['pipe', log, log] })
  closeSync(log)
  child.stdin?.on('error', () => {}) // it ended at once: the log says why
  child.stdin?.end(configuration(options))
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  const { pid } = child
  if (pid === undefined) throw new Error('redis-server could not be started')
  const release = guardProcess(pid, { signal: 'SIGTERM' })
  return {
    pid,
    exited,
    isRunning: () => isChildRunning(child),
    stop: async () => {
      if (isChildRunning(child)) await endProcess(pid, [{ signal: 'SIGTERM', waitMs: 5_000 }])
      await exited
      release()
    },
  }
}

function isChildRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

function configuration(options: EmbeddedRedisOptions & { port: number; password: string }): string {
  return [
    'bind 127.0.0.1',
    `port ${options.port}`,
    `requirepass ${options.password}`,
    `databases ${options.databases ?? 16}`,
    'save ""',
    'appendonly no',
    'daemonize no',
    '',
  ].join('\n')
}

async function waitUntilReady(
  server: Launched,
  options: { port: number; password: string; signal: AbortSignal | undefined },
): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS
  for (;;) {
    options.signal?.throwIfAborted()
    if (!server.isRunning()) throw new Error('redis-server ended while starting')
    if (await answersPing(options.port, options.password)) return
    if (performance.now() > deadline) throw new Error('redis-server did not become ready')
    await delay(25)
  }
}

/** Speaks just enough of the protocol to know that this server is ours: the password must fit. */
function answersPing(port: number, password: string): Promise<boolean> {
  return new Promise((resolve) => {
    const socket = connect(port, '127.0.0.1', () => socket.write(`AUTH ${password}\r\nPING\r\n`))
    let answer = ''
    socket.setTimeout(2_000, () => socket.destroy())
    socket.on('data', (chunk) => {
      answer += chunk.toString()
      if (answer.includes('+PONG') || answer.includes('-')) socket.destroy()
    })
    socket.on('error', () => {})
    socket.on('close', () => resolve(answer === '+OK\r\n+PONG\r\n'))
  })
}
