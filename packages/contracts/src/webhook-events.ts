/**
 * What the shop's endpoint at Stripe is subscribed to: the command that registers it, the sandbox and the handler share this
 * list. Events not on it are stored if they come, and left alone.
 */
export const stripePaymentEvents = [
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.amount_capturable_updated',
  'charge.captured',
  'charge.expired',
  'charge.refunded',
  'refund.created',
  'refund.updated',
  'refund.failed',
] as const

export const stripeDisputeEvents = [
  'charge.dispute.created',
  'charge.dispute.updated',
  'charge.dispute.closed',
  'charge.dispute.funds_withdrawn',
  'charge.dispute.funds_reinstated',
] as const

/** A bank's word that a payment was fraud, ahead of any dispute. */
export const stripeWarningEvents = ['radar.early_fraud_warning.created', 'radar.early_fraud_warning.updated'] as const

export const stripePayoutEvents = [
  'payout.created',
  'payout.updated',
  'payout.paid',
  'payout.failed',
  'payout.canceled',
] as const

export const stripeEvents: readonly string[] = [
  ...stripePaymentEvents,
  ...stripeDisputeEvents,
  ...stripeWarningEvents,
  ...stripePayoutEvents,
]
