import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { BegunPayment, PaymentProvider, ProviderName } from '../../providers/payments/port.ts'
import { Problem } from '../../platform/http/problem.ts'

/** The provider of a payment. `payments/method-not-available` when it is no longer, or not yet, configured. */
export function providerOf(ctx: Pick<AppContext, 'providers'>, name: ProviderName): PaymentProvider {
  const provider = ctx.providers.payments[name]
  if (!provider) throw new Problem('payments/method-not-available', { provider: name })
  return provider
}

interface Known {
  id: string
  orderId: string
  amount: number
  sessionRef: string | null
  redirectUrl: string | null
}

/** A payment as its provider's calls name it. */
export const begunOf = (payment: Known, providerRef: string): BegunPayment => ({
  paymentId: payment.id,
  orderId: payment.orderId,
  providerRef,
  sessionRef: payment.sessionRef,
  redirectUrl: payment.redirectUrl,
  amount: money(payment.amount),
})
