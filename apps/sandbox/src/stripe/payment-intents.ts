import { makeId } from '../platform/ids.ts'
import { findCharge, recordMoney } from './charges.ts'
import { confirmIntent, unexpectedState, type ConfirmParams } from './confirm-intent.ts'
import { emit, type Call, type StripeContext } from './context.ts'
import { invalidRequest, notFound } from './errors.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'
import type { IntentStatus, Metadata, PaymentIntent } from './objects.ts'
import { findMethod } from './payment-methods.ts'

type DetailParams = {
  customer?: string
  description?: string | null
  metadata?: Record<string, string | number | null> | '' | null
  payment_method?: string
  receipt_email?: string | null
  setup_future_usage?: string | null
  shipping?: object | '' | null
  statement_descriptor?: string
  statement_descriptor_suffix?: string
  transfer_group?: string
}

export type CreateParams = ConfirmParams &
  DetailParams & {
    amount: number
    currency: string
    automatic_payment_methods?: { enabled: boolean; allow_redirects?: 'always' | 'never' }
    capture_method?: PaymentIntent['capture_method']
    confirm?: boolean
    confirmation_method?: PaymentIntent['confirmation_method']
    excluded_payment_method_types?: string[]
    payment_method_options?: object
  }

export type UpdateParams = DetailParams & { amount?: number; currency?: string; payment_method_options?: object }

/** Stripe's minimum charge by currency, in minor units (docs.stripe.com/currencies); others have none here. */
const MINIMUM_BY_CURRENCY: Readonly<Record<string, number>> = { aed: 200, usd: 50, eur: 50, gbp: 30 }
const CURRENCIES = new Set(['aed', 'usd', 'eur', 'gbp', 'sar', 'kwd', 'bhd', 'qar', 'omr', 'inr', 'pkr', 'egp'])
const LARGEST_AMOUNT = 99_999_999
const MAX_METADATA_KEYS = 50

/** What Stripe checks before the endpoint runs, so that nothing is stored under the idempotency key. */
export function checkCreate(params: CreateParams): void {
  checkAmount(params.amount, params.currency.toLowerCase())
  checkMetadata(params.metadata)
  if (params.confirm !== true && (params.return_url !== undefined || params.off_session !== undefined))
    throw invalidRequest(
      'The parameter `return_url` or `off_session` cannot be passed when creating a PaymentIntent unless `confirm` is set to true.',
      undefined,
      params.return_url === undefined ? 'off_session' : 'return_url',
    )
}

export function checkUpdate(params: UpdateParams): void {
  if (params.amount !== undefined) checkAmount(params.amount, params.currency ?? 'aed')
  checkMetadata(params.metadata)
}

export function createIntent(ctx: StripeContext, call: Call<CreateParams>): PaymentIntent {
  const { params, request } = call
  const intent = newIntent(ctx, params)
  applyDetails(ctx, intent, params)
  ctx.state.intents.set(intent.id, intent)
  emit(ctx, 'payment_intent.created', intent, intent.id, request)
  if (params.confirm) return confirmIntent(ctx, { intent, params, request })
  return intent
}

function newIntent(ctx: StripeContext, params: CreateParams): PaymentIntent {
  const id = makeId('pi_')
  const methods = params.automatic_payment_methods
  return {
    id,
    object: 'payment_intent',
    ...EMPTY_FIELDS,
    amount: params.amount,
    automatic_payment_methods: {
      allow_redirects: methods?.allow_redirects ?? 'always',
      enabled: methods?.enabled ?? true,
    },
    capture_method: params.capture_method ?? 'automatic_async',
    client_secret: `${id}_secret_${makeId('', 25)}`,
    confirmation_method: params.confirmation_method ?? 'automatic',
    created: ctx.now(),
    currency: params.currency.toLowerCase(),
    excluded_payment_method_types: params.excluded_payment_method_types ?? null,
    metadata: {},
    payment_method_options: params.payment_method_options ?? { card: { request_three_d_secure: 'automatic' } },
    payment_method_types: ['card'],
    status: 'requires_payment_method',
  }
}

const EMPTY_FIELDS = {
  allowed_payment_method_types: null,
  amount_capturable: 0,
  amount_details: { tip: {} },
  amount_received: 0,
  application: null,
  application_fee_amount: null,
  canceled_at: null,
  cancellation_reason: null,
  customer: null,
  customer_account: null,
  description: null,
  last_payment_error: null,
  latest_charge: null,
  livemode: false,
  managed_payments: null,
  next_action: null,
  on_behalf_of: null,
  payment_method: null,
  payment_method_configuration_details: null,
  payment_record: null,
  processing: null,
  receipt_email: null,
  review: null,
  setup_future_usage: null,
  shipping: null,
  source: null,
  statement_descriptor: null,
  statement_descriptor_suffix: null,
  transfer_data: null,
  transfer_group: null,
} as const

export function updateIntent(ctx: StripeContext, call: Call<UpdateParams>): PaymentIntent {
  const intent = findIntent(ctx, call.id)
  const { amount, currency } = call.params
  if (amount !== undefined && !OPEN_STATES.has(intent.status))
    throw unexpectedState(
      intent,
      `This PaymentIntent's amount could not be updated because it has a status of ${intent.status}. You may only update the amount of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
    )
  if (amount !== undefined) intent.amount = amount
  if (currency !== undefined) intent.currency = currency.toLowerCase()
  applyDetails(ctx, intent, call.params)
  return intent
}

const OPEN_STATES = new Set<IntentStatus>(['requires_payment_method', 'requires_confirmation', 'requires_action'])

function applyDetails(ctx: StripeContext, intent: PaymentIntent, params: DetailParams): void {
  if (params.customer !== undefined) intent.customer = params.customer
  if (params.description !== undefined) intent.description = params.description || null
  if (params.receipt_email !== undefined) intent.receipt_email = params.receipt_email || null
  if (params.setup_future_usage !== undefined) intent.setup_future_usage = params.setup_future_usage || null
  if (params.shipping !== undefined) intent.shipping = params.shipping || null
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

export function mergedMetadata(old: Metadata, change: DetailParams['metadata']): Metadata {
  if (change === '' || change === null || change === undefined) return {}
  const merged = { ...old }
  for (const [key, value] of Object.entries(change)) {
    if (value === '' || value === null) delete merged[key]
    else merged[key] = String(value)
  }
  return merged
}

/** Stripe does not publish these three limits in its schema; they are the ones in its documentation. */
function checkMetadata(metadata: DetailParams['metadata']): void {
  if (!metadata) return
  if (Object.keys(metadata).length > MAX_METADATA_KEYS)
    throw invalidRequest('Metadata may have at most 50 keys.', undefined, 'metadata')
  for (const [key, value] of Object.entries(metadata)) {
    const param = `metadata[${key}]`
    if (key.length > 40) throw invalidRequest('Metadata keys may have at most 40 characters.', undefined, param)
    if (String(value).length > 500)
      throw invalidRequest('Metadata values may have at most 500 characters.', undefined, param)
  }
}

export function findIntent(ctx: StripeContext, id: string): PaymentIntent {
  const intent = ctx.state.intents.get(id)
  if (!intent) throw notFound('payment_intent', id, 'intent')
  return intent
}

export function retrieveIntent(ctx: StripeContext, call: Call<object>): PaymentIntent {
  return findIntent(ctx, call.id)
}

export function confirm(ctx: StripeContext, call: Call<ConfirmParams & DetailParams>): PaymentIntent {
  const intent = findIntent(ctx, call.id)
  const { payment_method: _method, ...details } = call.params
  if (intent.status !== 'succeeded' && intent.status !== 'canceled') applyDetails(ctx, intent, details)
  return confirmIntent(ctx, { intent, params: call.params, request: call.request })
}

export type CaptureParams = { amount_to_capture?: number; metadata?: DetailParams['metadata'] }

export function captureIntent(ctx: StripeContext, call: Call<CaptureParams>): PaymentIntent {
  const intent = findIntent(ctx, call.id)
  if (intent.status !== 'requires_capture' || intent.latest_charge === null)
    throw unexpectedState(
      intent,
      `This PaymentIntent could not be captured because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be captured: requires_capture.`,
    )
  const amount = call.params.amount_to_capture ?? intent.amount_capturable
  if (amount < 1 || amount > intent.amount_capturable)
    throw invalidRequest(
      'The amount to capture is larger than what is capturable.',
      'amount_too_large',
      'amount_to_capture',
    )
  const charge = findCharge(ctx, intent.latest_charge)
  charge.captured = true
  charge.amount_captured = amount
  charge.balance_transaction = recordMoney(ctx, { amount, source: charge.id, intent }).id
  intent.status = 'succeeded'
  intent.amount_received = amount
  intent.amount_capturable = 0
  if (call.params.metadata !== undefined) intent.metadata = mergedMetadata(intent.metadata, call.params.metadata)
  emit(ctx, 'charge.captured', charge, intent.id, call.request)
  emit(ctx, 'payment_intent.succeeded', intent, intent.id, call.request)
  return intent
}

export function cancelIntent(ctx: StripeContext, call: Call<{ cancellation_reason?: string }>): PaymentIntent {
  const intent = findIntent(ctx, call.id)
  if (!OPEN_STATES.has(intent.status) && intent.status !== 'requires_capture')
    throw unexpectedState(
      intent,
      `You cannot cancel this PaymentIntent because it has a status of ${intent.status}. Only a PaymentIntent with one of the following statuses may be canceled: requires_payment_method, requires_capture, requires_confirmation, requires_action, processing.`,
    )
  intent.status = 'canceled'
  intent.canceled_at = ctx.now()
  intent.cancellation_reason = call.params.cancellation_reason ?? null
  intent.amount_capturable = 0
  intent.next_action = null
  emit(ctx, 'payment_intent.canceled', intent, intent.id, call.request)
  return intent
}

export function listIntents(
  ctx: StripeContext,
  call: Call<ListParams & { customer?: string }>,
): StripeList<PaymentIntent> {
  const { customer } = call.params
  const wanted = ctx.state.intents
    .newestFirst()
    .filter((intent) => customer === undefined || intent.customer === customer)
  return listOf(wanted, call.params, '/v1/payment_intents')
}

function checkAmount(amount: number, currency: string): void {
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
