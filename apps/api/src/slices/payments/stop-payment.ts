import { assertNever } from '../../platform/assert.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { CancelledBy } from '../../providers/payments/port.ts'
import { cancelUnpaidOrder, lockOrder } from '../orders/orders.ts'
import { openPayment, providerUnavailable } from './begin-payment.ts'
import { isTerminal } from './payment-state.ts'
import { findPaymentOfOrder, lockPayment, movePayment } from './payments.sql.ts'
import type { PaymentRow } from './payments.sql.ts'
import { begunOf, providerOf } from './provider-of.ts'
import { applyTruth, cancelKinds, holdOrder } from './settle-payment.ts'

export interface StopOrder {
  orderId: string
  by: CancelledBy
}

/** The provider would never take this payment, so there is nothing to stop there. */
async function giveUpUnbegun(ctx: AppContext, stop: StopOrder): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const order = await lockOrder(tx, stop.orderId)
    const payment = order && (await lockPayment(tx, stop.orderId))
    if (!payment || isTerminal(payment.state) || payment.providerRef !== null) return
    const { id, state: from } = payment
    const nothing = { providerRef: null, capturedAmount: 0, card: null, declineReason: null }
    await movePayment(tx, { id, from, to: 'cancelled', ...nothing, now: ctx.clock.now() })
    await cancelUnpaidOrder(ctx, tx, { orderId: stop.orderId, kind: cancelKinds[stop.by] })
  })
}

async function cancelAtProvider(
  ctx: AppContext,
  stop: StopOrder,
  payment: PaymentRow,
  providerRef: string,
): Promise<boolean> {
  const outcome = await providerOf(ctx, payment.provider).cancel(begunOf(payment, providerRef), stop.by)
  switch (outcome.kind) {
    case 'cancelled':
      await applyTruth(ctx, stop.orderId, outcome.truth)
      return true
    case 'not-stoppable':
    case 'too-late':
      await applyTruth(ctx, stop.orderId, outcome.truth)
      return false
    case 'missing':
      await holdOrder(ctx, stop.orderId, 'missing-at-provider')
      throw providerUnavailable(new Error(`the provider does not know ${providerRef}`))
    case 'unknown':
      throw providerUnavailable(outcome.cause)
    default:
      return assertNever(outcome)
  }
}

async function refOf(ctx: AppContext, payment: PaymentRow): Promise<string | undefined> {
  if (payment.providerRef !== null) return payment.providerRef
  const outcome = await openPayment(ctx, payment)
  if (outcome.kind === 'unknown') throw providerUnavailable(outcome.cause)
  return outcome.kind === 'begun' ? outcome.providerRef : undefined
}

/**
 * Gives an unpaid order up. The provider is asked to stop the payment first, and only its word that no money can arrive any
 * more releases stock; if money has arrived meanwhile, the order is confirmed instead. A payment that was never begun for sure
 * is begun with its own key first: a request of ours may have reached the provider without an answer reaching us.
 * Returns true when the order was given up. Throws `payments/provider-unavailable` with nothing let go.
 */
export async function stopOrder(ctx: AppContext, stop: StopOrder): Promise<boolean> {
  const payment = await findPaymentOfOrder(ctx.db, stop.orderId)
  if (!payment) return false
  const providerRef = await refOf(ctx, payment)
  if (providerRef !== undefined) return cancelAtProvider(ctx, stop, payment, providerRef)
  await giveUpUnbegun(ctx, stop)
  return true
}
