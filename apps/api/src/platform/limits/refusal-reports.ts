import type { ClientFacts } from '../auth/client.ts'
import type { Clock } from '../clock.ts'
import type { Sealer } from '../crypto/sealing.ts'
import type { Db } from '../db/database.ts'
import type { Metrics } from '../telemetry/metrics.ts'
import { countPoint } from './rate-limits.sql.ts'

export interface LimitRefusal {
  /** The limit's name. */
  limit: string
  /** Whom it counted: an address, a number's hash. */
  who: string
  client: ClientFacts
}

type Listener = (refusal: LimitRefusal) => Promise<void>

const MINUTE_SECONDS = 60
const MOST_REMEMBERED = 10_000

/** Tells of refusals, but of the same limit and caller once a minute: a flood must not fill the audit log. */
export function createRefusalReports(parts: { db: Db; clock: Clock; sealer: Sealer; metrics: Metrics }): {
  /** Counts it, no more: for limits whose refusals are no sign of an attack on accounts. */
  count: (limit: string) => void
  report: Listener
  onRefusal: (listener: Listener) => void
} {
  const { db, clock, sealer, metrics } = parts
  const listeners: Listener[] = []
  const said = new Map<string, number>()

  /** Asked of this process first, then of the database for all of them. */
  async function isFirst({ limit, who }: LimitRefusal): Promise<boolean> {
    const now = clock.now()
    const key = `said:${limit}:${sealer.blindIndex('rate_limits', who).toString('base64url')}`
    if ((said.get(key) ?? 0) > now.getTime()) return false
    if (said.size >= MOST_REMEMBERED) said.clear()
    said.set(key, now.getTime() + MINUTE_SECONDS * 1000)
    return (await countPoint(db, { key, limit: 1, seconds: MINUTE_SECONDS }, now)) !== undefined
  }

  return {
    count: (limit) => metrics.rateLimited.inc({ limit }),
    async report(refusal) {
      metrics.rateLimited.inc({ limit: refusal.limit })
      if (listeners.length === 0 || !(await isFirst(refusal))) return
      for (const listener of listeners) await listener(refusal)
    },
    onRefusal: (listener) => void listeners.push(listener),
  }
}
