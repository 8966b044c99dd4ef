import { money } from '@dhow/money/money.ts'
import Stripe from 'stripe'
import type { Config } from '../../../config.ts'
import type { Metrics } from '../../../platform/telemetry/metrics.ts'
import type {
  BeginOutcome,
  BeginPayment,
  BegunPayment,
  CancelledBy,
  CancelOutcome,
  CaptureRequest,
  FetchOutcome,
  MoneyOutcome,
  PaymentProvider,
  RefundRequest,
} from '../port.ts'
import { truthFrom } from './map.ts'
import { readStripeWebhook } from './webhook.ts'

/** The version the SDK's types are of; webhook endpoints are created with the same one. */
const API_VERSION = '2026-10-28.endive'
/** Stripe takes nothing below AED 2.00. */
const MINIMUM = money(200)
/** Eight digits at most (docs.stripe.com/currencies). */
const MAXIMUM = money(99_999_999)
/** Reading is done again by whoever asked; one retry is for the connection that was closed while idle. */
const READ = { maxNetworkRetries: 1 }
const KEYS_PER_PAYMENT = 3

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

/**
 * Stripe keeps a 5xx under the key it happened to and repeats it for a day (docs.stripe.com/api/idempotent_requests), so that
 * the payment could never begin. What may have been created then can't be paid: its client secret has reached nobody.
 */
const isKeptFailure = (error: unknown): boolean =>
  error instanceof Stripe.errors.StripeError &&
  (error.statusCode ?? 0) >= 500 &&
  error.headers?.['idempotent-replayed'] === 'true'

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

  function begun(intent: Stripe.PaymentIntent): BeginOutcome {
    if (!intent.client_secret) return { kind: 'unknown', cause: new Error('no client secret in the answer') }
    const { STRIPE_PUBLISHABLE_KEY: publishableKey, STRIPE_JS_URL: scriptUrl } = config
    return {
      kind: 'begun',
      providerRef: intent.id,
      sessionRef: null,
      redirectUrl: null,
      expiresAt: null,
      action: { kind: 'client_secret', clientSecret: intent.client_secret, publishableKey, scriptUrl },
    }
  }

  const create = (request: BeginPayment, idempotencyKey: string): Promise<Stripe.PaymentIntent> =>
    counted('begin', () =>
      stripe.paymentIntents.create(
        {
          amount: request.amount.amount,
          currency: 'aed',
          automatic_payment_methods: { enabled: true },
          metadata: { order_id: request.orderId },
        },
        { idempotencyKey },
      ),
    )

  async function begin(request: BeginPayment): Promise<BeginOutcome> {
    for (let keyNumber = 1; ; keyNumber += 1) {
      try {
        return begun(await create(request, `pi:${request.paymentId}${keyNumber === 1 ? '' : `:${keyNumber}`}`))
      } catch (error) {
        if (isKeptFailure(error) && keyNumber < KEYS_PER_PAYMENT) continue
        return isRefusal(error)
          ? { kind: 'refused', reason: error.code ?? error.message, eligibility: null }
          : { kind: 'unknown', cause: error }
      }
    }
  }

  async function reopen({ providerRef }: Pick<BegunPayment, 'providerRef'>): Promise<BeginOutcome> {
    try {
      return begun(await counted('reopen', () => stripe.paymentIntents.retrieve(providerRef, {}, READ)))
    } catch (error) {
      return { kind: 'unknown', cause: error }
    }
  }

  async function fetch({ providerRef }: Pick<BegunPayment, 'providerRef'>): Promise<FetchOutcome> {
    try {
      return {
        kind: 'found',
        truth: truthFrom(await counted('fetch', () => stripe.paymentIntents.retrieve(providerRef, expand, READ))),
      }
    } catch (error) {
      return isMissing(error) ? { kind: 'missing' } : { kind: 'unknown', cause: error }
    }
  }

  /**
   * Cancelling what is cancelled or paid already is refused by Stripe: the truth then says which. No idempotency key of our
   * own: a refusal would be kept under it and repeated for a day, also when the payment could be cancelled by then.
   */
  async function cancel({ providerRef }: Pick<BegunPayment, 'providerRef'>, by: CancelledBy): Promise<CancelOutcome> {
    try {
      const cancellation_reason = by === 'shopper' ? 'requested_by_customer' : 'abandoned'
      const intent = await counted('cancel', () =>
        stripe.paymentIntents.cancel(providerRef, { cancellation_reason, ...expand }),
      )
      return { kind: 'cancelled', truth: truthFrom(intent) }
    } catch (error) {
      if (!isRefusal(error)) return { kind: 'unknown', cause: error }
      const now = await fetch({ providerRef })
      if (now.kind !== 'found') return now
      return { kind: now.truth.state === 'cancelled' ? 'cancelled' : 'too-late', truth: now.truth }
    }
  }

  function outcomeOfError(error: unknown): MoneyOutcome {
    return isRefusal(error)
      ? { kind: 'refused', reason: error.code ?? error.message }
      : { kind: 'unknown', cause: error }
  }

  async function capture({ providerRef }: BegunPayment, request: CaptureRequest): Promise<MoneyOutcome> {
    try {
      const intent = await counted('capture', () =>
        stripe.paymentIntents.capture(
          providerRef,
          { amount_to_capture: request.amount.amount, ...expand },
          { idempotencyKey: `capture:${request.captureId}` },
        ),
      )
      return { kind: 'done', providerRef: intent.id, truth: truthFrom(intent) }
    } catch (error) {
      return outcomeOfError(error)
    }
  }

  async function refund(payment: BegunPayment, request: RefundRequest): Promise<MoneyOutcome> {
    try {
      const made = await counted('refund', () =>
        stripe.refunds.create(
          {
            payment_intent: payment.providerRef,
            amount: request.amount.amount,
            metadata: { refund_id: request.refundId },
          },
          { idempotencyKey: `refund:${request.refundId}` },
        ),
      )
      const now = await fetch(payment)
      if (now.kind !== 'found') return { kind: 'unknown', cause: new Error('refunded, but the payment cannot be read') }
      return { kind: made.status === 'succeeded' ? 'done' : 'pending', providerRef: made.id, truth: now.truth }
    } catch (error) {
      return outcomeOfError(error)
    }
  }

  return {
    name: 'stripe',
    method: 'card',
    minimum: MINIMUM,
    maximum: MAXIMUM,
    captureTime: config.STRIPE_CAPTURE,
    canStop: true,
    checkEligibility: () => Promise.resolve({ kind: 'eligible', instalments: null, labels: null }),
    begin,
    reopen,
    fetch,
    authorise: fetch,
    capture,
    cancel,
    refund,
    readWebhook: ({ rawBody, headers }) => {
      const signature = headers['stripe-signature']
      const given = typeof signature === 'string' ? signature : undefined
      return readStripeWebhook(stripe, config.STRIPE_WEBHOOK_SECRETS, rawBody, given)
    },
    list: null,
  }
}
