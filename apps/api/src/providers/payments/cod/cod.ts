import { money } from '@dhow/money/money.ts'
import type { Config } from '../../../config.ts'
import type { MoneyOutcome, PaymentProvider } from '../port.ts'
import { cashRefOf, cashTruth } from './port.ts'

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
    beginsOnce: true,
    repeatsSafely: true,
    takesByItself: false,
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
