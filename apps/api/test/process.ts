import { spawn } from 'node:child_process'
import { once } from 'node:events'
import path from 'node:path'
import { afterAll, onTestFinished } from 'vitest'
import { findFreePort } from '../../../scripts/embedded/ports.ts'

export interface ProcessOptions {
  entry: 'main' | 'worker'
  /** Usually `app.env` of a test app: the same database, Redis and sandbox. */
  env: Record<string, string>
}

export interface RealProcess {
  pid: number
  port: number
  /** Where it listens; health for the worker, everything for the API. */
  baseUrl: string
  /** What it wrote so far: log lines, and why it died. */
  output(): string
  /** `kill -9`: no goodbye to anybody. Resolves when it is gone. */
  kill(): Promise<void>
  /** SIGTERM, as PM2 does; gives the exit code. */
  stop(): Promise<number | null>
}

const READY_WITHIN_MS = 30_000
const POLL_MS = 50

async function waitUntilReady(baseUrl: string, hasExited: () => boolean, output: () => string): Promise<void> {
  const until = performance.now() + READY_WITHIN_MS
  while (performance.now() < until && !hasExited()) {
    const response = await fetch(`${baseUrl}/health/ready`).catch(() => undefined)
    await response?.arrayBuffer()
    if (response?.ok) return
    await new Promise((resolve) => setTimeout(resolve, POLL_MS))
  }
  throw new Error(`the process did not become ready:\n${output()}`)
}

/**
 * Starts the API or the worker as the real child process it is in production, on a free port, and waits until it is ready.
 * For tests that kill it; whatever still runs afterwards is killed.
 */
export async function startRealProcess({ entry, env }: ProcessOptions): Promise<RealProcess> {
  const port = await findFreePort()
  const root = path.resolve(import.meta.dirname, '../../..')
  const child = spawn(process.execPath, [`apps/api/src/${entry}.ts`], {
    cwd: root,
    env: {
      PATH: process.env['PATH'],
      NODE_COMPILE_CACHE: process.env['NODE_COMPILE_CACHE'],
      ...env,
      API_PORT: String(port),
      WORKER_PORT: String(port),
    },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  child.stdout.on('data', (chunk: Buffer) => (text += chunk.toString()))
  child.stderr.on('data', (chunk: Buffer) => (text += chunk.toString()))
  const exited = once(child, 'exit')
  const hasExited = (): boolean => child.exitCode !== null || child.signalCode !== null
  async function end(signal: NodeJS.Signals): Promise<number | null> {
    if (!hasExited()) child.kill(signal)
    await exited
    return child.exitCode
  }
  const kill = async (): Promise<void> => void (await end('SIGKILL'))
  try {
    onTestFinished(kill)
  } catch {
    afterAll(kill)
  }
  const baseUrl = `http://127.0.0.1:${port}`
  await waitUntilReady(baseUrl, hasExited, () => text)
  return { pid: child.pid ?? 0, port, baseUrl, output: () => text, kill, stop: () => end('SIGTERM') }
}
