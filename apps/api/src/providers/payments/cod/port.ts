import type { BegunPayment, PaymentTruth } from '../port.ts'

// What the adapter of cash and the slice that writes cash down have in common: there is nobody outside between them.

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
