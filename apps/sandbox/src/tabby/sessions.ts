import { randomUUID } from 'node:crypto'
import { minorUnitsOf } from './decimal.ts'
import { badData, notAuthorised, notFound } from './errors.ts'
import type { CheckoutRequest, RejectionReason, StoredPayment, StoredSession, TabbyPayment } from './objects.ts'
import { withTime } from './payments.ts'
import { instantOf, type TabbyContext } from './state.ts'

/** A session can be opened for twenty minutes; its payment is given up ten minutes later. */
export const SESSION_LIFE_MS = 20 * 60_000
export const PAYMENT_LIFE_MS = 30 * 60_000

/** Minor units. Tabby's own are per merchant and market, and known only by its refusals. */
export const SANDBOX_LIMITS = { lowest: 1_000, highest: 1_000_000 }

/** Of its documentation: this number is refused before anything is asked (the last digits, in any spelling). */
const REFUSED_PHONE = /500000002$/

/** Every call makes a new session and a new payment, also a mere question whether the shopper would be taken. */
export function createSession(ctx: TabbyContext, request: CheckoutRequest): StoredSession {
  if (request.merchant_code !== ctx.config.merchantCode) throw notAuthorised('merchant is null')
  if (request.payment.currency !== 'AED') throw badData('only one currency is supported for this merchant')
  const nowMs = ctx.nowMs()
  const sessionId = randomUUID()
  const stored = storePayment(ctx, request, sessionId)
  const session: StoredSession = {
    id: sessionId,
    paymentId: stored.id,
    createdAtMs: nowMs,
    lang: request.lang,
    merchantUrls: {
      success: request.merchant_urls?.success ?? null,
      cancel: request.merchant_urls?.cancel ?? null,
      failure: request.merchant_urls?.failure ?? null,
    },
    rejection: rejectionOf(request),
    token: request.token ?? null,
    step: 'phone',
  }
  ctx.state.sessions.set(sessionId, session)
  if (session.rejection !== null) stored.payment.status = 'REJECTED'
  return session
}

function rejectionOf({ payment }: CheckoutRequest): RejectionReason | null {
  const amount = minorUnitsOf(payment.amount)
  if (amount > SANDBOX_LIMITS.highest) return 'order_amount_too_high'
  if (amount < SANDBOX_LIMITS.lowest) return 'order_amount_too_low'
  return REFUSED_PHONE.test(payment.buyer.phone.replaceAll(/\D/g, '')) ? 'not_available' : null
}

function storePayment(ctx: TabbyContext, { payment: asked }: CheckoutRequest, sessionId: string): StoredPayment {
  const nowMs = ctx.nowMs()
  const payment: TabbyPayment = {
    id: randomUUID(),
    created_at: instantOf(nowMs),
    expires_at: instantOf(nowMs + PAYMENT_LIFE_MS),
    status: 'CREATED',
    is_test: true,
    amount: asked.amount,
    currency: asked.currency,
    description: asked.description ?? '',
    buyer: asked.buyer,
    shipping_address: asked.shipping_address,
    order: {
      updated_at: instantOf(nowMs),
      tax_amount: '0.00',
      shipping_amount: '0.00',
      discount_amount: '0.00',
      ...asked.order,
    },
    captures: [],
    refunds: [],
    buyer_history: asked.buyer_history,
    order_history: asked.order_history,
    meta: asked.meta ?? null,
  }
  const stored: StoredPayment = { id: payment.id, payment, sessionId, closedAt: null, isDisputed: false }
  ctx.state.payments.set(payment.id, stored)
  return stored
}

export type SessionStatus = 'created' | 'rejected' | 'expired' | 'approved'

export function statusOf(ctx: TabbyContext, session: StoredSession, { payment }: StoredPayment): SessionStatus {
  if (payment.status === 'AUTHORIZED' || payment.status === 'CLOSED') return 'approved'
  if (payment.status === 'REJECTED') return 'rejected'
  return ctx.nowMs() >= session.createdAtMs + SESSION_LIFE_MS ? 'expired' : 'created'
}

export function findSession(
  ctx: TabbyContext,
  id: string,
): { session: StoredSession; stored: StoredPayment } | undefined {
  const session = ctx.state.sessions.get(id)
  const stored = session && ctx.state.payments.get(session.paymentId)
  return session && stored ? { session, stored: withTime(ctx, stored) } : undefined
}

/** A session as Tabby answers it: where to send the shopper only while there is somewhere to go. */
export function viewSession(ctx: TabbyContext, id: string): object {
  const found = findSession(ctx, id)
  if (!found) throw notFound('no such session')
  const { session, stored } = found
  const { expires_at: _expiry, captures: _captures, refunds: _refunds, ...payment } = stored.payment
  const webUrl = `${ctx.publicUrl()}/tabby/checkout/${session.id}`
  const state = statusOf(ctx, session, stored)
  const installments = state === 'created' ? [{ web_url: webUrl, qr_code: null }] : null
  return {
    id: session.id,
    status: state,
    token: session.token,
    payment,
    configuration: {
      available_products: { installments },
      products: {
        installments: {
          type: 'installments',
          is_available: session.rejection === null,
          rejection_reason: session.rejection,
        },
      },
    },
    merchant_urls: session.merchantUrls,
  }
}
