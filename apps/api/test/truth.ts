import type { PaymentTruth } from '../src/providers/payments/port.ts'

/** What a provider says of a payment nobody has paid yet, but for what matters to the test. */
export const truthOf = (change: Partial<PaymentTruth> = {}): PaymentTruth => ({
  providerRef: 'pi_1',
  orderId: null,
  state: 'pending',
  providerState: 'new',
  needsAuthorise: false,
  amount: 11_500,
  currency: 'AED',
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
})
