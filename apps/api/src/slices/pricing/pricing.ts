/** What other slices may use of pricing. */
import type { AppContext } from '../../context.ts'
import type { DeliveryRate } from './delivery.ts'
import { listDeliveryRates } from './pricing.sql.ts'

export { offersTo, untilFree } from './delivery.ts'
export type { DeliveryRate } from './delivery.ts'
export { totalsOf } from './line-totals.ts'
export type { OrderTotals } from './line-totals.ts'

/** Rates are a dozen rows that change a few times a year: five seconds old is as good as new, in every process alike. */
const FRESH_MS = 5_000
const kept = new WeakMap<AppContext, { rates: Promise<DeliveryRate[]>; readAt: number }>()

/** The delivery rates in force now. */
export function currentDeliveryRates(ctx: AppContext): Promise<DeliveryRate[]> {
  const now = ctx.clock.now()
  const known = kept.get(ctx)
  if (known && Math.abs(now.getTime() - known.readAt) < FRESH_MS) return known.rates
  const rates = listDeliveryRates(ctx.db, now)
  kept.set(ctx, { rates, readAt: now.getTime() })
  rates.catch(() => kept.delete(ctx))
  return rates
}
