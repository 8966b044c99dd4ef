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
  /** Hears of every move, after it: whatever else goes by this clock. */
  onMove(listener: () => void): void
}

const millisecondsIn = ({ days = 0, hours = 0, minutes = 0, seconds = 0 }: Duration): number =>
  (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000

export function createTestClock(start: string = testStart): TestClock {
  let nowMs = Date.parse(start)
  const listeners: (() => void)[] = []
  const move = (toMs: number): void => {
    nowMs = toMs
    for (const listener of listeners) listener()
  }
  return {
    now: () => new Date(nowMs),
    advance: (by) => move(nowMs + millisecondsIn(by)),
    set: (instant) => move(Date.parse(instant)),
    onMove: (listener) => void listeners.push(listener),
  }
}
