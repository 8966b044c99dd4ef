export type SandboxClock = {
  /** Milliseconds since 1970, by the sandbox's own clock. */
  nowMs: () => number
  /** Moves it forward: what has a deadline by then expires when it is next looked at. */
  advance: (ms: number) => void
  /** Hears of every advance, after it. */
  onAdvance: (listener: () => void) => void
  reset: () => void
}

/** A clock that can be moved, over the wall clock or one a test brings. */
export function createSandboxClock(now: () => number = Date.now): SandboxClock {
  let offsetMs = 0
  const listeners: (() => void)[] = []
  return {
    nowMs: () => now() + offsetMs,
    advance(ms) {
      offsetMs += ms
      for (const listener of listeners) listener()
    },
    onAdvance: (listener) => void listeners.push(listener),
    reset() {
      offsetMs = 0
    },
  }
}
