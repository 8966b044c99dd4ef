import { makeId } from '../platform/ids.ts'
import type { Decline } from './cards.ts'
import type { StoredMethod, StripeContext } from './context.ts'
import { notFound } from './errors.ts'
import type { BalanceTransaction, Charge, PaymentIntent } from './objects.ts'

/** Invented for the sandbox: 2.9 % and AED 1.00 (100 minor units), rounded half up in whole minor units. */
export function feeOf(amount: number): number {
  return Math.floor((amount * 29 + 500) / 1000) + 100
}

export type ChargeInput = {
  intent: PaymentIntent
  stored: StoredMethod
  authenticated: boolean
  decline?: Decline | undefined
}

/** Makes and stores the charge of one confirmation, with its balance transaction when money moved. */
export function makeCharge(ctx: StripeContext, input: ChargeInput): Charge {
  const { intent, stored, decline } = input
  const captured = decline === undefined && intent.capture_method !== 'manual'
  const id = makeId('ch_')
  const charge: Charge = {
    id,
    object: 'charge',
    amount: intent.amount,
    amount_captured: captured ? intent.amount : 0,
    amount_refunded: 0,
    balance_transaction: captured ? recordMoney(ctx, { amount: intent.amount, source: id, intent }).id : null,
    billing_details: stored.method.billing_details,
    calculated_statement_descriptor: 'DHOW SANDBOX',
    captured,
    created: ctx.now(),
    currency: intent.currency,
    customer: intent.customer,
    description: intent.description,
    disputed: false,
    failure_code: decline?.code ?? null,
    failure_message: decline?.message ?? null,
    metadata: { ...intent.metadata },
    outcome: outcomeOf(decline),
    paid: decline === undefined,
    payment_intent: intent.id,
    payment_method: stored.method.id,
    payment_method_details: { card: cardDetails(input, ctx.now()), type: 'card' },
    receipt_email: intent.receipt_email,
    receipt_url: decline ? null : `${ctx.publicUrl()}/control#${intent.id}`,
    refunded: false,
    shipping: intent.shipping,
    statement_descriptor: intent.statement_descriptor,
    statement_descriptor_suffix: intent.statement_descriptor_suffix,
    status: decline ? 'failed' : 'succeeded',
    transfer_group: intent.transfer_group,
    ...UNUSED_FIELDS,
  }
  ctx.state.charges.set(id, charge)
  return charge
}

const UNUSED_FIELDS = {
  application: null,
  application_fee: null,
  application_fee_amount: null,
  failure_balance_transaction: null,
  fraud_details: {},
  livemode: false,
  on_behalf_of: null,
  receipt_number: null,
  review: null,
  source: null,
  source_transfer: null,
  transfer_data: null,
} as const

export type Money = { amount: number; source: string; intent: PaymentIntent; refund?: boolean }

/** Stores a balance transaction: a charge less its fee, or a refund (fees are not returned). */
export function recordMoney(ctx: StripeContext, { amount, source, intent, refund = false }: Money): BalanceTransaction {
  const { currency, description } = intent
  const line = { currency, description, source }
  return refund
    ? bookBalance(ctx, { ...line, type: 'refund', category: 'refund', amount: -amount, fee: 0 })
    : bookBalance(ctx, { ...line, type: 'charge', category: 'charge', amount, fee: feeOf(amount) })
}

export type BalanceLine = Pick<BalanceTransaction, 'type' | 'amount' | 'fee' | 'currency' | 'source'> & {
  category: string
  description?: string | null
}

/** A line of the account's balance: `amount` signed, the fee taken from it. */
export function bookBalance(ctx: StripeContext, line: BalanceLine): BalanceTransaction {
  const { amount, fee, currency, source, type, category, description = null } = line
  const detail = { amount: fee, application: null, currency, description: 'Stripe processing fees' }
  const transaction: BalanceTransaction = {
    id: makeId('txn_'),
    object: 'balance_transaction',
    amount,
    available_on: ctx.now() + 7 * 86_400,
    balance_type: 'payments',
    created: ctx.now(),
    currency,
    description,
    exchange_rate: null,
    fee,
    fee_details: fee === 0 ? [] : [{ ...detail, type: 'stripe_fee' }],
    net: amount - fee,
    reporting_category: category,
    source,
    status: 'pending',
    type,
  }
  ctx.state.balanceTransactions.set(transaction.id, transaction)
  return transaction
}

export function findCharge(ctx: StripeContext, id: string, param = 'id'): Charge {
  const charge = ctx.state.charges.get(id)
  if (!charge) throw notFound('charge', id, param)
  return charge
}

function outcomeOf(decline: Decline | undefined): object {
  const blocked = decline?.declineCode === 'fraudulent'
  const paid = decline === undefined
  return {
    advice_code: decline?.adviceCode ?? null,
    network_advice_code: null,
    network_decline_code: paid || blocked ? null : '01',
    network_status: paid ? 'approved_by_network' : blocked ? 'not_sent_to_network' : 'declined_by_network',
    reason: decline ? (decline.declineCode ?? decline.code) : null,
    risk_level: blocked ? 'highest' : 'normal',
    seller_message: paid ? 'Payment complete.' : 'The bank did not return any further details with this decline.',
    type: paid ? 'authorized' : blocked ? 'blocked' : 'issuer_declined',
  }
}

/** How long the banks behind test cards hold money. */
export const HOLD_SECONDS = 7 * 86_400

function cardDetails({ intent, stored, authenticated, decline }: ChargeInput, now: number): object {
  const { card } = stored.method
  const cvcCheck = decline?.code === 'incorrect_cvc' ? 'fail' : 'pass'
  return {
    amount_authorized: decline ? null : intent.amount,
    authorization_code: decline ? null : '123456',
    brand: card.brand,
    checks: { ...card.checks, cvc_check: cvcCheck },
    country: card.country,
    electronic_commerce_indicator: authenticated ? '05' : null,
    exp_month: card.exp_month,
    exp_year: card.exp_year,
    extended_authorization: { status: 'disabled' },
    fingerprint: card.fingerprint,
    funding: card.funding,
    incremental_authorization: { status: 'unavailable' },
    installments: null,
    last4: card.last4,
    mandate: null,
    multicapture: { status: 'unavailable' },
    network: card.brand,
    network_token: { used: false },
    network_transaction_id: null,
    overcapture: { maximum_amount_capturable: intent.amount, status: 'unavailable' },
    regulated_status: 'unregulated',
    three_d_secure: authenticated ? THREE_D_SECURE : null,
    transaction_link_id: null,
    wallet: stored.method.card.wallet,
    ...(intent.capture_method === 'manual' && !decline && { capture_before: now + HOLD_SECONDS }),
  }
}

const THREE_D_SECURE = {
  authentication_flow: 'challenge',
  electronic_commerce_indicator: '05',
  exemption_indicator: null,
  result: 'authenticated',
  result_reason: null,
  transaction_id: null,
  version: '2.2.0',
} as const
