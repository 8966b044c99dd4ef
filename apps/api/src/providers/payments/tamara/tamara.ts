import { money } from '@dhow/money/money.ts'
import type { Config } from '../../../config.ts'
import { createAddressList } from '../../../platform/auth/address-list.ts'
import type { Clock } from '../../../platform/clock.ts'
import type { Metrics } from '../../../platform/telemetry/metrics.ts'
import type { BeginOutcome, BeginPayment, BegunPayment, FetchOutcome, PaymentProvider, Shipment } from '../port.ts'
import { checkoutBody } from './checkout-body.ts'
import { createTamaraClient, isMissing, isRefusal } from './client.ts'
import { checkEligibility, eligibilityReasonOf } from './eligibility.ts'
import { capture, refund } from './move-money.ts'
import { readTruth } from './read-order.ts'
import { stopOrder } from './stop.ts'
import { readTamaraWebhook } from './webhook.ts'
import { Authorised, Session } from './wire.ts'

const MINUTE_MS = 60_000

/**
 * Instalments by Tamara: a session on its hosted page, then an order there that we authorise, capture, cancel or refund
 * (provider facts §3, §4). `providerRef` is its order, `sessionRef` the checkout session.
 */
export function createTamaraProvider(config: Config, metrics: Metrics, clock: Clock): PaymentProvider {
  const call = createTamaraClient(config, metrics, clock)
  const addresses = createAddressList(config.TAMARA_WEBHOOK_ADDRESSES)
  const limits = {
    minimum: money(config.TAMARA_MINIMUM_FILS),
    maximum: money(config.TAMARA_MAXIMUM_FILS),
    instalments: config.TAMARA_INSTALMENTS ?? null,
  }

  /**
   * Tamara knows no idempotency key: asked again it makes another order, which replaces the one whose address reached nobody.
   * That one can't be paid, and lapses by itself.
   */
  async function begin(request: BeginPayment): Promise<BeginOutcome> {
    const body = checkoutBody(request, await request.details(), config.BNPL_SESSION_MINUTES)
    const expiresMs = clock.now().getTime() + config.BNPL_SESSION_MINUTES * MINUTE_MS
    try {
      const made = await call({ operation: 'begin', method: 'POST', path: '/checkout', body, answer: Session })
      return {
        kind: 'begun',
        providerRef: made.order_id,
        sessionRef: made.checkout_id,
        redirectUrl: made.checkout_url,
        expiresAt: new Date(expiresMs).toISOString(),
        action: { kind: 'redirect', url: made.checkout_url },
      }
    } catch (error) {
      if (!isRefusal(error)) return { kind: 'unknown', cause: error }
      const reason = error.codes.join(', ') || error.message
      return { kind: 'refused', reason, eligibility: eligibilityReasonOf(error, request.amount, limits) }
    }
  }

  /** The session's address is ours to keep: Tamara does not tell it again, and without it only a new payment helps. */
  function reopen({ providerRef, sessionRef, redirectUrl }: BegunPayment): Promise<BeginOutcome> {
    if (redirectUrl === null) return Promise.resolve({ kind: 'refused', reason: 'session-missing', eligibility: null })
    const action = { kind: 'redirect', url: redirectUrl } as const
    return Promise.resolve({ kind: 'begun', providerRef, sessionRef, redirectUrl, expiresAt: null, action })
  }

  /** A refusal, 409 most likely, is answered by the order itself: somebody said yes before, or it is too late. */
  async function authorise({ providerRef }: BegunPayment): Promise<FetchOutcome> {
    const path = `/orders/${encodeURIComponent(providerRef)}/authorise`
    try {
      const answer = await call({ operation: 'authorise', method: 'POST', path, answer: Authorised })
      return await readTruth(call, providerRef, instantOf(answer.order_expiry_time))
    } catch (error) {
      if (isMissing(error)) return { kind: 'missing' }
      return isRefusal(error) ? readTruth(call, providerRef) : { kind: 'unknown', cause: error }
    }
  }

  /** Tamara takes nothing before somebody carries the goods. Where nobody has said who, it is the shop's usual carrier. */
  const usualShipment = (): Shipment => ({
    company: config.TAMARA_SHIPPING_COMPANY,
    trackingNumber: null,
    trackingUrl: null,
    shippedAt: clock.now().toISOString(),
  })

  return {
    name: 'tamara',
    method: 'tamara',
    minimum: limits.minimum,
    maximum: limits.maximum,
    captureTime: config.TAMARA_CAPTURE,
    beginsOnce: false,
    repeatsSafely: false,
    takesByItself: false,
    checkEligibility: (request) => checkEligibility(call, limits, request),
    begin,
    reopen,
    fetch: ({ providerRef }) => readTruth(call, providerRef),
    authorise,
    capture: (payment, request) => capture(call, payment, { request, shipment: request.shipment ?? usualShipment() }),
    cancel: (payment, by) => stopOrder(call, payment, by),
    refund: (payment, request) => refund(call, payment, request),
    readWebhook: (webhook) =>
      addresses.has(webhook.remoteAddress) ? readTamaraWebhook(config.TAMARA_NOTIFICATION_TOKENS, webhook) : undefined,
    list: null,
  }
}

/** ISO 8601 in UTC; null for what is no time. */
function instantOf(text: string | null | undefined): string | null {
  const ms = Date.parse(text ?? '')
  return Number.isNaN(ms) ? null : new Date(ms).toISOString()
}
