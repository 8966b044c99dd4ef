import type { DeclineReason, PaymentState } from '@dhow/contracts/orders.ts'
import { Id } from '@dhow/contracts/primitives.ts'
import type Stripe from 'stripe'
import type { CancelledBy, PaymentTruth } from '../port.ts'

const reasons: Record<string, DeclineReason> = {
  insufficient_funds: 'insufficient-funds',
  expired_card: 'expired-card',
  incorrect_cvc: 'incorrect-cvc',
  invalid_cvc: 'incorrect-cvc',
  incorrect_number: 'incorrect-number',
  invalid_number: 'incorrect-number',
  processing_error: 'processing-error',
  authentication_required: 'authentication-failed',
  payment_intent_authentication_failure: 'authentication-failed',
}

/** What a shopper may be told. Lost, stolen and fraudulent are never named: all of those are `declined`. */
export function declineReasonOf(
  error: { code?: string | null; decline_code?: string | null } | null,
): DeclineReason | null {
  if (!error) return null
  return reasons[error.decline_code ?? ''] ?? reasons[error.code ?? ''] ?? 'declined'
}

/** Stripe's status in our words. Back at `requires_payment_method` with an error is a declined try. */
export function stateOf(intent: Pick<Stripe.PaymentIntent, 'status' | 'last_payment_error'>): PaymentState {
  switch (intent.status) {
    case 'succeeded':
      return 'captured'
    case 'canceled':
      return 'cancelled'
    case 'processing':
      return 'processing'
    case 'requires_capture':
      return 'authorised'
    case 'requires_action':
      return 'requires-action'
    default:
      return intent.last_payment_error ? 'failed' : 'pending'
  }
}

const chargeOf = ({ latest_charge: charge }: Stripe.PaymentIntent): Stripe.Charge | undefined =>
  charge && typeof charge !== 'string' ? charge : undefined

function cardOf(intent: Stripe.PaymentIntent): PaymentTruth['card'] {
  const card = chargeOf(intent)?.payment_method_details?.card
  return card?.brand && card.last4 ? { brand: card.brand, last4: card.last4 } : null
}

/** Who cancelled, as `cancel` told Stripe; whatever else may stand there was not the shopper. */
function cancelledByOf(intent: Pick<Stripe.PaymentIntent, 'status' | 'cancellation_reason'>): CancelledBy | null {
  if (intent.status !== 'canceled') return null
  return intent.cancellation_reason === 'requested_by_customer' ? 'shopper' : 'shop'
}

/** A PaymentIntent (with `latest_charge` expanded) as the truth about one of our payments. */
export function truthFrom(intent: Stripe.PaymentIntent): PaymentTruth {
  return {
    providerRef: intent.id,
    // Other systems on the same account write their own numbers under this name.
    orderId: Id.safeParse(intent.metadata['order_id']).data ?? null,
    state: stateOf(intent),
    amount: intent.amount,
    currency: intent.currency.toUpperCase(),
    providerState: intent.status,
    needsAuthorise: false,
    authorisedAmount: intent.status === 'requires_capture' ? intent.amount_capturable : intent.amount_received,
    capturedAmount: intent.amount_received,
    refundedAmount: chargeOf(intent)?.amount_refunded ?? 0,
    captures: [],
    refunds: [],
    wallet: null,
    expiresAt: null,
    captureBefore: null,
    feeAmount: null,
    card: cardOf(intent),
    declineReason: declineReasonOf(intent.last_payment_error),
    cancelledBy: cancelledByOf(intent),
  }
}
