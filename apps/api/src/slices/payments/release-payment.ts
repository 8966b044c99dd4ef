import { assertNever } from '../../platform/assert.ts'
import type { AppContext } from '../../context.ts'
import { findOrder } from '../orders/orders.ts'
import { applyTruth } from './apply-truth.ts'
import { providerUnavailable } from './begin-payment.ts'
import { holdPayment } from './hold-payment.ts'
import { findPayment } from './payments.sql.ts'
import type { PaymentRow } from './payments.sql.ts'
import { begunOf, providerOf } from './provider-of.ts'

/** Whether money is held, or about to be, on a payment that is over for us. */
async function isHeldThere(ctx: AppContext, payment: PaymentRow, providerRef: string): Promise<boolean> {
  const outcome = await providerOf(ctx, payment.provider).fetch(begunOf(payment, providerRef))
  if (outcome.kind === 'unknown') throw providerUnavailable(outcome.cause)
  return outcome.kind === 'found' && (outcome.truth.state === 'authorised' || outcome.truth.needsAuthorise)
}

/** Replaced, of an order that was given up, or over for us already and not so there. */
async function isUnwanted(ctx: AppContext, payment: PaymentRow, providerRef: string): Promise<boolean> {
  if (payment.state === 'cancelled') return isHeldThere(ctx, payment, providerRef)
  if (payment.supersededAt !== null) return true
  return (await findOrder(ctx.db, { id: payment.orderId }))?.state === 'cancelled'
}

/**
 * Lets go of what is held on an attempt nobody needs: the shopper had chosen another way, or the order was given up. What was
 * taken meanwhile is held for a person. Throws `payments/provider-unavailable`: the job that stands behind it tries again.
 */
export async function releasePayment(ctx: AppContext, paymentId: string): Promise<void> {
  const payment = await findPayment(ctx.db, paymentId)
  if (!payment || payment.providerRef === null || payment.state === 'captured') return
  const { provider, providerRef } = payment
  if (!(await isUnwanted(ctx, payment, providerRef))) return
  const outcome = await providerOf(ctx, provider).cancel(begunOf(payment, providerRef), 'shop')
  switch (outcome.kind) {
    case 'cancelled':
    case 'too-late':
    case 'not-stoppable':
      await applyTruth(ctx, paymentId, outcome.truth)
      return
    case 'missing':
      return holdPayment(ctx, paymentId, 'missing-at-provider')
    case 'unknown':
      throw providerUnavailable(outcome.cause)
    default:
      assertNever(outcome)
  }
}
