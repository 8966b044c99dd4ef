import type { PaymentAction } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import { assertNever } from '../../platform/assert.ts'
import { Problem } from '../../platform/http/problem.ts'
import { setProviderRef } from './payments.sql.ts'

export interface PaymentToBegin {
  id: string
  orderId: string
  amount: number
  providerRef: string | null
}

/**
 * Begins a payment at its provider, or finds the one begun before: the payment's id is the idempotency key, so a request that
 * died in between, a second tab and the poll all get the same one. Talks to the provider, so never inside a transaction.
 * Throws `payments/provider-unavailable` when no answer came: nothing has been charged then, and trying again is safe.
 */
export async function beginPayment(
  ctx: AppContext,
  payment: PaymentToBegin,
): Promise<{ providerRef: string; action: PaymentAction }> {
  const { id, orderId } = payment
  const outcome = await ctx.providers.stripe.begin({ paymentId: id, orderId, amount: money(payment.amount) })
  switch (outcome.kind) {
    case 'begun':
      if (payment.providerRef === null)
        await setProviderRef(ctx.db, { id, providerRef: outcome.providerRef, now: ctx.clock.now() })
      return { providerRef: outcome.providerRef, action: outcome.action }
    case 'refused':
      ctx.log.error({ orderId, reason: outcome.reason }, 'provider refused to begin a payment')
      throw new Problem('payments/amount-not-supported')
    case 'unknown':
      throw new Problem('payments/provider-unavailable', { headers: { 'Retry-After': '5' }, cause: outcome.cause })
    default:
      return assertNever(outcome)
  }
}
