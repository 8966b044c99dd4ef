import type { AppContext } from '../../context.ts'
import { listOverdueOrders } from '../orders/orders.ts'
import type { OverdueOrder } from '../orders/orders.ts'
import { beginPayment } from './begin-payment.ts'
import { raisePaymentAlarms } from './payment-alarms.ts'
import { findPayment } from './payments.sql.ts'
import { takePaymentsToPoll } from './poll.sql.ts'
import { providerOf } from './provider-of.ts'
import { settleFound, settlePayment } from './settle-payment.ts'
import { stopOrder } from './stop-payment.ts'

const BATCH = 50
/** Of one sweep: more than a thousand open payments a minute wait for the next. */
const MAX_BATCHES = 20
/** Calls under way to providers: they limit how fast we may ask. */
const AT_ONCE = 5

async function poll(ctx: AppContext, paymentId: string): Promise<void> {
  const payment = await findPayment(ctx.db, paymentId)
  if (!payment) return
  if (payment.providerRef !== null) return settleFound(ctx, payment)
  // Killed between the commit and the provider's answer: asking again with the same key finds what is there. A provider without
  // keys would make another session that nobody opens.
  if (!providerOf(ctx, payment.provider).beginsOnce) return
  await beginPayment(ctx, payment)
  await settlePayment(ctx, paymentId)
}

/** A few at a time, and one failure does not stop the rest: the next sweep takes it up again. */
async function each(
  ctx: AppContext,
  what: string,
  ids: readonly string[],
  work: (id: string) => Promise<unknown>,
): Promise<void> {
  const waiting = [...ids]
  async function lane(): Promise<void> {
    for (let id = waiting.shift(); id !== undefined; id = waiting.shift()) {
      try {
        await work(id)
      } catch (error) {
        ctx.log.warn({ err: error, what }, 'sweep: left for the next round')
      }
    }
  }
  await Promise.all(Array.from({ length: AT_ONCE }, lane))
}

interface Chore {
  what: string
  /** Up to `BATCH` that are due; what was left undone may come again. */
  take: () => Promise<string[]>
  work: (id: string) => Promise<unknown>
}

/** Orders whose time is up, page after page: each is tried once in a sweep. */
function overdueOrders(ctx: AppContext, now: Date): Chore['take'] {
  let after: OverdueOrder | undefined
  return async () => {
    const page = await listOverdueOrders(ctx.db, now, { after, limit: BATCH })
    after = page.at(-1)
    return page.map(({ id }) => id)
  }
}

/** Batch after batch, so that a rush of shoppers is asked about in one sweep; ends when a batch brings nothing new. */
async function untilDone(ctx: AppContext, { what, take, work }: Chore): Promise<void> {
  const seen = new Set<string>()
  for (let round = 0; round < MAX_BATCHES; round += 1) {
    const taken = await take()
    const fresh = taken.filter((id) => !seen.has(id))
    for (const id of fresh) seen.add(id)
    await each(ctx, what, fresh, work)
    if (taken.length < BATCH || fresh.length === 0) return
  }
}

/**
 * What happens when nobody tells us anything: asks the provider about payments that stay open, gives up orders whose time is up,
 * and calls a person before money lapses. Safe to run from several workers, at any moment, twice.
 */
export async function sweepPayments(ctx: AppContext): Promise<void> {
  const now = ctx.clock.now()
  await untilDone(ctx, {
    what: 'poll',
    take: () => takePaymentsToPoll(ctx.db, now, BATCH),
    work: (id) => poll(ctx, id),
  })
  await untilDone(ctx, {
    what: 'expire',
    take: overdueOrders(ctx, now),
    work: (orderId) => stopOrder(ctx, { orderId, by: 'shop' }),
  })
  await raisePaymentAlarms(ctx)
}
