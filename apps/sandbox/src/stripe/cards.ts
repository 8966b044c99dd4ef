/** Stripe's test cards (docs.stripe.com/testing, read 22 Nov 2026): what a number or a `pm_card_*` id does. */

export type Decline = { code: string; declineCode?: string; adviceCode?: string; message: string }

export type CardBehaviour =
  | { kind: 'succeeds' }
  | { kind: 'declines'; decline: Decline }
  /** Asks for 3-D Secure; then pays, or is declined in spite of it. */
  | { kind: 'authenticates'; thenDecline?: Decline }

export type TestCard = {
  number: string
  brand: string
  country: string
  funding: 'credit' | 'debit'
  note: string
  behaviour: CardBehaviour
  aliases: readonly string[]
}

const declined = (
  declineCode: string,
  message = 'Your card was declined.',
  adviceCode = 'try_again_later',
): Decline => ({
  code: 'card_declined',
  declineCode,
  adviceCode,
  message,
})

const GENERIC = declined('generic_decline')
const INSUFFICIENT = declined('insufficient_funds', 'Your card has insufficient funds.')
const LOST = declined('lost_card', 'Your card was declined.', 'do_not_try_again')
const STOLEN = declined('stolen_card', 'Your card was declined.', 'do_not_try_again')
const VELOCITY = declined(
  'card_velocity_exceeded',
  'Your card was declined for making repeated attempts too frequently or exceeding its amount limit.',
)
const FRAUD = declined('fraudulent', 'Your card was declined.', 'do_not_try_again')
const EXPIRED: Decline = { code: 'expired_card', message: 'Your card has expired.' }
const CVC: Decline = {
  code: 'incorrect_cvc',
  message: "Your card's security code is incorrect.",
  adviceCode: 'confirm_card_data',
}
const PROCESSING: Decline = {
  code: 'processing_error',
  message: 'An error occurred while processing your card. Try again in a little bit.',
  adviceCode: 'try_again_later',
}

const succeeds: CardBehaviour = { kind: 'succeeds' }
const declines = (decline: Decline): CardBehaviour => ({ kind: 'declines', decline })
const asks3ds = (thenDecline?: Decline): CardBehaviour =>
  thenDecline ? { kind: 'authenticates', thenDecline } : { kind: 'authenticates' }

type Row = [number: string, note: string, behaviour: CardBehaviour, ...aliases: string[]]

const ROWS: readonly Row[] = [
  ['4242424242424242', 'Visa, pays', succeeds, 'pm_card_visa'],
  ['4000056655665556', 'Visa debit, pays', succeeds, 'pm_card_visa_debit'],
  ['5555555555554444', 'Mastercard, pays', succeeds, 'pm_card_mastercard'],
  [
    '378282246310005',
    'American Express, pays, never asks for 3-D Secure',
    succeeds,
    'pm_card_amex',
    'pm_card_amex_threeDSecureNotSupported',
  ],
  ['4000007840000001', 'Visa issued in the UAE, pays', succeeds, 'pm_card_ae'],
  ['5200007840000022', 'Mastercard issued in the UAE, pays', succeeds, 'pm_card_ae_mastercard'],
  ['4000000000000077', 'pays, funds available at once', succeeds, 'pm_card_bypassPending'],
  ['4000000000003055', '3-D Secure supported but not required, pays', succeeds, 'pm_card_threeDSecureOptional'],
  ['4000003800000446', 'already set up, pays', succeeds, 'pm_card_authenticationRequiredSetupForOffSession'],
  ['4000000032200000', '3-D Secure without a challenge, pays', succeeds],
  ['4000000000000002', 'declined', declines(GENERIC), 'pm_card_visa_chargeDeclined', 'pm_card_chargeDeclined'],
  ['4000000000000341', 'can be saved, every charge is declined', declines(GENERIC), 'pm_card_chargeCustomerFail'],
  [
    '4000000000009995',
    'insufficient funds',
    declines(INSUFFICIENT),
    'pm_card_visa_chargeDeclinedInsufficientFunds',
    'pm_card_chargeDeclinedInsufficientFunds',
  ],
  [
    '4000000000009987',
    'lost card',
    declines(LOST),
    'pm_card_visa_chargeDeclinedLostCard',
    'pm_card_chargeDeclinedLostCard',
  ],
  [
    '4000000000009979',
    'stolen card',
    declines(STOLEN),
    'pm_card_visa_chargeDeclinedStolenCard',
    'pm_card_chargeDeclinedStolenCard',
  ],
  ['4000000000000069', 'expired card', declines(EXPIRED), 'pm_card_chargeDeclinedExpiredCard'],
  ['4000000000000127', 'wrong security code', declines(CVC), 'pm_card_chargeDeclinedIncorrectCvc'],
  ['4000000000000119', 'processing error', declines(PROCESSING), 'pm_card_chargeDeclinedProcessingError'],
  ['4000000000006975', 'card limit exceeded', declines(VELOCITY), 'pm_card_chargeDeclinedVelocityLimitExceeded'],
  ['4100000000000019', 'blocked as fraud', declines(FRAUD), 'pm_card_radarBlock'],
  ['4000002500003155', '3-D Secure, then pays', asks3ds(), 'pm_card_authenticationRequiredOnSetup'],
  ['4000002760003184', '3-D Secure on every payment, then pays', asks3ds(), 'pm_card_authenticationRequired'],
  [
    '4000000000003220',
    '3-D Secure 2 required, then pays',
    asks3ds(),
    'pm_card_threeDSecure2Required',
    'pm_card_threeDSecureRequired',
  ],
  ['4000008400001629', '3-D Secure, then declined', asks3ds(GENERIC), 'pm_card_threeDSecureRequiredChargeDeclined'],
  [
    '4000008260003178',
    '3-D Secure, then insufficient funds',
    asks3ds(INSUFFICIENT),
    'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
  ],
  ['4000000000000259', 'pays, then is disputed as fraudulent', succeeds, 'pm_card_createDispute'],
  [
    '4000000000002685',
    'pays, then is disputed: goods not received',
    succeeds,
    'pm_card_createDisputeProductNotReceived',
  ],
  ['4000000000001976', 'pays, then its bank inquires', succeeds, 'pm_card_createDisputeInquiry'],
  ['4000000000005423', 'pays, then an early fraud warning', succeeds, 'pm_card_createIssuerFraudRecord'],
  ['4000000000007726', 'pays; refunds are pending for a minute', succeeds, 'pm_card_pendingRefund'],
  ['4000000000005126', 'pays; refunds succeed, and fail a minute later', succeeds, 'pm_card_refundFail'],
  ['4000008400001280', '3-D Secure lookup fails', declines(PROCESSING), 'pm_card_threeDSecureRequiredProcessingError'],
]

export const TEST_CARDS: readonly TestCard[] = ROWS.map(([number, note, behaviour, ...aliases]) => ({
  number,
  note,
  behaviour,
  aliases,
  brand: brandOf(number),
  country: number.slice(6, 9) === '784' ? 'AE' : 'US', // the issuer's ISO 3166 number stands in these test numbers
  funding: number === '4000056655665556' ? 'debit' : 'credit',
}))

const byNumber = new Map(TEST_CARDS.map((card) => [card.number, card]))
const byAlias = new Map(TEST_CARDS.flatMap((card) => card.aliases.map((alias) => [alias, card] as const)))

/** The test card behind a `pm_card_*` id, which exists without having been created. */
export function findCardByAlias(alias: string): TestCard | undefined {
  return byAlias.get(alias)
}

/** Any card number that passes the Luhn check; numbers Stripe doesn't list are declined, as its test mode does. */
export function cardByNumber(number: string): TestCard {
  const card = byNumber.get(number)
  if (card) return card
  return {
    number,
    brand: brandOf(number),
    country: 'US',
    funding: 'credit',
    note: 'not a test card',
    behaviour: declines(GENERIC),
    aliases: [],
  }
}

export function passesLuhn(number: string): boolean {
  if (!/^\d{12,19}$/.test(number)) return false
  let sum = 0
  for (const [index, digit] of Array.from(number).toReversed().entries()) {
    const doubled = Number(digit) * (index % 2 === 1 ? 2 : 1)
    sum += doubled > 9 ? doubled - 9 : doubled
  }
  return sum % 10 === 0
}

function brandOf(number: string): string {
  if (number.startsWith('4')) return 'visa'
  if (/^3[47]/.test(number)) return 'amex'
  if (/^(5[1-5]|2[2-7])/.test(number)) return 'mastercard'
  return 'unknown'
}
