import type { DeclineReason, PaymentState } from '@dhow/contracts/orders.ts'
import { Id } from '@dhow/contracts/primitives.ts'
import type Stripe from 'stripe'
import type { CancelledBy, MoneyMove, PaymentTruth, RefundMove } from '../port.ts'

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

export const chargeOf = ({ latest_charge: charge }: Stripe.PaymentIntent): Stripe.Charge | undefined =>
  charge && typeof charge !== 'string' ? charge : undefined

function cardOf(charge: Stripe.Charge | undefined): PaymentTruth['card'] {
  const card = charge?.payment_method_details?.card
  return card?.brand && card.last4 ? { brand: card.brand, last4: card.last4 } : null
}

const wallets = new Map([
  ['apple_pay', 'apple-pay'],
  ['google_pay', 'google-pay'],
  ['link', 'link'],
] as const)

/** The wallet a card was in, of those the shop offers. */
export const walletOf = (type: string | undefined): PaymentTruth['wallet'] =>
  [...wallets].find(([name]) => name === type)?.[1] ?? null

/** Who cancelled, as `cancel` told Stripe; whatever else may stand there was not the shopper. */
function cancelledByOf(intent: Pick<Stripe.PaymentIntent, 'status' | 'cancellation_reason'>): CancelledBy | null {
  if (intent.status !== 'canceled') return null
  return intent.cancellation_reason === 'requested_by_customer' ? 'shopper' : 'shop'
}

const isoOf = (seconds: number): string => new Date(seconds * 1000).toISOString()

/** Days Stripe holds card money when it does not say until when (docs.stripe.com: uncaptured payments are cancelled after 7 days). */
const HOLD_SECONDS = 7 * 86_400

function captureBeforeOf(intent: Stripe.PaymentIntent, charge: Stripe.Charge | undefined): string | null {
  if (intent.status !== 'requires_capture') return null
  const said = charge?.payment_method_details?.card?.capture_before
  return isoOf(said ?? (charge?.created ?? intent.created) + HOLD_SECONDS)
}

function capturesOf(intent: Stripe.PaymentIntent, charge: Stripe.Charge | undefined): MoneyMove[] {
  if (!charge?.captured || charge.amount_captured === 0) return []
  const ourId = Id.safeParse(intent.metadata['capture_id']).data ?? null
  return [{ providerRef: charge.id, ourId, amount: charge.amount_captured }]
}

function refundStateOf(status: string | null): RefundMove['state'] {
  if (status === 'succeeded') return 'succeeded'
  return status === 'failed' || status === 'canceled' ? 'failed' : 'pending'
}

export const refundFrom = (refund: Stripe.Refund): RefundMove => ({
  providerRef: refund.id,
  ourId: Id.safeParse(refund.metadata?.['refund_id']).data ?? null,
  amount: refund.amount,
  state: refundStateOf(refund.status),
  failureReason: refund.failure_reason ?? null,
})

/** What Stripe keeps, once it has booked the charge; in the currency of the payment, or we do not know it yet. */
function feeOf(charge: Stripe.Charge | undefined): number | null {
  const booked = charge?.balance_transaction
  return booked && typeof booked !== 'string' && booked.currency === charge.currency ? booked.fee : null
}

const sumOf = (refunds: readonly RefundMove[]): number =>
  refunds.filter(({ state }) => state === 'succeeded').reduce((sum, { amount }) => sum + amount, 0)

/** A PaymentIntent (with `latest_charge` expanded) as the truth about one of our payments; `refunds` where a charge names too few. */
export function truthFrom(intent: Stripe.PaymentIntent, refunds?: readonly Stripe.Refund[]): PaymentTruth {
  const charge = chargeOf(intent)
  const given = (refunds ?? charge?.refunds?.data ?? []).map(refundFrom)
  return {
    providerRef: intent.id,
    // Other systems on the same account write their own numbers under this name.
    orderId: Id.safeParse(intent.metadata['order_id']).data ?? null,
    state: stateOf(intent),
    amount: intent.amount,
    currency: intent.currency.toUpperCase(),
    providerState: intent.status,
    needsAuthorise: false,
    authorisedAmount:
      charge?.status === 'succeeded' ? charge.amount : intent.amount_received + intent.amount_capturable,
    capturedAmount: intent.amount_received,
    refundedAmount: sumOf(given),
    captures: capturesOf(intent, charge),
    refunds: given,
    card: cardOf(charge),
    wallet: walletOf(charge?.payment_method_details?.card?.wallet?.type),
    declineReason: declineReasonOf(intent.last_payment_error),
    cancelledBy: cancelledByOf(intent),
    expiresAt: null,
    captureBefore: captureBeforeOf(intent, charge),
    feeAmount: feeOf(charge),
  }
}
