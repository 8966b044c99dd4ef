import type { StripeContext } from './context.ts'
import { findCustomer } from './customers.ts'
import { invalidRequest } from './errors.ts'
import { mergedMetadata, type MetadataParam } from './metadata.ts'
import type { IntentStatus, PaymentIntent } from './objects.ts'
import { findMethod } from './payment-methods.ts'

export type DetailParams = {
  customer?: string
  description?: string | null
  metadata?: MetadataParam
  payment_method?: string
  receipt_email?: string | null
  setup_future_usage?: string | null
  shipping?: { address?: object } | '' | null
  statement_descriptor?: string
  statement_descriptor_suffix?: string
  transfer_group?: string
}

/** Stripe's minimum charge by currency, in minor units (docs.stripe.com/currencies); others have none here. */
const MINIMUM_BY_CURRENCY: Readonly<Record<string, number>> = { aed: 200, usd: 50, eur: 50, gbp: 30 }
const CURRENCIES = new Set(['aed', 'usd', 'eur', 'gbp', 'sar', 'kwd', 'bhd', 'qar', 'omr', 'inr', 'pkr', 'egp'])
const LARGEST_AMOUNT = 99_999_999

export const OPEN_STATES = new Set<IntentStatus>([
  'requires_payment_method',
  'requires_confirmation',
  'requires_action',
])

/** Takes over what create, update and confirm may say besides the money; an empty text clears. */
export function applyDetails(ctx: StripeContext, intent: PaymentIntent, params: DetailParams): void {
  if (params.customer !== undefined) intent.customer = findCustomer(ctx, params.customer).id
  if (params.description !== undefined) intent.description = params.description || null
  if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email || null
  if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage || null
  if (params.shipping !== undefined) intent.shipping = params.shipping ? fullShipping(params.shipping) : null
  if (params.statement_descriptor !== undefined) intent.statement_descriptor = params.statement_descriptor
  if (params.statement_descriptor_suffix !== undefined)
    intent.statement_descriptor_suffix = params.statement_descriptor_suffix
  if (params.transfer_group !== undefined) intent.transfer_group = params.transfer_group
  if (params.metadata !== undefined) intent.metadata = mergedMetadata(intent.metadata, params.metadata)
  if (params.payment_method !== undefined && OPEN_STATES.has(intent.status)) {
    intent.payment_method = findMethod(ctx, params.payment_method).method.id
    if (intent.status === 'requires_payment_method') intent.status = 'requires_confirmation'
  }
}

/** Answers name every field of an address, those not given as null. */
function fullShipping(shipping: { address?: object }): object {
  const address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }
  return {
    carrier: null,
    phone: null,
    tracking_number: null,
    ...shipping,
    address: { ...address, ...shipping.address },
  }
}

export function checkAmount(amount: number, currency: string): void {
  if (!CURRENCIES.has(currency)) throw invalidRequest(`Invalid currency: ${currency}.`, undefined, 'currency')
  if (amount < 1)
    throw invalidRequest('This value must be greater than or equal to 1.', 'parameter_invalid_integer', 'amount')
  const minimum = MINIMUM_BY_CURRENCY[currency] ?? 1
  if (amount < minimum)
    throw invalidRequest(
      `Amount must be at least ${(minimum / 100).toFixed(2)} ${currency}`,
      'amount_too_small',
      'amount',
    )
  if (amount > LARGEST_AMOUNT)
    throw invalidRequest(`Amount must be no more than 999,999.99 ${currency}`, 'amount_too_large', 'amount')
}
