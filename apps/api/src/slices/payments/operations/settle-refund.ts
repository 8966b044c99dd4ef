import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { postRefund, postRefundFailed } from '../../ledger/ledger.ts'
import type { GivenBack } from '../../ledger/ledger.ts'
import { addRefundedExtras, addTimeline } from '../../orders/orders.ts'
import { addCredit } from '../../store-credit/store-credit.ts'
import { mayMoveRefund } from './refund-state.ts'
import type { RefundState } from './refund-state.ts'
import { addToPayment, moveRefund, readMoney, releaseRefundLines } from './refunds.sql.ts'
import type { RefundRow } from './refunds.sql.ts'

export const orderRefundedTask = 'notifications.order-refunded'

export interface RefundNews {
  state: RefundState
  providerRef: string | null
  failureReason: string | null
}

async function bookingOf(tx: Tx, refund: RefundRow): Promise<GivenBack> {
  const provider = refund.paymentId === null ? null : (await readMoney(tx, refund.paymentId)).provider
  const { id, orderId, paymentId, amount, vatAmount, otherAmount, roundingAmount, isOfSale } = refund
  return {
    refundId: id,
    orderId,
    paymentId,
    provider,
    creditTo: refund.destination === 'store-credit' ? refund.customerId : null,
    amount,
    vat: vatAmount,
    other: otherAmount,
    rounding: roundingAmount,
    isOfSale,
  }
}

/** The money is with the shopper: booked, told on the timeline, and by mail. */
async function book(ctx: AppContext, tx: Tx, refund: RefundRow): Promise<void> {
  const { destination, customerId, amount } = refund
  if (destination === 'store-credit' && customerId !== null) await addCredit(ctx, tx, { customerId, amount })
  await postRefund(ctx, tx, await bookingOf(tx, refund))
  await addTimeline(tx, { orderId: refund.orderId, kind: 'refunded', at: ctx.clock.now() })
  await enqueue(tx, {
    task: orderRefundedTask,
    payload: { orderId: refund.orderId, refundId: refund.id },
    key: `${orderRefundedTask}:${refund.id}`, // the same one its retries are queued under
    priority: -10,
  })
}

/** Everything that was set aside for a refund is free again; what was booked of it is booked back. */
async function undo(ctx: AppContext, tx: Tx, refund: RefundRow, reason: string | null): Promise<void> {
  const now = ctx.clock.now()
  const hadSucceeded = refund.state === 'succeeded'
  const { id: refundId, orderId, paymentId, amount } = refund
  if (paymentId !== null && refund.destination === 'original')
    await addToPayment(tx, { paymentId, requested: -amount, refunded: hadSucceeded ? -amount : 0, now })
  await addRefundedExtras(tx, refund, -1)
  await releaseRefundLines(tx, refundId)
  if (hadSucceeded) await postRefundFailed(ctx, tx, await bookingOf(tx, refund))
  // Who was never told that money is coming need not hear that it is not.
  if (refund.state !== 'requested') await addTimeline(tx, { orderId, kind: 'refund-failed', at: now })
  ctx.log.error(
    { refundId, orderId, paymentId, reason, alert: 'refund-failed' },
    hadSucceeded ? 'a refund that was done has failed: the shopper must be paid another way' : 'a refund was refused',
  )
}

/**
 * Takes a refund where the provider says it is, with everything that hangs on it. The rows of its order and payment are locked.
 * False, and nothing changed, for news that is old or known.
 */
export async function settleRefund(ctx: AppContext, tx: Tx, refund: RefundRow, news: RefundNews): Promise<boolean> {
  const { state: to, providerRef, failureReason } = news
  if (!mayMoveRefund(refund.state, to)) return false
  const now = ctx.clock.now()
  if (!(await moveRefund(tx, { id: refund.id, from: refund.state, to, providerRef, failureReason, now }))) return false
  if (to === 'failed') await undo(ctx, tx, refund, failureReason)
  if (to === 'succeeded') {
    if (refund.paymentId !== null && refund.destination === 'original')
      await addToPayment(tx, { paymentId: refund.paymentId, requested: 0, refunded: refund.amount, now })
    await book(ctx, tx, refund)
  }
  return true
}
