import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { BegunPayment, PaymentProvider } from '../../providers/payments/port.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { Payer } from './payments.sql.ts'

/** Cash and credit: what is known of them is written down here. */
export const hasNobodyToAsk = (name: Payer): name is 'cod' | 'store-credit' => name === 'cod' || name === 'store-credit'

/** The provider of a payment. `payments/method-not-available` when it is no longer, or not yet, configured. */
export function providerOf(ctx: Pick<AppContext, 'providers'>, name: Payer): PaymentProvider {
  const provider = name === 'store-credit' ? undefined : ctx.providers.payments[name]
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
