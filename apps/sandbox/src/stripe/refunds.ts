import { makeId } from '../platform/ids.ts'
import { findCharge, recordMoney } from './charges.ts'
import { emit, type Call, type StripeContext } from './context.ts'
import { invalidRequest, notFound } from './errors.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'
import type { Charge, Refund } from './objects.ts'
import { mergedMetadata } from './intent-details.ts'
import { findIntent } from './payment-intents.ts'

export type CreateRefundParams = {
  payment_intent?: string
  charge?: string
  amount?: number
  reason?: string
  metadata?: Record<string, string | number | null> | '' | null
}

export function createRefund(ctx: StripeContext, call: Call<CreateRefundParams>): Refund {
  const { params, request } = call
  const charge = refundedCharge(ctx, params)
  const amount = refundableAmount(charge, params.amount)
  const intent = findIntent(ctx, charge.payment_intent)
  const id = makeId('re_')
  const refund: Refund = {
    id,
    object: 'refund',
    amount,
    balance_transaction: recordMoney(ctx, { amount, source: id, intent, refund: true }).id,
    charge: charge.id,
    created: ctx.now(),
    currency: charge.currency,
    customer: intent.customer,
    customer_account: null,
    destination_details: { card: { type: 'refund' }, type: 'card' },
    metadata: mergedMetadata({}, params.metadata),
    payment_intent: intent.id,
    payment_method: charge.payment_method,
    reason: params.reason ?? null,
    receipt_number: null,
    source_transfer_reversal: null,
    status: 'succeeded',
    transfer_reversal: null,
  }
  ctx.state.refunds.set(id, refund)
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount_captured
  emit(ctx, 'refund.created', refund, intent.id, request)
  emit(ctx, 'charge.refunded', charge, intent.id, request)
  emit(ctx, 'refund.updated', refund, intent.id, request)
  return refund
}

function refundedCharge(ctx: StripeContext, params: CreateRefundParams): Charge {
  if (params.charge !== undefined) return findCharge(ctx, params.charge, 'charge')
  if (params.payment_intent === undefined)
    throw invalidRequest(
      'One of the following params should be provided for this request: payment_intent or charge.',
      'parameter_missing',
    )
  const intent = findIntent(ctx, params.payment_intent)
  const charge = intent.latest_charge === null ? undefined : findCharge(ctx, intent.latest_charge)
  if (charge?.status === 'succeeded' && charge.captured) return charge
  throw invalidRequest(
    `This PaymentIntent (${intent.id}) does not have a successful charge to refund.`,
    undefined,
    'payment_intent',
  )
}

function refundableAmount(charge: Charge, wanted: number | undefined): number {
  const left = charge.amount_captured - charge.amount_refunded
  if (!charge.captured)
    throw invalidRequest(`Charge ${charge.id} has not been captured.`, 'charge_not_refundable', 'charge')
  if (left === 0)
    throw invalidRequest(`Charge ${charge.id} has already been refunded.`, 'charge_already_refunded', 'charge')
  const amount = wanted ?? left
  if (amount < 1)
    throw invalidRequest('This value must be greater than or equal to 1.', 'parameter_invalid_integer', 'amount')
  if (amount > left)
    throw invalidRequest(
      `Refund amount (${amount}) is greater than unrefunded amount on charge (${left})`,
      undefined,
      'amount',
    )
  return amount
}

export function retrieveRefund(ctx: StripeContext, call: Call<object>): Refund {
  const refund = ctx.state.refunds.get(call.id)
  if (!refund) throw notFound('refund', call.id)
  return refund
}

export function listRefunds(
  ctx: StripeContext,
  call: Call<ListParams & { payment_intent?: string; charge?: string }>,
): StripeList<Refund> {
  const { payment_intent: intent, charge } = call.params
  const wanted = ctx.state.refunds
    .newestFirst()
    .filter((refund) => (intent ?? refund.payment_intent) === refund.payment_intent)
    .filter((refund) => (charge ?? refund.charge) === refund.charge)
  return listOf(wanted, call.params, '/v1/refunds')
}
