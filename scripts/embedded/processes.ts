import { execFileSync, spawn } from 'node:child_process'
import { readFileSync, readdirSync, readlinkSync } from 'node:fs'
import { setTimeout as delay } from 'node:timers/promises'

/**
 * What tells one process from a later one with the same pid: its start time, on Linux joined with the boot's id.
 * Undefined when the process is gone, or a zombie nobody has reaped (containers without an init leave those for good).
 */
export function processIdentity(pid: number): string | undefined {
  if (process.platform === 'linux') return linuxIdentity(pid)
  try {
    const line = execFileSync('ps', ['-o', 'stat=,lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim()
    return line === '' || line.startsWith('Z') ? undefined : line.replace(/^\S+\s+/, '')
  } catch {
    return undefined // ps exits 1 when there is no such process
  }
}

function linuxIdentity(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8')
    // The name in brackets may itself hold spaces and brackets; what follows the last one is fields 3 and up (proc(5)).
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ')
    const [state, startTicks] = [fields[0], fields[19]]
    if (state === undefined || state === 'Z' || state === 'X') return undefined
    return `${readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim()}:${startTicks}`
  } catch {
    return undefined
  }
}

/** The command line of a live process, or undefined. Readable for other users' processes as well. */
export function commandLineOf(pid: number): string | undefined {
  try {
    if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8').replaceAll('\0', ' ').trim()
    return execFileSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).trim()
  } catch {
    return undefined
  }
}

/** Pids whose working directory is `directory`. Linux only (empty elsewhere); processes we may not look at are left out. */
export function processesWorkingIn(directory: string): number[] {
  if (process.platform !== 'linux') return []
  return readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map(Number)
    .filter((pid) => {
      try {
        return readlinkSync(`/proc/${pid}/cwd`) === directory && processIdentity(pid) !== undefined
      } catch {
        return false // ended meanwhile, or somebody else's
      }
    })
}

/**
 * Sends a signal, to the whole group when `pid` is negative. A process that is already gone is no error; nor is a group of which
 * only zombies are left, which macOS answers with EPERM.
 */
export function sendSignal(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal)
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined
    if (code !== 'ESRCH' && !(code === 'EPERM' && pid < 0)) throw error
  }
}

/** Waits until the process with this identity is gone. Resolves false when it is still there after the time given. */
export async function waitForExit(pid: number, identity: string, timeoutMs: number): Promise<boolean> {
  const deadline = performance.now() + timeoutMs
  while (processIdentity(pid) === identity) {
    if (performance.now() > deadline) return false
    await delay(25)
  }
  return true
}

/** Ends a process by the signals given, each with its own patience; the last resort is SIGKILL. */
export async function endProcess(pid: number, steps: { signal: NodeJS.Signals; waitMs: number }[]): Promise<void> {
  const identity = processIdentity(pid)
  if (identity === undefined) return
  for (const { signal, waitMs } of [...steps, { signal: 'SIGKILL' as const, waitMs: 5_000 }]) {
    sendSignal(pid, signal)
    if (await waitForExit(pid, identity, waitMs)) return
  }
}

const GUARD_SCRIPT = `
cat >/dev/null
kill -s "$1" -- "$2" 2>/dev/null
tries=0
while kill -s 0 -- "$2" 2>/dev/null && [ $tries -lt 100 ]; do sleep 0.1; tries=$((tries + 1)); done
kill -s KILL -- "$2" 2>/dev/null
[ -z "$3" ] || rm -rf -- "$3"`

/**
 * Makes sure a child does not outlive us, however we end. A tiny shell in its own session reads a pipe of ours; when that
 * closes, and even SIGKILL closes it, the shell signals the child (a negative pid means its group), waits ten seconds,
 * kills it, and removes a directory if one is named. Returns the function that calls the guard off.
 */
export function guardProcess(pid: number, options: { signal: NodeJS.Signals; removeDirectory?: string }): () => void {
  const name = options.signal.replace('SIG', '')
  const guard = spawn('/bin/sh', ['-c', GUARD_SCRIPT, 'guard', name, String(pid), options.removeDirectory ?? ''], {
    cwd: '/',
    detached: true,
    stdio: ['pipe', 'ignore', 'ignore'],
  })
  guard.on('error', () => {}) // no /bin/sh: the next start still cleans up by the run file
  guard.unref()
  // The pipe is a socket at run time; unref keeps it from holding the process open.
  if ('unref' in guard.stdin && typeof guard.stdin.unref === 'function') guard.stdin.unref()
  return () => {
    if (guard.pid !== undefined && guard.exitCode === null) sendSignal(-guard.pid, 'SIGKILL')
  }
}
