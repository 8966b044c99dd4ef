import type { Clock } from '../src/platform/clock.ts'

/** A Tuesday noon in Dubai, with no holiday near. */
export const testStart = '2026-11-24T08:00:00.000Z'

export interface Duration {
  days?: number
  hours?: number
  minutes?: number
  seconds?: number
}

/** The application's idea of "now", which stands still until a test moves it. */
export interface TestClock extends Clock {
  advance(by: Duration): void
  set(instant: string): void
}

const millisecondsIn = ({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Duration): number =>
  (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000

export function createTestClock(start: string = testStart): TestClock {
  let nowMs = Date.parse(start)
  return {
    now: () => new Date(nowMs),
    advance: (by) => void (nowMs += millisecondsIn(by)),
    set: (instant) => void (nowMs = Date.parse(instant)),
  }
}
