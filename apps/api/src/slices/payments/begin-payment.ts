import type { PaymentAction } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import { assertNever } from '../../platform/assert.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { BeginOutcome } from '../../providers/payments/port.ts'
import { setProviderRef } from './payments.sql.ts'
import type { PaymentRow } from './payments.sql.ts'
import { begunOf, providerOf } from './provider-of.ts'

export type PaymentToBegin = Pick<
  PaymentRow,
  'id' | 'orderId' | 'amount' | 'providerRef' | 'provider' | 'sessionRef' | 'redirectUrl'
>

/** No answer came. Nothing has changed on our side, and asking again is safe. */
export const providerUnavailable = (cause: unknown): Problem =>
  new Problem('payments/provider-unavailable', { headers: { 'Retry-After': '5' }, cause })

/**
 * Begins a payment at its provider, or finds the one begun before: the payment's id is the idempotency key, so a request that
 * died in between, a second tab and the poll all get the same one. The provider's id is stored before its secret may leave
 * here, so a payment without one can have been paid by nobody.
 */
export async function openPayment(ctx: AppContext, payment: PaymentToBegin): Promise<BeginOutcome> {
  const { id, orderId, providerRef } = payment
  const provider = providerOf(ctx, payment.provider)
  if (providerRef !== null) return provider.reopen(begunOf(payment, providerRef))
  const outcome = await provider.begin({
    paymentId: id,
    orderId,
    orderNumber: '',
    amount: money(payment.amount),
    locale: 'en',
    returnUrls: { success: '', cancelled: '', failed: '' },
    customerRef: null,
    details: () => Promise.reject(new Error('not asked of cards')),
  })
  if (outcome.kind !== 'begun') return outcome
  const stored = await setProviderRef(ctx.db, { id, providerRef: outcome.providerRef, now: ctx.clock.now() })
  if (stored === outcome.providerRef) return outcome
  return { kind: 'unknown', cause: new Error(`the payment is ${stored ?? 'over'}, not ${outcome.providerRef}`) }
}

/**
 * {@link openPayment} for whoever wants it paid. Talks to the provider, so never inside a transaction. Throws
 * `payments/provider-unavailable` when no answer came: nothing has been charged then, and trying again is safe.
 */
export async function beginPayment(
  ctx: AppContext,
  payment: PaymentToBegin,
): Promise<{ providerRef: string; action: PaymentAction }> {
  const outcome = await openPayment(ctx, payment)
  switch (outcome.kind) {
    case 'begun':
      return outcome
    case 'refused':
      ctx.log.error({ orderId: payment.orderId, reason: outcome.reason }, 'provider refused to begin a payment')
      throw new Problem('payments/amount-not-supported')
    case 'unknown':
      throw providerUnavailable(outcome.cause)
    default:
      return assertNever(outcome)
  }
}
