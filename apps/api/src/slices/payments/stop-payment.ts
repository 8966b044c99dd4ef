import { assertNever } from '../../platform/assert.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { CancelledBy, CancelOutcome, PaymentTruth } from '../../providers/payments/port.ts'
import { cancelUnpaidOrder } from '../orders/orders.ts'
import { openPayment, providerUnavailable } from './begin-payment.ts'
import { holdPayment } from './hold-payment.ts'
import { cancelKinds } from './order-by-payment.ts'
import { isBacked, isOver } from './payment-state.ts'
import { findPaymentOfOrder, lockOrderAndPayment } from './payments.sql.ts'
import type { PaymentRow } from './payments.sql.ts'
import { begunOf, hasNobodyToAsk, providerOf } from './provider-of.ts'
import { fetchTruth, takeTruth } from './settle-payment.ts'
import { endHere } from './truth.sql.ts'

export interface StopPayment {
  by: CancelledBy
  /** Whether the order ends with it; a change of method stops a payment and keeps its order. */
  endsOrder: boolean
}

/**
 * `stopped`: no money can arrive any more. `running`: the provider stops no unpaid payments; this one is watched until it runs out,
 * and let go if it is paid. `too-late`: money has arrived or is on its way.
 */
export type StopResult = 'stopped' | 'running' | 'too-late'

const kindOf = ({ by, endsOrder }: StopPayment) => (endsOrder ? cancelKinds[by] : undefined)

async function missing(ctx: AppContext, payment: PaymentRow, providerRef: string): Promise<never> {
  await holdPayment(ctx, payment.id, 'missing-at-provider')
  throw providerUnavailable(new Error(`the provider does not know ${providerRef}`))
}

async function takeOutcome(
  ctx: AppContext,
  payment: PaymentRow,
  stop: StopPayment,
  outcome: Exclude<CancelOutcome, { kind: 'missing' | 'unknown' }>,
): Promise<StopResult> {
  await takeTruth(ctx, payment, outcome.truth, outcome.kind === 'cancelled' ? kindOf(stop) : undefined)
  switch (outcome.kind) {
    case 'cancelled':
      return 'stopped'
    case 'not-stoppable':
      return 'running'
    case 'too-late':
      return 'too-late'
    default:
      return assertNever(outcome)
  }
}

/** Looked at first: asked to cancel, a provider would let go of money that has just been held, and the shopper of their order. */
async function stopAtProvider(
  ctx: AppContext,
  payment: PaymentRow,
  stop: StopPayment,
  providerRef: string,
): Promise<StopResult> {
  const begun = begunOf(payment, providerRef)
  const provider = providerOf(ctx, payment.provider)
  const truth = await fetchTruth(ctx, provider.name, begun)
  if (!truth) return missing(ctx, payment, providerRef)
  if (isPaying(truth)) {
    await takeTruth(ctx, payment, truth)
    return 'too-late'
  }
  if (truth.state === 'cancelled') return takeOutcome(ctx, payment, stop, { kind: 'cancelled', truth })
  const outcome = await provider.cancel(begun, stop.by)
  if (outcome.kind === 'missing') return missing(ctx, payment, providerRef)
  if (outcome.kind === 'unknown') throw providerUnavailable(outcome.cause)
  return takeOutcome(ctx, payment, stop, outcome)
}

const isPaying = (truth: PaymentTruth): boolean => isBacked(truth.state) || truth.needsAuthorise

/** The provider's name of a payment; undefined for one that reached no provider for sure. */
async function refOf(ctx: AppContext, payment: PaymentRow): Promise<string | undefined> {
  if (payment.providerRef !== null) return payment.providerRef
  // One that was refused is nowhere, and one that cannot be found again was told to nobody.
  if (payment.state === 'failed' || !providerOf(ctx, payment.provider).beginsOnce) return undefined
  const outcome = await openPayment(ctx, payment)
  if (outcome.kind === 'unknown') throw providerUnavailable(outcome.cause)
  return outcome.kind === 'begun' ? outcome.providerRef : undefined
}

/**
 * Makes sure that no money arrives by a payment any more, as far as its provider can. A payment that was never begun for sure is
 * begun with its own key first: a request of ours may have reached the provider without an answer reaching us. Moves its order
 * only where `endsOrder` says so. Throws `payments/provider-unavailable` with nothing let go.
 */
export async function stopPayment(ctx: AppContext, payment: PaymentRow, stop: StopPayment): Promise<StopResult> {
  if (isBacked(payment.state)) return 'too-late'
  if (payment.state === 'cancelled' || hasNobodyToAsk(payment.provider)) return 'stopped'
  const providerRef = await refOf(ctx, payment)
  return providerRef === undefined ? 'stopped' : stopAtProvider(ctx, payment, stop, providerRef)
}

/**
 * Ends an order whose payment cannot end it: it never reached a provider, nobody but us knows of it, or it is left to run out.
 * Money that was promised or held meanwhile wins.
 */
async function giveUp(ctx: AppContext, payment: PaymentRow, stop: StopPayment, result: StopResult): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    const locked = await lockOrderAndPayment(tx, payment.id)
    if (!locked || locked.order.state !== 'awaiting-payment') return locked?.order.state === 'cancelled'
    const { order, payment: current } = locked
    if (isBacked(current.state) || current.supersededAt !== null) return false
    if (result === 'stopped' && !isOver(current.state)) await endHere(tx, { id: current.id, now: ctx.clock.now() })
    return cancelUnpaidOrder(ctx, tx, { orderId: order.id, kind: cancelKinds[stop.by] })
  })
}

/**
 * Gives an unpaid order up. The provider is asked to stop the payment first, and only its word that no money can be taken any more
 * releases stock; if money has arrived meanwhile, the order is confirmed instead. Returns true when the order was given up.
 * Throws `payments/provider-unavailable` with nothing let go.
 */
export async function stopOrder(
  ctx: AppContext,
  { orderId, by }: { orderId: string; by: CancelledBy },
): Promise<boolean> {
  const payment = await findPaymentOfOrder(ctx.db, orderId)
  if (!payment) return false
  const stop = { by, endsOrder: true }
  const result = await stopPayment(ctx, payment, stop)
  return result === 'too-late' ? false : giveUp(ctx, payment, stop, result)
}
