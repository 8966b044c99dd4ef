import type { AppContext } from '../../context.ts'
import { listOverdueOrders } from '../orders/orders.ts'
import { beginPayment } from './begin-payment.ts'
import { takePaymentsToPoll } from './payments.sql.ts'
import type { PaymentRow } from './payments.sql.ts'
import { settleOrder } from './settle-payment.ts'
import { stopOrder } from './stop-payment.ts'

const BATCH = 50

async function poll(ctx: AppContext, payment: PaymentRow): Promise<void> {
  // Killed between the commit and the provider's answer: asking again with the same key finds what is there.
  const providerRef = payment.providerRef ?? (await beginPayment(ctx, payment)).providerRef
  await settleOrder(ctx, { orderId: payment.orderId, providerRef })
}

/** One at a time, and one failure does not stop the rest: the next sweep takes it up again. */
async function each<T>(
  ctx: AppContext,
  what: string,
  items: readonly T[],
  work: (item: T) => Promise<unknown>,
): Promise<void> {
  for (const item of items) {
    try {
      await work(item)
    } catch (error) {
      ctx.log.warn({ err: error, what }, 'sweep: left for the next round')
    }
  }
}

/**
 * What happens when nobody tells us anything: asks the provider about payments that stay open, and gives up orders whose time
 * is up. Safe to run from several workers, at any moment, twice.
 */
export async function sweepPayments(ctx: AppContext): Promise<void> {
  await each(ctx, 'poll', await takePaymentsToPoll(ctx.db, ctx.clock.now(), BATCH), (payment) => poll(ctx, payment))
  const overdue = await listOverdueOrders(ctx.db, ctx.clock.now(), BATCH)
  await each(ctx, 'expire', overdue, (orderId) => stopOrder(ctx, { orderId, by: 'shop' }))
}
