import type { DeclineReason, TimelineKind } from '@dhow/contracts/orders.ts'
import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { newId } from '../../platform/ids.ts'
import type { PaymentTruth } from '../../providers/payments/port.ts'
import type { MoneyTaken } from '../ledger/ledger.ts'
import { cancelConfirmedOrder, cancelUnpaidOrder, confirmOrder } from '../orders/orders.ts'
import type { LockedOrder } from '../orders/orders.ts'
import { insertCapture } from './operations/captures.sql.ts'
import { captureJob } from './operations/operation-tasks.ts'
import { isBacked } from './payment-state.ts'
import type { PaymentRow } from './payments.sql.ts'

/** How the timeline tells who gave an order up. */
export const cancelKinds = { shopper: 'cancelled-by-customer', shop: 'expired' } as const

/** How it tells that an order is backed. */
function confirmKinds(payment: PaymentRow): readonly TimelineKind[] {
  if (payment.provider === 'cod') return ['cash-promised', 'confirmed']
  return [payment.state === 'captured' ? 'paid' : 'payment-authorised', 'confirmed']
}

/** First try of a capture we ask for ourselves is due at once; the sweep takes up what its job lost. */
async function takeAtOnce(ctx: AppContext, tx: Tx, payment: PaymentRow): Promise<void> {
  if (payment.provider === 'store-credit') return
  const amount = payment.authorisedAmount - payment.capturedAmount
  if (ctx.providers.payments[payment.provider]?.captureTime !== 'at-once' || amount <= 0) return
  const now = ctx.clock.now()
  const id = newId()
  const capture = { id, paymentId: payment.id, amount, isFinal: true, shipment: null, requestedBy: null }
  if (await insertCapture(tx, { ...capture, now, nextTryAt: now })) await enqueue(tx, captureJob(id))
}

export interface OrderNews {
  order: LockedOrder
  before: PaymentRow
  next: PaymentRow
  truth: PaymentTruth
  /** Money that has just been taken. */
  taken: MoneyTaken | undefined
  cancelKind: TimelineKind | undefined
}

/**
 * Held money that ended without being taken leaves its order without any: it is called off. Somebody let it go, or its time ran
 * out, and then a person should know that it was not the shop's wish.
 */
async function callOff(ctx: AppContext, tx: Tx, news: OrderNews): Promise<void> {
  const { order, before, cancelKind } = news
  if (!(await cancelConfirmedOrder(ctx, tx, { orderId: order.id, kind: cancelKind ?? 'cancelled-by-shop' }))) return
  const { id: paymentId, captureBefore } = before
  if (captureBefore && captureBefore <= ctx.clock.now())
    ctx.log.error(
      { paymentId, orderId: order.id, alert: 'payment-lapsed' },
      'held money has lapsed: the order is called off',
    )
}

/** How a session ends that nobody stopped: its order waits on, for another try or another method. */
const endsByItself: readonly (DeclineReason | null)[] = ['not-approved', 'left', 'expired']

async function endOrder(ctx: AppContext, tx: Tx, news: OrderNews): Promise<void> {
  const { order, before, truth, cancelKind } = news
  if (order.state === 'confirmed') return callOff(ctx, tx, news)
  const mayWait = before.changeAskedAt !== null || endsByItself.includes(truth.declineReason)
  const kind = cancelKind ?? (mayWait || truth.cancelledBy === null ? undefined : cancelKinds[truth.cancelledBy])
  if (kind) await cancelUnpaidOrder(ctx, tx, { orderId: order.id, kind })
}

/**
 * What an order does when the attempt that counts has moved. Returns true when the order was confirmed just now, and `taken` was
 * booked together with its sale.
 */
export async function moveOrderBy(ctx: AppContext, tx: Tx, news: OrderNews): Promise<boolean> {
  const { order, before, next, taken, truth } = news
  if (isBacked(next.state) && !isBacked(before.state)) {
    const confirmed = await confirmOrder(ctx, tx, { orderId: order.id, kinds: confirmKinds(next), taken })
    if (next.state === 'authorised' && order.state !== 'cancelled') await takeAtOnce(ctx, tx, next)
    return confirmed
  }
  if (truth.state === 'cancelled' && next.state === 'cancelled') await endOrder(ctx, tx, news)
  return false
}
