import { makeId } from '../platform/ids.ts'
import { bookBalance, findCharge, recordMoney } from './charges.ts'
import { emit, type Call, type StripeContext, type StripeState } from './context.ts'
import { invalidRequest, notFound } from './errors.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'
import type { Charge, Refund } from './objects.ts'
import { mergedMetadata, type MetadataParam } from './metadata.ts'
import { findIntent } from './payment-intents.ts'

export type CreateRefundParams = {
  payment_intent?: string
  charge?: string
  amount?: number
  reason?: string
  metadata?: MetadataParam
}

export function createRefund(ctx: StripeContext, call: Call<CreateRefundParams>): Refund {
  const { params, request } = call
  const charge = refundedCharge(ctx, params)
  const amount = refundableAmount(ctx, charge, params.amount)
  const intent = findIntent(ctx, charge.payment_intent)
  const id = makeId('re_')
  const number = numberOf(ctx.state, charge.payment_method)
  const isSlow = number === PENDING_FIRST
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
    status: isSlow ? 'pending' : 'succeeded',
    transfer_reversal: null,
  }
  ctx.state.refunds.set(id, refund)
  charge.amount_refunded += amount
  charge.refunded = charge.amount_refunded === charge.amount_captured
  emit(ctx, 'refund.created', refund, intent.id, request)
  emit(ctx, 'charge.refunded', charge, intent.id, request)
  if (!isSlow) emit(ctx, 'refund.updated', refund, intent.id, request)
  if (isSlow || number === FAILING_LATER)
    ctx.later.add({ kind: 'refund', id }, (ctx.now() + SETTLES_AFTER_SECONDS) * 1000)
  return refund
}

/** Cards whose refunds take their time (docs.stripe.com/testing): pending, then done; done, and then failed after all. */
const PENDING_FIRST = '4000000000007726'
const FAILING_LATER = '4000000000005126'
export const SETTLES_AFTER_SECONDS = 60

const numberOf = ({ methods }: StripeState, id: string): string | undefined => methods.get(id)?.card.number

/** Whether something is still to become of it. */
export const isUnsettled = (state: StripeState, refund: Refund): boolean =>
  refund.status === 'pending' ||
  (refund.status === 'succeeded' && numberOf(state, refund.payment_method) === FAILING_LATER)

/** What becomes of such a refund. A failed one brings the money back to the shop's balance, not to the shopper. */
export function settleRefund(ctx: StripeContext, id: string): void {
  const refund = ctx.state.refunds.get(id)
  if (!refund || refund.status === 'failed') return
  const request = { id: null, idempotency_key: null }
  const isDone = refund.status === 'pending'
  if (isDone) refund.status = 'succeeded'
  else fail(ctx, refund)
  emit(ctx, 'refund.updated', refund, refund.payment_intent, request)
  if (!isDone) emit(ctx, 'refund.failed', refund, refund.payment_intent, request)
}

function fail(ctx: StripeContext, refund: Refund): void {
  const { id: source, amount, currency } = refund
  const charge = findCharge(ctx, refund.charge)
  charge.amount_refunded -= amount
  charge.refunded = false
  refund.status = 'failed'
  refund.failure_reason = 'expired_or_canceled_card'
  const back = { type: 'refund_failure', category: 'refund_failure', fee: 0, amount, currency, source } as const
  refund.failure_balance_transaction = bookBalance(ctx, back).id
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

function refundableAmount(ctx: StripeContext, charge: Charge, wanted: number | undefined): number {
  const left = charge.amount_captured - charge.amount_refunded
  if (isDisputed(ctx, charge))
    throw invalidRequest(`Charge ${charge.id} has been charged back; cannot issue a refund.`, 'charge_disputed')
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

const isDisputed = ({ state }: StripeContext, charge: Charge): boolean =>
  charge.disputed &&
  state.disputes
    .values()
    .some((dispute) => dispute.charge === charge.id && !dispute.is_charge_refundable && dispute.status !== 'won')

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
