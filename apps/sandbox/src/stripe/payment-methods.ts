import { makeId } from '../platform/ids.ts'
import { cardByNumber, findCardByAlias, passesLuhn, type TestCard } from './cards.ts'
import type { Call, StoredMethod, StripeContext } from './context.ts'
import { invalidRequest, notFound, StripeError } from './errors.ts'
import type { BillingDetails, Metadata, PaymentMethod } from './objects.ts'

export type CardParams = { number?: string; exp_month?: number; exp_year?: number; cvc?: string; token?: string }

/** Stands for a card in the wallet of a device: what Apple and Google give a page is good once, and never a number. */
const WALLET_BY_TOKEN: Readonly<Record<string, 'apple_pay' | 'google_pay'>> = {
  tok_applepay: 'apple_pay',
  tok_googlepay: 'google_pay',
}

export type CreateMethodParams = {
  type?: string
  card?: CardParams
  billing_details?: Partial<BillingDetails>
  metadata?: Metadata
  allow_redisplay?: string
}

/** `POST /v1/payment_methods`: card numbers only with the publishable key, as for an account that isn't PCI certified. */
export function createMethod(ctx: StripeContext, call: Call<CreateMethodParams>): PaymentMethod {
  const { params } = call
  if (params.type !== 'card')
    throw invalidRequest('The sandbox makes payment methods of type card only.', undefined, 'type')
  if (params.card?.number !== undefined && !call.publishable)
    throw new StripeError(402, {
      type: 'card_error',
      code: 'card_declined',
      message:
        'Sending credit card numbers directly to the Stripe API is generally unsafe. Collect them with Stripe.js.',
    })
  const wallet = WALLET_BY_TOKEN[params.card?.token ?? '']
  if (wallet) return storeWallet(ctx, wallet, params)
  return storeMethod(ctx, checkCard(ctx, params.card ?? {}), params).method
}

function storeWallet(ctx: StripeContext, type: 'apple_pay' | 'google_pay', params: CreateMethodParams): PaymentMethod {
  const card = cardByNumber('4242424242424242')
  const { method } = storeMethod(ctx, { card, expMonth: 12, expYear: currentYear(ctx) + 3 }, params)
  method.card.wallet = { type, dynamic_last4: '4242', [type]: {} }
  return method
}

function storeMethod(ctx: StripeContext, checked: CheckedCard, params: CreateMethodParams): StoredMethod {
  const stored = { method: makeMethod(ctx, checked, params), card: checked.card }
  ctx.state.methods.set(stored.method.id, stored)
  return stored
}

/** Finds a payment method by id; a `pm_card_*` id gives a fresh one, as at Stripe. Throws 404. */
export function findMethod(ctx: StripeContext, id: string): StoredMethod {
  const stored = ctx.state.methods.get(id)
  if (stored) return stored
  const card = findCardByAlias(id)
  if (!card) throw notFound('PaymentMethod', id, 'payment_method')
  return storeMethod(ctx, { card, expMonth: 12, expYear: currentYear(ctx) + 3 }, {})
}

export function retrieveMethod(ctx: StripeContext, call: Call<object>): PaymentMethod {
  return findMethod(ctx, call.id).method
}

type CheckedCard = { card: TestCard; expMonth: number; expYear: number }

function checkCard(ctx: StripeContext, params: CardParams): CheckedCard {
  const number = (params.number ?? '').replaceAll(/[\s-]/g, '')
  const expMonth = params.exp_month ?? 0
  const expYear = (params.exp_year ?? 0) < 100 ? (params.exp_year ?? 0) + 2000 : (params.exp_year ?? 0)
  if (number === '') throw invalidRequest('Missing required param: card[number].', 'parameter_missing', 'card[number]')
  if (!passesLuhn(number)) throw cardError('incorrect_number', 'Your card number is incorrect.', 'number')
  if (expMonth < 1 || expMonth > 12)
    throw cardError('invalid_expiry_month', "Your card's expiration month is invalid.", 'exp_month')
  if (hasExpired(ctx, expMonth, expYear) || expYear > currentYear(ctx) + 50)
    throw cardError('invalid_expiry_year', "Your card's expiration year is invalid.", 'exp_year')
  if (params.cvc !== undefined && !/^\d{3,4}$/.test(params.cvc))
    throw cardError('invalid_cvc', "Your card's security code is invalid.", 'cvc')
  return { card: cardByNumber(number), expMonth, expYear }
}

function cardError(code: string, message: string, param: string): StripeError {
  return new StripeError(402, { type: 'card_error', code, message, param })
}

function currentYear(ctx: StripeContext): number {
  return new Date(ctx.now() * 1000).getUTCFullYear()
}

function hasExpired(ctx: StripeContext, month: number, year: number): boolean {
  const now = new Date(ctx.now() * 1000)
  return year * 12 + month - 1 < now.getUTCFullYear() * 12 + now.getUTCMonth()
}

function makeMethod(ctx: StripeContext, checked: CheckedCard, params: CreateMethodParams): PaymentMethod {
  const { card, expMonth, expYear } = checked
  const address = { city: null, country: null, line1: null, line2: null, postal_code: null, state: null }
  const billing = { email: null, name: null, phone: null, tax_id: null, ...params.billing_details }
  return {
    id: makeId('pm_'),
    object: 'payment_method',
    allow_redisplay: params.allow_redisplay ?? 'unspecified',
    billing_details: { ...billing, address: { ...address, ...params.billing_details?.address } },
    card: {
      brand: card.brand,
      checks: { address_line1_check: null, address_postal_code_check: null, cvc_check: null },
      country: card.country,
      display_brand: card.brand,
      exp_month: expMonth,
      exp_year: expYear,
      fingerprint: `sandbox${card.number.slice(-8)}`,
      funding: card.funding,
      generated_from: null,
      last4: card.number.slice(-4),
      networks: { available: [card.brand], preferred: null },
      regulated_status: 'unregulated',
      three_d_secure_usage: { supported: card.brand !== 'amex' },
      wallet: null,
    },
    created: ctx.now(),
    customer: null,
    customer_account: null,
    livemode: false,
    metadata: params.metadata ?? {},
    type: 'card',
  }
}
