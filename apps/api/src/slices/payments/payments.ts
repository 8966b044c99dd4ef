/** What other slices may use of payments. */
export { beginPayment } from './begin-payment.ts'
export type { PaymentToBegin } from './begin-payment.ts'
export { findPaymentOfOrder, insertPayment } from './payments.sql.ts'
export { sweepPayments } from './sweep-payments.ts'
export { deleteOldEvents as deleteOldWebhooks } from './webhooks/webhooks.sql.ts'
export { providerOf } from './provider-of.ts'
export { replayWebhooks } from './webhooks/replay-webhooks.ts'
