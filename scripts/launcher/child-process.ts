import { spawn, type ChildProcess } from 'node:child_process'
import { closeSync, existsSync, mkdirSync, openSync, readFileSync, renameSync } from 'node:fs'
import path from 'node:path'
import { setTimeout as delay } from 'node:timers/promises'
import { endProcess, guardProcess, sendSignal } from '../embedded/processes.ts'
import type { Managed } from './supervisor.ts'

/** A process of ours; `exitCode` is null while it runs and after a signal. */
export type Service = Managed & { isRunning: () => boolean; exitCode: () => number | null }

export type ServiceOptions = {
  name: string
  /** What Node runs, relative to `cwd`. */
  entry: string
  args?: string[]
  nodeOptions?: string[]
  cwd: string
  env: NodeJS.ProcessEnv
  logDirectory: string
}

const TAIL_LINES = 15
const READY_WITHIN_MS = 90_000
const DRAIN_MS = 10_000

/** Starts a Node process whose output goes to `<logDirectory>/<name>.log`; the log of the start before is kept beside it. */
export function startService(options: ServiceOptions): Service {
  const { name, logDirectory } = options
  const logFile = path.join(logDirectory, `${name}.log`)
  const child = spawnLogged(options, logFile)
  const { pid } = child
  const exited = new Promise<void>((resolve) => {
    child.once('exit', () => resolve())
    child.once('error', () => resolve())
  })
  if (pid === undefined) throw new Error(`${name} could not be started: ${options.entry}`)
  const release = guardProcess(-pid, { signal: 'SIGTERM' })
  return {
    name,
    pid,
    exited,
    kill: () => sendSignal(-pid, 'SIGKILL'),
    isRunning: () => isRunning(child),
    exitCode: () => child.exitCode,
    lastWords: () => describeEnd(name, child, logFile),
    stop: async () => {
      if (isRunning(child)) await endProcess(pid, [{ signal: 'SIGTERM', waitMs: DRAIN_MS }])
      await exited
      sendSignal(-pid, 'SIGKILL') // whatever it started itself and left behind
      release()
    },
  }
}

function spawnLogged(options: ServiceOptions, logFile: string): ChildProcess {
  mkdirSync(options.logDirectory, { recursive: true, mode: 0o700 })
  if (existsSync(logFile)) renameSync(logFile, `${logFile}.1`)
  const log = openSync(logFile, 'w', 0o600)
  const child = spawn(process.execPath, [...(options.nodeOptions ?? []), options.entry, ...(options.args ?? [])], {
    cwd: options.cwd,
    env: options.env,
    detached: true, // its own group: Ctrl-C reaches only us, and we stop the processes in order
    stdio: ['ignore', log, log],
  })
  closeSync(log)
  return child
}

function isRunning(child: ChildProcess): boolean {
  return child.exitCode === null && child.signalCode === null
}

function describeEnd(name: string, child: ChildProcess, logFile: string): string {
  const how = child.signalCode ? `was ended by ${child.signalCode}` : `ended with exit code ${child.exitCode}`
  return `${name} ${how}. The end of ${logFile}:\n${tailOf(logFile)}`
}

/** The last lines of a log, indented. */
export function tailOf(logFile: string): string {
  const lines = existsSync(logFile) ? readFileSync(logFile, 'utf8').trimEnd().split('\n') : []
  return lines
    .slice(-TAIL_LINES)
    .map((line) => `  ${line}`)
    .join('\n')
}

/** Waits until the process answers 200. Throws when it ends first, with its last lines, or after a minute and a half. */
export async function waitUntilReady(service: Service, url: string, signal: AbortSignal): Promise<void> {
  const deadline = performance.now() + READY_WITHIN_MS
  for (;;) {
    signal.throwIfAborted()
    if (!service.isRunning()) throw new Error(service.lastWords())
    if (await answers(url)) return
    if (performance.now() > deadline)
      throw new Error(`${service.name} did not answer ${url} with 200.\n${service.lastWords()}`)
    await delay(50)
  }
}

async function answers(url: string): Promise<boolean> {
  try {
    const response = await fetch(url, { signal: AbortSignal.timeout(5_000), redirect: 'manual' })
    await response.body?.cancel()
    return response.status === 200
  } catch {
    return false // not listening yet
  }
}

/** Runs a command of the shop to its end and returns the last line it said. Throws with its last lines when it fails. */
export async function runCommand(options: ServiceOptions, signal: AbortSignal): Promise<string> {
  signal.throwIfAborted()
  const command = startService(options)
  const stop = () => void command.stop()
  signal.addEventListener('abort', stop, { once: true })
  await command.exited
  signal.removeEventListener('abort', stop)
  await command.stop()
  signal.throwIfAborted()
  if (command.exitCode() !== 0) throw new Error(command.lastWords())
  return (
    tailOf(path.join(options.logDirectory, `${options.name}.log`))
      .split('\n')
      .at(-1)
      ?.trim() ?? ''
  )
}
