import { chmodSync, existsSync, mkdirSync } from 'node:fs'
import { LauncherError, type LauncherConfig } from './config.ts'
import { claimHome } from './run-file.ts'
import type { ShopStart } from './shop.ts'
import { createSteps } from './steps.ts'
import { createSupervisor } from './supervisor.ts'

/**
 * Claims the home, runs `work`, and afterwards leaves nothing running: not after a failure, a signal (SIGINT, SIGTERM,
 * SIGHUP), or the death of a part. A second signal kills at once. Resolves with the exit code; failures are printed.
 */
export async function runSession(
  config: LauncherConfig,
  purpose: string,
  work: (start: ShopStart) => Promise<number>,
): Promise<number> {
  const write = (text: string) => void process.stdout.write(text)
  for (const stream of [process.stdout, process.stderr]) stream.on('error', () => {}) // the terminal is gone: so we stop
  makeHome(config.home)
  const runFile = await claimHome(config.home, purpose, (line) => write(`  ${line}\n`))
  const supervisor = createSupervisor(
    ({ name, pid }) => runFile.record(name, pid),
    (name) => write(`  stopped ${name}\n`),
  )
  const interrupted = listenForSignals(supervisor.killAll, runFile.release)
  const steps = createSteps(write, supervisor.signal)
  try {
    return await Promise.race([
      work({ config, steps, supervisor, runFile }),
      interrupted.then((signal) => sayStopping(signal, write)),
      supervisor.died.then((part) => Promise.reject(new LauncherError(part.lastWords()))),
    ])
  } catch (error) {
    if (!supervisor.signal.aborted) process.stderr.write(`${messageOf(error)}\n`)
    return 1
  } finally {
    await supervisor.shutdown()
    runFile.release()
  }
}

function makeHome(home: string): void {
  if (existsSync(home)) return
  mkdirSync(home, { recursive: true })
  chmodSync(home, 0o755) // the user that runs PostgreSQL passes through; what is secret inside is 0600 or 0700
}

function listenForSignals(killAll: () => void, release: () => void): Promise<NodeJS.Signals> {
  const { promise, resolve } = Promise.withResolvers<NodeJS.Signals>()
  let signals = 0
  for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP'] as const) {
    process.on(signal, () => {
      signals += 1
      if (signals === 1) return resolve(signal)
      killAll()
      release()
      process.exit(130)
    })
  }
  followNpm(() => resolve('SIGTERM'))
  return promise
}

/** Killing `npm start` by its pid alone never reaches us; we notice that our parent has become another one. */
function followNpm(onGone: () => void): void {
  if (process.env['npm_lifecycle_event'] === undefined) return
  const parent = process.ppid
  const timer = setInterval(() => {
    if (process.ppid === parent) return
    clearInterval(timer)
    onGone()
  }, 500)
  timer.unref()
}

function sayStopping(signal: NodeJS.Signals, write: (text: string) => void): number {
  write(`\nStopping${signal === 'SIGINT' ? ' (Ctrl-C again to stop at once)' : ''} …\n`)
  return 0
}

/** What a person should read: our own errors are complete sentences, anything else keeps its stack. */
export function messageOf(error: unknown): string {
  if (error instanceof LauncherError) return error.message
  if (!(error instanceof Error)) return String(error)
  return process.env['DEBUG'] ? (error.stack ?? error.message) : error.message
}
