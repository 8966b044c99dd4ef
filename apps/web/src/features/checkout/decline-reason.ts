import type { DeclineReason } from '@dhow/contracts/orders.ts'
import type { PaymentScriptError } from './payment-script.ts'

const reasonByCode: Readonly<Record<string, DeclineReason>> = {
  expired_card: 'expired-card',
  incorrect_cvc: 'incorrect-cvc',
  invalid_cvc: 'incorrect-cvc',
  incorrect_number: 'incorrect-number',
  invalid_number: 'incorrect-number',
  insufficient_funds: 'insufficient-funds',
  processing_error: 'processing-error',
  payment_intent_authentication_failure: 'authentication-failed',
  setup_intent_authentication_failure: 'authentication-failed',
  authentication_required: 'authentication-failed',
}

export type ConfirmTrouble =
  /** The card was refused; nothing was taken. */
  | { kind: 'declined'; reason: DeclineReason }
  /** The fields are not filled in; they say so themselves. */
  | { kind: 'incomplete' }
  /** Money may have moved: only our server, which asks the provider, can tell. */
  | { kind: 'unknown' }

/**
 * What an error of the card form's script means to us. Lost, stolen and fraudulent cards are plain `declined`
 * (docs.stripe.com/declines/codes, read November 2026): the words must not help a thief.
 */
export function troubleOf(error: PaymentScriptError): ConfirmTrouble {
  if (error.type === 'validation_error') return { kind: 'incomplete' }
  // An authentication failure comes as invalid_request_error, so the code is asked before the type.
  const known = reasonByCode[error.decline_code ?? ''] ?? reasonByCode[error.code ?? '']
  if (known) return { kind: 'declined', reason: known }
  return error.type === 'card_error' ? { kind: 'declined', reason: 'declined' } : { kind: 'unknown' }
}
