import { invalid } from './errors.ts'
import { INSTALMENTS, MAXIMUM_FILS, MINIMUM_FILS, REFUSED_PHONES } from './people.ts'
import type { TamaraContext } from './state.ts'
import { localPhone, readBody } from './wire.ts'
import { toFils, toWire, type WireMoney } from './wire-money.ts'

const isWithinLimits = (fils: number): boolean => fils >= MINIMUM_FILS && fils <= MAXIMUM_FILS

const limits = { min_limit: toWire(MINIMUM_FILS), max_limit: toWire(MAXIMUM_FILS) }

/** `GET /checkout/payment-types`: what a basket of this value could be paid by. */
export function listPaymentTypes(query: { country: unknown; currency: unknown; orderValue: unknown }): object {
  if (query.country !== 'AE') throw invalid('country_invalid')
  if (query.currency !== 'AED') throw invalid('currency_unsupported')
  const value = query.orderValue === undefined ? undefined : Number(query.orderValue)
  if (value !== undefined && !isWithinLimits(toFils({ amount: value, currency: 'AED' }))) return []
  return [
    {
      name: 'PAY_BY_INSTALMENTS',
      description: `Pay in ${INSTALMENTS}`,
      ...limits,
      supported_instalments: [{ instalments: INSTALMENTS, ...limits }],
    },
  ]
}

const mayPay = (value: WireMoney, phone: string | undefined): boolean =>
  isWithinLimits(toFils(value)) && (phone === undefined || !REFUSED_PHONES.has(localPhone(phone)))

/** `POST /checkout/payment-options-pre-check`: whether this buyer is offered anything for this much. */
export function preCheck(body: unknown): object {
  const { country, order_value, phone_number } = readBody('PreCheck', body)
  if (country !== 'AE') throw invalid('country_invalid')
  const isOffered = mayPay(order_value, phone_number)
  const label = {
    payment_type: 'PAY_BY_INSTALMENTS',
    instalment: INSTALMENTS,
    description_en: `Split in ${INSTALMENTS}. Pay a quarter today, the rest monthly.`,
    description_ar: `قسّمها على ${INSTALMENTS}. ادفع الربع اليوم والباقي شهرياً.`,
  }
  return {
    has_available_payment_options: isOffered,
    single_checkout_enabled: true,
    available_payment_labels: isOffered ? [label] : [],
  }
}

/** `POST /pre-checkout/v1/eligibility`, the newer way to ask the same. */
export function checkEligibility(body: unknown): object {
  const { order, customer } = readBody('Eligibility', body)
  return { is_eligible: mayPay(order, customer.phone) }
}

export const merchantConfigs = ({ config }: TamaraContext): object => ({
  merchant_id: 'sandbox-merchant',
  public_key: config.publicKey,
  country: 'AE',
  currency: 'AED',
  payment_types: [{ name: 'PAY_BY_INSTALMENTS', ...limits, supported_instalments: [INSTALMENTS] }],
})
