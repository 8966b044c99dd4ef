import { makeId } from '../platform/ids.ts'
import { findCharge, recordMoney } from './charges.ts'
import { disputeAsCardSays } from './disputes.ts'
import { confirmIntent, unexpectedState, type ConfirmParams } from './confirm-intent.ts'
import { emit, type Call, type StripeContext } from './context.ts'
import { invalidRequest, notFound } from './errors.ts'
import { applyDetails, checkAmount, OPEN_STATES, type DetailParams } from './intent-details.ts'
import { checkMetadata, mergedMetadata } from './metadata.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'
import type { PaymentIntent } from './objects.ts'

export type CreateParams = ConfirmParams &
  DetailParams & {
    amount: number
    currency: string
    automatic_payment_methods?: { enabled: boolean; allow_redirects?: 'always' | 'never' }
    capture_method?: PaymentIntent['capture_method']
    confirm?: boolean
    confirmation_method?: PaymentIntent['confirmation_method']
    excluded_payment_method_types?: string[]
    payment_method_options?: { card?: object }
  }

export type UpdateParams = DetailParams & {
  amount?: number
  capture_method?: PaymentIntent['capture_method']
  currency?: string
  payment_method_options?: object
}

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
    payment_method_options: { card: { ...CARD_OPTIONS, ...params.payment_method_options?.card } },
    payment_method_types: ['card'],
    status: 'requires_payment_method',
  }
}

const CARD_OPTIONS = { installments: null, mandate_options: null, network: null, request_three_d_secure: 'automatic' }

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
  const { amount, currency, capture_method: captureMethod } = call.params
  if (amount !== undefined && !OPEN_STATES.has(intent.status))
    throw unexpectedState(
      intent,
      `This PaymentIntent's amount could not be updated because it has a status of ${intent.status}. You may only update the amount of a PaymentIntent with one of the following statuses: requires_payment_method, requires_confirmation, requires_action.`,
    )
  if (captureMethod !== undefined && intent.status !== 'requires_payment_method')
    throw unexpectedState(intent, `The capture_method could not be updated: the status is ${intent.status}.`)
  if (captureMethod !== undefined) intent.capture_method = captureMethod
  if (amount !== undefined) intent.amount = amount
  if (currency !== undefined) intent.currency = currency.toLowerCase()
  applyDetails(ctx, intent, call.params)
  return intent
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
  const number = intent.payment_method === null ? undefined : ctx.state.methods.get(intent.payment_method)?.card.number
  if (number !== undefined) disputeAsCardSays(ctx, charge.id, number)
  return intent
}

/** The banks let go of what was held too long. */
export function lapseHold(ctx: StripeContext, id: string): void {
  const intent = ctx.state.intents.get(id)
  if (intent?.status !== 'requires_capture' || intent.latest_charge === null) return
  const request = { id: null, idempotency_key: null }
  intent.status = 'canceled'
  intent.canceled_at = ctx.now()
  intent.cancellation_reason = 'expired'
  intent.amount_capturable = 0
  emit(ctx, 'charge.expired', findCharge(ctx, intent.latest_charge), id, request)
  emit(ctx, 'payment_intent.canceled', intent, id, request)
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
