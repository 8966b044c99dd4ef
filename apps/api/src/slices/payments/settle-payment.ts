import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import { assertNever } from '../../platform/assert.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { PaymentTruth } from '../../providers/payments/port.ts'
import { addTimeline, cancelUnpaidOrder, confirmOrder, lockOrder } from '../orders/orders.ts'
import type { LockedOrder } from '../orders/orders.ts'
import { providerUnavailable } from './begin-payment.ts'
import { isTerminal, mayMove } from './payment-state.ts'
import { providerOf } from './provider-of.ts'
import { holdPayment, lockPayment, movePayment } from './payments.sql.ts'
import type { PaymentRow } from './payments.sql.ts'

/** How the timeline tells who gave an order up. */
export const cancelKinds = { shopper: 'cancelled-by-customer', shop: 'expired' } as const

export type Verdict = { kind: 'apply' } | { kind: 'ignore' } | { kind: 'hold'; reason: string }

function mismatchOf(payment: PaymentRow, order: LockedOrder, truth: PaymentTruth): string | undefined {
  if (truth.orderId !== order.id) return 'order-mismatch'
  if (payment.providerRef !== null && payment.providerRef !== truth.providerRef) return 'reference-mismatch'
  if (truth.currency !== payment.currency) return 'currency-mismatch'
  if (truth.amount !== payment.amount) return 'amount-mismatch'
  if (truth.state === 'captured' && truth.capturedAmount !== payment.amount) return 'captured-amount-mismatch'
  if (truth.state === 'captured' && order.state === 'cancelled') return 'captured-after-cancel'
  return undefined
}

/**
 * Whether a truth may move this payment. Money that is not what we asked for waits for a person, also beside an order that is
 * paid or given up. What brings no money and is not ours, such as an older try that was abandoned, changes nothing.
 */
export function judge(payment: PaymentRow, order: LockedOrder, truth: PaymentTruth): Verdict {
  const reason = mismatchOf(payment, order, truth)
  if (!reason) return isTerminal(payment.state) ? { kind: 'ignore' } : { kind: 'apply' }
  if (truth.state === 'captured' || truth.state === 'processing') return { kind: 'hold', reason }
  const isOurs = payment.providerRef === truth.providerRef
  return isOurs && truth.state === 'cancelled' && !isTerminal(payment.state) ? { kind: 'apply' } : { kind: 'ignore' }
}

async function hold(ctx: AppContext, tx: Tx, payment: PaymentRow, reason: string): Promise<void> {
  if (payment.heldReason === reason) return
  await holdPayment(tx, { id: payment.id, reason, now: ctx.clock.now() })
  ctx.metrics.paymentsHeld.inc({ reason })
  ctx.log.error(
    { paymentId: payment.id, orderId: payment.orderId, reason, alert: 'payment-held' },
    'payment held: its truth does not match the order',
  )
}

/** Stops everything automatic about an order's payment until a person has looked. */
export async function holdOrder(ctx: AppContext, orderId: string, reason: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const order = await lockOrder(tx, orderId)
    const payment = order && (await lockPayment(tx, orderId))
    if (payment) await hold(ctx, tx, payment, reason)
  })
}

async function tellTimeline(ctx: AppContext, tx: Tx, payment: PaymentRow, truth: PaymentTruth): Promise<void> {
  const at = ctx.clock.now()
  if (truth.state === 'processing') await addTimeline(tx, { orderId: payment.orderId, kind: 'payment-processing', at })
  if (truth.state === 'failed')
    await addTimeline(tx, {
      orderId: payment.orderId,
      kind: 'payment-declined',
      details: { reason: truth.declineReason },
      at,
    })
}

/** Applies a fetched truth to order and payment, in one transaction. Applying it again changes nothing. */
export function applyTruth(ctx: AppContext, orderId: string, truth: PaymentTruth): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const order = await lockOrder(tx, orderId)
    const payment = order && (await lockPayment(tx, orderId))
    if (!order || !payment) return
    const verdict = judge(payment, order, truth)
    if (verdict.kind === 'hold') return hold(ctx, tx, payment, verdict.reason)
    if (verdict.kind === 'ignore') return
    const isNewDecline =
      truth.state === 'failed' && payment.state === 'failed' && truth.declineReason !== payment.declineReason
    if (!mayMove(payment.state, truth.state) && !isNewDecline) return
    const { providerRef, capturedAmount, card, declineReason } = truth
    await movePayment(tx, {
      id: payment.id,
      from: payment.state,
      to: truth.state,
      providerRef,
      capturedAmount,
      card,
      declineReason,
      now: ctx.clock.now(),
    })
    await tellTimeline(ctx, tx, payment, truth)
    if (truth.state === 'captured') await confirmOrder(ctx, tx, orderId)
    if (truth.state === 'cancelled')
      await cancelUnpaidOrder(ctx, tx, { orderId, kind: cancelKinds[truth.cancelledBy ?? 'shop'] })
  })
}

/** Fetches the truth about a payment from its provider. `provider-unavailable` when no answer came. */
export async function fetchTruth(ctx: AppContext, providerRef: string): Promise<PaymentTruth | undefined> {
  const outcome = await providerOf(ctx, 'stripe').fetch({
    paymentId: '',
    orderId: '',
    providerRef,
    sessionRef: null,
    redirectUrl: null,
    amount: money(1),
  })
  switch (outcome.kind) {
    case 'found':
      return outcome.truth
    case 'missing':
      return undefined
    case 'unknown':
      throw providerUnavailable(outcome.cause)
    default:
      return assertNever(outcome)
  }
}

/** Asks the provider how an order's payment stands and applies it. */
export async function settleOrder(ctx: AppContext, payment: { orderId: string; providerRef: string }): Promise<void> {
  const truth = await fetchTruth(ctx, payment.providerRef)
  if (truth) await applyTruth(ctx, payment.orderId, truth)
}
