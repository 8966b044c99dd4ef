import type { Clock } from '../clock.ts'

/** The provider is not asked: too many of the last calls failed. Nothing was sent, so nothing has happened there. */
export class BreakerOpenError extends Error {
  override name = 'BreakerOpenError'
}

export interface Breaker {
  /** Makes the call, or throws BreakerOpenError at once. What the call throws is thrown on. */
  run<Result>(call: () => Promise<Result>): Promise<Result>
  /** Nobody is asked just now; when a probe is due it is not. */
  readonly isOpen: boolean
}

export interface BreakerOptions {
  clock: Pick<Clock, 'now'>
  /** Whether an error says that the provider is ill. A refusal does not: it was understood and answered. */
  isFailure: (error: unknown) => boolean
}

/** Reliability facts §2.5: opens at half of at least twenty calls within thirty seconds, then lets one through every fifteen. */
const WINDOW_MS = 30_000
const ENOUGH_CALLS = 20
const FAILING_SHARE = 0.5
const PROBE_EVERY_MS = 15_000

/**
 * Keeps a process from queueing up behind a provider that is down. Each process judges by its own calls: what it knows is advice
 * for the next seconds, and the worst that being wrong costs is one `unknown` that is asked again.
 */
export function createBreaker({ clock, isFailure }: BreakerOptions): Breaker {
  let calls: { at: number; hasFailed: boolean }[] = []
  let nextProbeAt: number | undefined

  function note(hasFailed: boolean): void {
    const at = clock.now().getTime()
    calls = [...calls.filter((call) => call.at > at - WINDOW_MS), { at, hasFailed }]
    const failures = calls.filter((call) => call.hasFailed).length
    if (calls.length >= ENOUGH_CALLS && failures >= calls.length * FAILING_SHARE) nextProbeAt = at + PROBE_EVERY_MS
  }

  function noteProbe(hasFailed: boolean): void {
    if (hasFailed) return
    nextProbeAt = undefined
    calls = []
  }

  /** Throws when this call must not be made; says whether it is a probe. */
  function admit(): 'call' | 'probe' {
    if (nextProbeAt === undefined) return 'call'
    const now = clock.now().getTime()
    if (now < nextProbeAt) throw new BreakerOpenError('the provider has been failing; not asked')
    nextProbeAt = now + PROBE_EVERY_MS
    return 'probe'
  }

  return {
    async run(call) {
      const tell = admit() === 'probe' ? noteProbe : note
      try {
        const result = await call()
        tell(false)
        return result
      } catch (error) {
        tell(isFailure(error))
        throw error
      }
    },
    get isOpen() {
      return nextProbeAt !== undefined && clock.now().getTime() < nextProbeAt
    },
  }
}
