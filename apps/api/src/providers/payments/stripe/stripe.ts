import { money } from '@dhow/money/money.ts'
import Stripe from 'stripe'
import type { Config } from '../../../config.ts'
import type { Metrics } from '../../../platform/telemetry/metrics.ts'
import type { BeginOutcome, CancelOutcome, FetchOutcome, PaymentProvider } from '../port.ts'
import { truthFrom } from './map.ts'
import { readStripeWebhook } from './webhook.ts'

/** The version the SDK's types are of; webhook endpoints are created with the same one. */
const API_VERSION = '2026-10-28.endive'
/** Stripe takes nothing below AED 2.00. */
const MINIMUM = money(200)

function openClient(config: Config): Stripe {
  const base = new URL(config.STRIPE_API_BASE)
  const isHttp = base.protocol === 'http:'
  return new Stripe(config.STRIPE_SECRET_KEY, {
    apiVersion: API_VERSION,
    host: base.hostname,
    port: base.port || (isHttp ? 80 : 443),
    protocol: isHttp ? 'http' : 'https',
    timeout: config.STRIPE_TIMEOUT_MS,
    maxNetworkRetries: 2, // the same key each time
    telemetry: false,
  })
}

/** Stripe understood and said no: asking again changes nothing. Everything else leaves the outcome unknown. */
const isRefusal = (error: unknown): error is Stripe.errors.StripeInvalidRequestError =>
  error instanceof Stripe.errors.StripeInvalidRequestError && error.code !== 'lock_timeout'

const isMissing = (error: unknown): boolean => isRefusal(error) && error.code === 'resource_missing'

const expand = { expand: ['latest_charge'] }

/** Card payments by Stripe: PaymentIntents confirmed in the browser by the Payment Element (provider facts §2, §3). */
export function createStripeProvider(config: Config, metrics: Metrics): PaymentProvider {
  const stripe = openClient(config)

  async function counted<T>(operation: string, call: () => Promise<T>): Promise<T> {
    try {
      const result = await call()
      metrics.providerCalls.inc({ provider: 'stripe', operation, result: 'ok' })
      return result
    } catch (error) {
      metrics.providerCalls.inc({ provider: 'stripe', operation, result: isRefusal(error) ? 'refused' : 'unknown' })
      throw error
    }
  }

  async function begin(request: Parameters<PaymentProvider['begin']>[0]): Promise<BeginOutcome> {
    try {
      const intent = await counted('begin', () =>
        stripe.paymentIntents.create(
          {
            amount: request.amount.amount,
            currency: 'aed',
            automatic_payment_methods: { enabled: true },
            metadata: { order_id: request.orderId },
          },
          { idempotencyKey: `pi:${request.paymentId}` },
        ),
      )
      if (!intent.client_secret) return { kind: 'unknown', cause: new Error('no client secret in the answer') }
      const { STRIPE_PUBLISHABLE_KEY: publishableKey, STRIPE_JS_URL: scriptUrl } = config
      return {
        kind: 'begun',
        providerRef: intent.id,
        action: { kind: 'client_secret', clientSecret: intent.client_secret, publishableKey, scriptUrl },
      }
    } catch (error) {
      return isRefusal(error)
        ? { kind: 'refused', reason: error.code ?? error.message }
        : { kind: 'unknown', cause: error }
    }
  }

  async function fetch(providerRef: string): Promise<FetchOutcome> {
    try {
      return {
        kind: 'found',
        truth: truthFrom(await counted('fetch', () => stripe.paymentIntents.retrieve(providerRef, expand))),
      }
    } catch (error) {
      return isMissing(error) ? { kind: 'missing' } : { kind: 'unknown', cause: error }
    }
  }

  /** Cancelling what is cancelled or paid already is refused by Stripe: the truth then says which. */
  async function cancel(providerRef: string): Promise<CancelOutcome> {
    try {
      const intent = await counted('cancel', () =>
        stripe.paymentIntents.cancel(
          providerRef,
          { cancellation_reason: 'abandoned', ...expand },
          { idempotencyKey: `cancel:${providerRef}` },
        ),
      )
      return { kind: 'cancelled', truth: truthFrom(intent) }
    } catch (error) {
      if (!isRefusal(error)) return { kind: 'unknown', cause: error }
      const now = await fetch(providerRef)
      if (now.kind !== 'found') return { kind: 'unknown', cause: error }
      return { kind: now.truth.state === 'cancelled' ? 'cancelled' : 'too-late', truth: now.truth }
    }
  }

  return {
    name: 'stripe',
    publishableKey: config.STRIPE_PUBLISHABLE_KEY,
    scriptUrl: config.STRIPE_JS_URL,
    minimum: MINIMUM,
    begin,
    fetch,
    cancel,
    readWebhook: (rawBody, signature) => readStripeWebhook(stripe, config.STRIPE_WEBHOOK_SECRETS, rawBody, signature),
  }
}
