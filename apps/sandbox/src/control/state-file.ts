import { existsSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import type { Twin } from './twin.ts'

export type StateFile = {
  /** Something may have changed: written a moment later, so that even `kill -9` loses little. */
  touch: () => void
  /** Writes what has not been written. */
  close: () => void
}

const QUIET_MS = 200
/** Writing takes at most this share of the time, however many payments there are. */
const BUSY_SHARE = 20

/** Brings back the payments of an earlier run and keeps those of this one, so that a shop restarted beside its sandbox finds them. */
export function openStateFile(file: string, twins: readonly Twin[]): StateFile {
  load(file, twins)
  let timer: NodeJS.Timeout | undefined
  let gapMs = QUIET_MS
  function write(): void {
    clearTimeout(timer)
    timer = undefined
    const startedAt = performance.now()
    save(file, twins)
    gapMs = Math.max(QUIET_MS, (performance.now() - startedAt) * BUSY_SHARE)
  }
  return {
    touch() {
      timer ??= setTimeout(write, gapMs)
    },
    close: write,
  }
}

/** Writes beside the old file and swaps them, so that a crash leaves the one or the other. */
function save(file: string, twins: readonly Twin[]): void {
  const saved = Object.fromEntries(twins.map((twin) => [twin.provider, twin.save()]))
  writeFileSync(`${file}.new`, JSON.stringify(saved), { mode: 0o600 })
  renameSync(`${file}.new`, file)
}

function load(file: string, twins: readonly Twin[]): void {
  if (!existsSync(file)) return
  const saved: Record<string, unknown> = JSON.parse(readFileSync(file, 'utf8'))
  for (const twin of twins) if (saved[twin.provider] !== undefined) twin.load(saved[twin.provider])
}
