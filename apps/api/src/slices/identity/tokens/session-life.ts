import type { Config } from '../../../config.ts'
import type { Audience } from '../../../platform/auth/actor.ts'

const MINUTE_MS = 60_000
const DAY_MS = 86_400_000

/** When a session used now ends if it is not used again. One whose refresh token is bound to no device key has less time. */
export function idleEnd(config: Config, session: { audience: Audience; isBound: boolean; now: Date }): Date {
  const { audience, isBound, now } = session
  if (audience === 'admin-api') return new Date(now.getTime() + config.STAFF_SESSION_IDLE_MINUTES * MINUTE_MS)
  const days = isBound
    ? config.CUSTOMER_SESSION_IDLE_DAYS
    : Math.min(config.CUSTOMER_SESSION_IDLE_DAYS, config.CUSTOMER_SESSION_UNBOUND_IDLE_DAYS)
  return new Date(now.getTime() + days * DAY_MS)
}

/** When a session begun now ends however much it is used. */
export function absoluteEnd(config: Config, audience: Audience, now: Date): Date {
  const ms =
    audience === 'admin-api'
      ? config.STAFF_SESSION_MAX_HOURS * 60 * MINUTE_MS
      : config.CUSTOMER_SESSION_MAX_DAYS * DAY_MS
  return new Date(now.getTime() + ms)
}
