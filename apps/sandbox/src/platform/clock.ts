export type SandboxClock = {
  /** Milliseconds since 1970, by the sandbox's own clock. */
  nowMs: () => number
  /** Moves it forward: what has a deadline by then expires when it is next looked at. */
  advance: (ms: number) => void
  reset: () => void
}

/** A clock that can be moved, over the wall clock or one a test brings. */
export function createSandboxClock(now: () => number = Date.now): SandboxClock {
  let offsetMs = 0
  return {
    nowMs: () => now() + offsetMs,
    advance(ms) {
      offsetMs += ms
    },
    reset() {
      offsetMs = 0
    },
  }
}
