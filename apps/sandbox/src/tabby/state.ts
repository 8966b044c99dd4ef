import type { TabbyConfig } from '../config.ts'
import { BoundedMap } from '../platform/bounded-map.ts'
import type { StoredPayment, StoredSession, TabbyEndpoint, TabbyEvent } from './objects.ts'

export type TabbyState = {
  sessions: BoundedMap<StoredSession>
  payments: BoundedMap<StoredPayment>
  endpoints: BoundedMap<TabbyEndpoint>
  /** Requests whose answer was lost once on purpose (amounts ending in .13); the next one of the same name is answered. */
  lostAnswers: BoundedMap<true>
  /** Webhooks about expired payments come only where Tabby has switched them on. */
  settings: { announcesExpiry: boolean }
}

export type TabbyContext = {
  config: TabbyConfig
  state: TabbyState
  nowMs: () => number
  publicUrl: () => string
  /** Hands an event to the webhooks, which deliver it after the current answer. */
  deliver: (event: TabbyEvent) => void
}

const KEPT_PAYMENTS = 10_000

export function createTabbyState(): TabbyState {
  return {
    sessions: new BoundedMap(KEPT_PAYMENTS),
    payments: new BoundedMap(KEPT_PAYMENTS),
    endpoints: new BoundedMap(16),
    lostAnswers: new BoundedMap(KEPT_PAYMENTS),
    settings: { announcesExpiry: false },
  }
}

export function clearTabbyState(state: TabbyState): void {
  for (const map of [state.sessions, state.payments, state.endpoints, state.lostAnswers]) map.clear()
  state.settings.announcesExpiry = false
}

/** ISO 8601 without milliseconds, as Tabby prints it. */
export const instantOf = (ms: number): string => `${new Date(ms).toISOString().slice(0, 19)}Z`
