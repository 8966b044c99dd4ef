import { makeId } from '../platform/ids.ts'
import { bookBalance } from './charges.ts'
import { emit, type Call, type RequestRef, type StripeContext } from './context.ts'
import { invalidRequest, notFound, StripeError } from './errors.ts'
import { mergedMetadata, type MetadataParam } from './metadata.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'
import type { BalanceTransaction } from './objects.ts'
import type { Payout } from './vault-objects.ts'

const NOBODY: RequestRef = { id: null, idempotency_key: null }
const DAY = 86_400

export type PayoutParams = { amount: number; currency: string; description?: string; metadata?: MetadataParam }

const waiting = (ctx: StripeContext): BalanceTransaction[] =>
  ctx.state.balanceTransactions
    .values()
    .filter(({ id, type }) => !ctx.state.payoutByTransaction.get(id) && type !== 'payout' && type !== 'payout_failure')

/** What has not gone to the bank yet. */
export const balanceOf = (ctx: StripeContext): number => waiting(ctx).reduce((sum, line) => sum + line.net, 0)

/** As the account's schedule does once a day: everything that waits goes to the bank. Undefined when nothing is owed to us. */
export function payOutAll(ctx: StripeContext): Payout | undefined {
  const lines = waiting(ctx)
  const amount = lines.reduce((sum, line) => sum + line.net, 0)
  if (amount <= 0) return undefined
  const payout = send(ctx, { amount, currency: 'aed' }, true)
  for (const { id } of lines) ctx.state.payoutByTransaction.set(id, { id, payout: payout.id })
  return payout
}

/** By hand, which names no lines. */
export function createPayout(ctx: StripeContext, { params }: Call<PayoutParams>): Payout {
  const handMade = ctx.state.payouts.values().filter(({ automatic, status }) => !automatic && status !== 'failed')
  const available = balanceOf(ctx) - handMade.reduce((sum, { amount }) => sum + amount, 0)
  if (params.amount > available)
    throw new StripeError(400, {
      type: 'invalid_request_error',
      code: 'balance_insufficient',
      message: `You have insufficient funds in your Stripe account for this transfer. Your card balance is too low.`,
    })
  if (params.amount < 1) throw invalidRequest('Invalid integer', 'parameter_invalid_integer', 'amount')
  return send(ctx, params, false)
}

function send(ctx: StripeContext, params: PayoutParams, automatic: boolean): Payout {
  const id = makeId('po_')
  const { amount, currency } = params
  const booked = bookBalance(ctx, { type: 'payout', category: 'payout', amount: -amount, fee: 0, currency, source: id })
  const payout: Payout = {
    id,
    object: 'payout',
    amount,
    application_fee: null,
    application_fee_amount: null,
    arrival_date: ctx.now() + DAY,
    automatic,
    balance_transaction: booked.id,
    created: ctx.now(),
    currency,
    description: params.description ?? (automatic ? 'STRIPE PAYOUT' : null),
    destination: 'ba_sandbox',
    failure_balance_transaction: null,
    failure_code: null,
    failure_message: null,
    livemode: false,
    metadata: mergedMetadata({}, params.metadata),
    method: 'standard',
    original_payout: null,
    payout_method: null,
    reconciliation_status: automatic ? 'completed' : 'not_applicable',
    reversed_by: null,
    source_type: 'card',
    statement_descriptor: null,
    status: 'in_transit',
    trace_id: null,
    type: 'bank_account',
  }
  ctx.state.payouts.set(id, payout)
  emit(ctx, 'payout.created', payout, id, NOBODY)
  ctx.later.add({ kind: 'payout', id }, payout.arrival_date * 1000)
  return payout
}

/** A day later it is in the bank. One made by hand of an amount ending in .99 comes back. */
export function arrive(ctx: StripeContext, id: string): void {
  const payout = ctx.state.payouts.get(id)
  if (payout?.status !== 'in_transit') return
  if (payout.automatic || payout.amount % 100 !== 99) {
    payout.status = 'paid'
    emit(ctx, 'payout.paid', payout, id, NOBODY)
  } else failPayout(ctx, payout)
}

/** The bank sends it back; a payout may fail days after it was called paid. */
export function failPayout(ctx: StripeContext, payout: Payout): boolean {
  if (payout.status === 'failed') return false
  const { amount, currency, id: source } = payout
  const back = { type: 'payout_failure', category: 'payout_reversal', fee: 0, amount, currency, source } as const
  payout.status = 'failed'
  payout.failure_code = 'account_closed'
  payout.failure_message = 'The bank account has been closed.'
  payout.failure_balance_transaction = bookBalance(ctx, back).id
  for (const line of ctx.state.balanceTransactions.values())
    if (ctx.state.payoutByTransaction.get(line.id)?.payout === payout.id) ctx.state.payoutByTransaction.delete(line.id)
  emit(ctx, 'payout.failed', payout, payout.id, NOBODY)
  return true
}

export function retrievePayout(ctx: StripeContext, call: Call<object>): Payout {
  const payout = ctx.state.payouts.get(call.id)
  if (!payout) throw notFound('payout', call.id, 'payout')
  return payout
}

export function listPayouts(ctx: StripeContext, call: Call<ListParams & { status?: string }>): StripeList<Payout> {
  const { status } = call.params
  const wanted = ctx.state.payouts.newestFirst().filter((payout) => status === undefined || payout.status === status)
  return listOf(wanted, call.params, '/v1/payouts')
}

export type BalanceListParams = ListParams & { type?: string; source?: string; payout?: string; currency?: string }

export function listBalance(ctx: StripeContext, call: Call<BalanceListParams>): StripeList<BalanceTransaction> {
  const { type, source, payout, currency } = call.params
  const wanted = ctx.state.balanceTransactions
    .newestFirst()
    .filter((line) => type === undefined || line.type === type)
    .filter((line) => source === undefined || line.source === source)
    .filter((line) => currency === undefined || line.currency === currency)
    .filter(
      (line) =>
        payout === undefined || line.source === payout || ctx.state.payoutByTransaction.get(line.id)?.payout === payout,
    )
  return listOf(wanted, call.params, '/v1/balance_transactions')
}
