import type { AppContext } from '../../context.ts'
import type { ClientFacts } from '../auth/client.ts'
import { listSlowed } from './measures.sql.ts'
import { countPoint } from './rate-limits.sql.ts'

/** While a threat rule slows a network down, that many seconds lie between two tries of devices nobody knows there. */
const SLOW_SECONDS = 10

/**
 * Whether a try must not pass because its network, or everyone, signs in slowly just now (TR-1). Counted in PostgreSQL: the rule
 * that asks for it must hold whatever else is down.
 */
export async function isSlowedDown(ctx: AppContext, client: ClientFacts): Promise<boolean> {
  const now = ctx.clock.now()
  const slowed = await listSlowed(ctx.db, now)
  if (!slowed.includes(`network:${client.network}`) && !slowed.includes('everyone')) return false
  const key = `slow-sign-in:${client.network}`
  return (await countPoint(ctx.db, { key, limit: 1, seconds: SLOW_SECONDS }, now)) === undefined
}
