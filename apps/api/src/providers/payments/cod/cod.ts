import { money } from '@dhow/money/money.ts'
import type { Config } from '../../../config.ts'
import type { BegunPayment, MoneyOutcome, PaymentProvider, PaymentTruth } from '../port.ts'

/** What cash is called where other providers' payments have a reference of their own. */
export const cashRefOf = (paymentId: string): string => `cod_${paymentId}`

/** What nobody but ourselves knows of a payment in cash: callers add what they have written down. */
export function cashTruth(
  payment: Pick<BegunPayment, 'providerRef' | 'orderId' | 'amount'>,
  change: Partial<PaymentTruth> = {},
): PaymentTruth {
  return {
    providerRef: payment.providerRef,
    orderId: payment.orderId,
    state: 'requires-action',
    providerState: 'pending',
    needsAuthorise: false,
    amount: payment.amount.amount,
    currency: payment.amount.currency,
    authorisedAmount: 0,
    capturedAmount: 0,
    refundedAmount: 0,
    captures: [],
    refunds: [],
    card: null,
    wallet: null,
    declineReason: null,
    cancelledBy: null,
    expiresAt: null,
    captureBefore: null,
    feeAmount: null,
    ...change,
  }
}

const noCash: MoneyOutcome = { kind: 'refused', reason: 'cash moves by hand' }

/** Last digits only: enough to know one's own phone by. */
export const phoneHint = (e164: string): string => `•••• ${e164.slice(-3)}`

/**
 * Cash on delivery as a provider: nobody outside to ask, so it never says anything new. The shopper's code promises the money
 * (`slices/cod`), the courier brings it, and both are written down by us.
 */
export function createCodProvider(config: Config): PaymentProvider {
  return {
    name: 'cod',
    method: 'cod',
    minimum: money(Math.max(1, config.COD_MINIMUM_FILS)),
    maximum: money(config.COD_MAXIMUM_FILS),
    captureTime: 'on-fulfilment',
    canStop: true,
    checkEligibility: () => Promise.resolve({ kind: 'eligible', instalments: null, labels: null }),
    async begin(request) {
      const { buyer } = await request.details()
      return {
        kind: 'begun',
        providerRef: cashRefOf(request.paymentId),
        sessionRef: null,
        redirectUrl: null,
        expiresAt: null,
        action: { kind: 'code', phoneHint: phoneHint(buyer.phone) },
      }
    },
    reopen: (payment) =>
      Promise.resolve({
        kind: 'begun',
        providerRef: payment.providerRef,
        sessionRef: null,
        redirectUrl: null,
        expiresAt: null,
        action: { kind: 'code', phoneHint: '' },
      }),
    fetch: () => Promise.resolve({ kind: 'unknown', cause: new Error('cash has nobody to ask') }),
    authorise: () => Promise.resolve({ kind: 'unknown', cause: new Error('cash has nobody to ask') }),
    capture: () => Promise.resolve(noCash),
    cancel: (payment, by) =>
      Promise.resolve({
        kind: 'cancelled',
        truth: cashTruth(payment, { state: 'cancelled', providerState: 'cancelled', cancelledBy: by }),
      }),
    refund: () => Promise.resolve(noCash),
    readWebhook: () => undefined,
    list: null,
  }
}
