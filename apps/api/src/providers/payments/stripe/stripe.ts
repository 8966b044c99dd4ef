import { money } from '@dhow/money/money.ts'
import type Stripe from 'stripe'
import { BreakerOpenError } from '../../../platform/outbound/breaker.ts'
import type { BeginOutcome, BeginPayment, BegunPayment, CancelledBy, CancelOutcome, PaymentProvider } from '../port.ts'
import { isMissing, isRefusal, READ, underKey } from './access.ts'
import type { StripeAccess } from './access.ts'
import { truthFrom } from './map.ts'
import { capture, refund } from './move-money.ts'
import { listTruths, readTruth, truthExpand } from './read-truth.ts'
import { readStripeWebhook } from './webhook.ts'

/** Stripe takes nothing below AED 2.00. */
const MINIMUM = money(200)
/** Eight digits at most (docs.stripe.com/currencies). */
const MAXIMUM = money(99_999_999)

const captureMethodOf = ({ config }: StripeAccess): 'automatic' | 'manual' =>
  config.STRIPE_CAPTURE === 'at-once' ? 'automatic' : 'manual'

function begunBy(access: StripeAccess, intent: Stripe.PaymentIntent): BeginOutcome {
  if (!intent.client_secret) return { kind: 'unknown', cause: new Error('no client secret in the answer') }
  const { STRIPE_PUBLISHABLE_KEY: publishableKey, STRIPE_JS_URL: scriptUrl } = access.config
  return {
    kind: 'begun',
    providerRef: intent.id,
    sessionRef: null,
    redirectUrl: null,
    expiresAt: null,
    action: {
      kind: 'client_secret',
      clientSecret: intent.client_secret,
      publishableKey,
      scriptUrl,
      // The intent's own: the card fields refuse to pay when they say another.
      captureMethod: intent.capture_method === 'manual' ? 'manual' : 'automatic',
    },
  }
}

function paramsOf(access: StripeAccess, request: BeginPayment): Stripe.PaymentIntentCreateParams {
  return {
    amount: request.amount.amount,
    currency: 'aed',
    automatic_payment_methods: { enabled: true },
    capture_method: captureMethodOf(access),
    metadata: { order_id: request.orderId },
    // Whether a card is kept is the shopper's choice, in the card fields; this only says whose it would be.
    ...(request.customerRef !== null && { customer: request.customerRef }),
  }
}

/** A customer Stripe has forgotten must not keep anybody from paying: the payment is then begun as a guest's. */
const isForgottenCustomer = (error: unknown): boolean =>
  isMissing(error) && isRefusal(error) && error.param === 'customer'

/** What stands under a key that is used up can't be paid: its client secret has reached nobody, or it is the one that is stored. */
async function begin(access: StripeAccess, request: BeginPayment): Promise<BeginOutcome> {
  const { customerRef, paymentId } = request
  const key = customerRef === null ? `pi:${paymentId}` : `pi:${paymentId}:${customerRef}`
  const params = paramsOf(access, request)
  try {
    const intent = await underKey(key, (options) =>
      access.call('begin', (sdk) => sdk.paymentIntents.create(params, options)),
    )
    return begunBy(access, intent)
  } catch (error) {
    if (isForgottenCustomer(error)) return begin(access, { ...request, customerRef: null })
    return isRefusal(error)
      ? { kind: 'refused', reason: error.code ?? error.message, eligibility: null }
      : { kind: 'unknown', cause: error }
  }
}

/** The card fields are drawn as the setting says, and must say the same as the intent: one begun under another is brought over. */
async function reopen(access: StripeAccess, { providerRef }: BegunPayment): Promise<BeginOutcome> {
  try {
    const intent = await access.call('reopen', (sdk) => sdk.paymentIntents.retrieve(providerRef, {}, READ))
    const capture_method = captureMethodOf(access)
    if (intent.capture_method === capture_method || intent.status !== 'requires_payment_method')
      return begunBy(access, intent)
    const update = (sdk: Stripe) => sdk.paymentIntents.update(providerRef, { capture_method })
    return begunBy(access, await access.call('reopen', update))
  } catch (error) {
    return { kind: 'unknown', cause: error }
  }
}

/**
 * Cancelling what is cancelled or paid already is refused by Stripe: the truth then says which. No idempotency key of our
 * own: a refusal would be kept under it and repeated for a day, also when the payment could be cancelled by then.
 */
async function cancel(access: StripeAccess, { providerRef }: BegunPayment, by: CancelledBy): Promise<CancelOutcome> {
  try {
    const cancellation_reason = by === 'shopper' ? 'requested_by_customer' : 'abandoned'
    const intent = await access.call('cancel', (sdk) =>
      sdk.paymentIntents.cancel(providerRef, { cancellation_reason, ...truthExpand }),
    )
    return { kind: 'cancelled', truth: truthFrom(intent) }
  } catch (error) {
    if (!isRefusal(error)) return { kind: 'unknown', cause: error }
    const now = await readTruth(access, providerRef)
    if (now.kind !== 'found') return now
    return { kind: now.truth.state === 'cancelled' ? 'cancelled' : 'too-late', truth: now.truth }
  }
}

/** Card payments by Stripe: PaymentIntents confirmed in the browser by the Payment Element (provider facts §2, §3). */
export function createStripeProvider(access: StripeAccess): PaymentProvider {
  const { sdk, config } = access
  const fetch = ({ providerRef }: BegunPayment) => readTruth(access, providerRef)
  return {
    name: 'stripe',
    method: 'card',
    minimum: MINIMUM,
    maximum: MAXIMUM,
    captureTime: config.STRIPE_CAPTURE,
    beginsOnce: true,
    repeatsSafely: true,
    takesByItself: captureMethodOf(access) === 'automatic',
    checkEligibility: () =>
      Promise.resolve(
        access.isAway
          ? { kind: 'unknown', cause: new BreakerOpenError('Stripe has been failing') }
          : { kind: 'eligible', instalments: null, labels: null },
      ),
    begin: (request) => begin(access, request),
    reopen: (payment) => reopen(access, payment),
    fetch,
    authorise: fetch,
    capture: (payment, request) => capture(access, payment, request),
    cancel: (payment, by) => cancel(access, payment, by),
    refund: (payment, request) => refund(access, payment, request),
    readWebhook: ({ rawBody, headers }) => {
      const signature = headers['stripe-signature']
      const given = typeof signature === 'string' ? signature : undefined
      return readStripeWebhook(sdk, config.STRIPE_WEBHOOK_SECRETS, rawBody, given)
    },
    list: (window) => listTruths(access, window),
  }
}
