import type { AppContext } from '../../context.ts'
import { listOverdueOrders } from '../orders/orders.ts'
import { beginPayment } from './begin-payment.ts'
import { raisePaymentAlarms } from './payment-alarms.ts'
import { findPayment } from './payments.sql.ts'
import { takePaymentsToPoll } from './poll.sql.ts'
import { providerOf } from './provider-of.ts'
import { settleFound, settlePayment } from './settle-payment.ts'
import { stopOrder } from './stop-payment.ts'

const BATCH = 50

async function poll(ctx: AppContext, paymentId: string): Promise<void> {
  const payment = await findPayment(ctx.db, paymentId)
  if (!payment) return
  if (payment.providerRef !== null) return settleFound(ctx, payment)
  // Killed between the commit and the provider's answer: asking again with the same key finds what is there. A provider without
  // keys would make another session that nobody opens.
  if (!providerOf(ctx, payment.provider).canStop) return
  await beginPayment(ctx, payment)
  await settlePayment(ctx, paymentId)
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
 * What happens when nobody tells us anything: asks the provider about payments that stay open, gives up orders whose time is up,
 * and calls a person before money lapses. Safe to run from several workers, at any moment, twice.
 */
export async function sweepPayments(ctx: AppContext): Promise<void> {
  await each(ctx, 'poll', await takePaymentsToPoll(ctx.db, ctx.clock.now(), BATCH), (id) => poll(ctx, id))
  const overdue = await listOverdueOrders(ctx.db, ctx.clock.now(), BATCH)
  await each(ctx, 'expire', overdue, (orderId) => stopOrder(ctx, { orderId, by: 'shop' }))
  await raisePaymentAlarms(ctx)
}
