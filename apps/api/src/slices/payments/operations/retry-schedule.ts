/** Whoever asked calls the provider at once, after the commit; the job is for when they died, and starts when they must be done. */
export const SAFETY_MS = 60_000

/** Reliability facts §2.5: an outcome nobody knows is asked for again by the same id after these seconds, then every hour. */
const WAIT_SECONDS = [1, 5, 30, 120, 600] as const
/** Where asking while the first is still under way would move money twice, the soonest of them. */
const UNSAFE_WAIT_SECONDS = 120
const HOUR_SECONDS = 3_600

/** Providers forget idempotency keys after a day: from then on nothing is asked for again, only looked up. */
const ASK_AGAIN_MS = 24 * 3_600_000

/** When to try again after the try that was number `tryCount`, counted from one. */
export function nextTryAfter(tryCount: number, { now, repeatsSafely }: { now: Date; repeatsSafely: boolean }): Date {
  const wait = WAIT_SECONDS[tryCount - 1] ?? HOUR_SECONDS
  return new Date(now.getTime() + (repeatsSafely ? wait : Math.max(wait, UNSAFE_WAIT_SECONDS)) * 1000)
}

export const mayAskAgain = (createdAt: Date, now: Date): boolean => now.getTime() - createdAt.getTime() < ASK_AGAIN_MS
