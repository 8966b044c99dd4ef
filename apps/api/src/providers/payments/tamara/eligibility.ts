import { compare } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { EligibilityOutcome, EligibilityReason, EligibilityRequest } from '../port.ts'
import { isRefusal } from './client.ts'
import type { CallTamara, TamaraError } from './client.ts'
import { PreCheck, toWire } from './wire.ts'

export interface Limits {
  minimum: Money
  maximum: Money
  /** Said where Tamara has not told its own; null says none. */
  instalments: number | null
}

const isNearer = (amount: Money, { minimum, maximum }: Limits): 'minimum' | 'maximum' =>
  amount.amount - minimum.amount < maximum.amount - amount.amount ? 'minimum' : 'maximum'

/** Why Tamara would not begin; null for what has nothing to do with the buyer or the amount. */
export function eligibilityReasonOf(error: TamaraError, amount: Money, limits: Limits): EligibilityReason | null {
  if (error.codes.includes('total_amount_invalid_limit'))
    return isNearer(amount, limits) === 'minimum' ? 'amount-too-low' : 'amount-too-high'
  const ofBuyer = [
    'total_amount_invalid_limit_24hrs_gmv',
    'tamara_disabled',
    'not_supported_delivery_country',
    'consumer_invalid_phone_number',
    'invalid_phone_number',
    'billing_address_invalid_phone_number',
    'shipping_address_invalid_phone_number',
  ]
  return error.codes.some((code) => ofBuyer.includes(code)) ? 'not-available' : null
}

function labelOf({
  available_payment_labels: labels,
}: PreCheck): { count: number | null; en: string; ar: string } | null {
  const label = labels?.find(({ payment_type }) => payment_type === 'PAY_BY_INSTALMENTS')
  if (!label?.description_en || !label.description_ar) return null
  return { count: label.instalment ?? null, en: label.description_en, ar: label.description_ar }
}

const splitOf = (count: number | null) => (count === null ? null : { count })

function outcomeOf(answer: PreCheck, instalments: number | null): EligibilityOutcome {
  if (!answer.has_available_payment_options) return { kind: 'refused', reason: 'not-available' }
  const label = labelOf(answer)
  return {
    kind: 'eligible',
    instalments: splitOf(label?.count ?? instalments),
    labels: label && { en: label.en, ar: label.ar },
  }
}

/**
 * The limits first, then Tamara's own pre-check by phone number. Advice: the buyer can still be declined on the hosted page.
 * While nobody has said who buys, the limits alone decide.
 */
export async function checkEligibility(
  call: CallTamara,
  limits: Limits,
  { amount, buyer }: Pick<EligibilityRequest, 'amount' | 'buyer'>,
): Promise<EligibilityOutcome> {
  if (compare(amount, limits.minimum) < 0) return { kind: 'refused', reason: 'amount-too-low' }
  if (compare(amount, limits.maximum) > 0) return { kind: 'refused', reason: 'amount-too-high' }
  if (!buyer) return { kind: 'eligible', instalments: splitOf(limits.instalments), labels: null }
  try {
    const answer = await call({
      operation: 'eligibility',
      method: 'POST',
      path: '/checkout/payment-options-pre-check',
      body: { country: 'AE', order_value: toWire(amount), phone_number: buyer.phone },
      answer: PreCheck,
    })
    return outcomeOf(answer, limits.instalments)
  } catch (error) {
    // A phone number Tamara cannot read is a buyer it cannot serve; a question it does not understand says nothing about the buyer.
    const reason = isRefusal(error) ? eligibilityReasonOf(error, amount, limits) : null
    return reason ? { kind: 'refused', reason } : { kind: 'unknown', cause: error }
  }
}
