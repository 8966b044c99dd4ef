import { assertNever } from '../../platform/assert.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { cancelUnpaidOrder, lockOrder } from '../orders/orders.ts'
import { beginPayment } from './begin-payment.ts'
import { mayMove } from './payment-state.ts'
import { findPaymentOfOrder, lockPayment, movePayment } from './payments.sql.ts'
import { applyTruth } from './settle-payment.ts'
import type { PaymentTruth } from '../../providers/payments/port.ts'

type StopKind = 'cancelled-by-customer' | 'expired'

async function cancelWith(
  ctx: AppContext,
  stop: { orderId: string; kind: StopKind },
  truth: PaymentTruth,
): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const order = await lockOrder(tx, stop.orderId)
    const payment = order && (await lockPayment(tx, stop.orderId))
    if (!payment) return
    const { providerRef, card, declineReason } = truth
    if (mayMove(payment.state, 'cancelled'))
      await movePayment(tx, {
        id: payment.id,
        from: payment.state,
        to: 'cancelled',
        providerRef,
        capturedAmount: 0,
        card,
        declineReason,
        now: ctx.clock.now(),
      })
    await cancelUnpaidOrder(ctx, tx, stop)
  })
}

/**
 * Gives an unpaid order up. The provider is asked to stop the payment first, and only its word that no money can arrive any
 * more releases stock; if money has arrived meanwhile, the order is confirmed instead. A payment that was never begun for sure
 * is begun with its own key first: a request of ours may have reached the provider without an answer reaching us.
 * Returns true when the order was given up. Throws `payments/provider-unavailable` with nothing changed.
 */
export async function stopOrder(ctx: AppContext, stop: { orderId: string; kind: StopKind }): Promise<boolean> {
  const payment = await findPaymentOfOrder(ctx.db, stop.orderId)
  if (!payment) return false
  const providerRef = payment.providerRef ?? (await beginPayment(ctx, payment)).providerRef
  const outcome = await ctx.providers.stripe.cancel(providerRef)
  switch (outcome.kind) {
    case 'cancelled':
      await cancelWith(ctx, stop, outcome.truth)
      return true
    case 'too-late':
      await applyTruth(ctx, stop.orderId, outcome.truth)
      return false
    case 'unknown':
      throw new Problem('payments/provider-unavailable', { headers: { 'Retry-After': '5' }, cause: outcome.cause })
    default:
      return assertNever(outcome)
  }
}
