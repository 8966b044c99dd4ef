import type { Decline } from './cards.ts'
import { HOLD_SECONDS, makeCharge } from './charges.ts'
import { emit, type RequestRef, type StoredMethod, type StripeContext } from './context.ts'
import { attach } from './customers.ts'
import { disputeAsCardSays } from './disputes.ts'
import { invalidRequest, StripeError } from './errors.ts'
import type { PaymentError, PaymentIntent } from './objects.ts'
import { findMethod } from './payment-methods.ts'

export type ConfirmParams = {
  payment_method?: string
  payment_method_data?: object
  confirmation_token?: string
  return_url?: string
  use_stripe_sdk?: boolean
  off_session?: boolean | string
  error_on_requires_action?: boolean
  amount_to_confirm?: number
}

export type Confirmation = { intent: PaymentIntent; params: ConfirmParams; request: RequestRef }

/** Confirms an intent with a card. A decline leaves it at `requires_payment_method` and throws the 402. */
export function confirmIntent(ctx: StripeContext, { intent, params, request }: Confirmation): PaymentIntent {
  assertConfirmable(intent)
  const stored = chosenMethod(ctx, intent, params)
  assertMayRedirect(intent, params)
  intent.payment_method = stored.method.id
  intent.last_payment_error = null
  const { behaviour } = stored.card
  if (behaviour.kind === 'declines') return settle(ctx, { intent, stored, request, decline: behaviour.decline })
  if (behaviour.kind === 'succeeds' || isTrusted(stored)) return settle(ctx, { intent, stored, request })
  if (params.off_session || params.error_on_requires_action)
    throw refuseAuthentication(ctx, { intent, params, request })
  intent.status = 'requires_action'
  intent.next_action = nextActionOf(ctx, intent, params)
  emit(ctx, 'payment_intent.requires_action', intent, intent.id, request)
  return intent
}

/** …3155 asks at every payment, until its bank has agreed to keep it. */
const isTrusted = ({ card, isSetUp }: StoredMethod): boolean => isSetUp === true && card.number === '4000002500003155'

export type AuthenticationOutcome = 'complete' | 'fail'

/** The shopper's answer to the 3-D Secure challenge. Unlike a confirmation it never throws for a decline: the intent tells. */
export function authenticateIntent(ctx: StripeContext, intent: PaymentIntent, outcome: AuthenticationOutcome): void {
  if (intent.status !== 'requires_action' || intent.payment_method === null) return
  const request = { id: null, idempotency_key: null }
  const stored = findMethod(ctx, intent.payment_method)
  intent.next_action = null
  if (outcome === 'fail') return failAuthentication(ctx, intent, stored, request)
  const { behaviour } = stored.card
  const decline = behaviour.kind === 'authenticates' ? behaviour.thenDecline : undefined
  try {
    settle(ctx, { intent, stored, request, decline, authenticated: true })
  } catch (error) {
    if (!(error instanceof StripeError)) throw error
  }
}

type Settlement = {
  intent: PaymentIntent
  stored: StoredMethod
  request: RequestRef
  decline?: Decline | undefined
  authenticated?: boolean
}

function settle(ctx: StripeContext, settlement: Settlement): PaymentIntent {
  const { intent, stored, request, decline, authenticated = false } = settlement
  const charge = makeCharge(ctx, { intent, stored, authenticated, decline })
  intent.latest_charge = charge.id
  intent.next_action = null
  if (decline) {
    intent.status = 'requires_payment_method'
    intent.payment_method = null
    intent.last_payment_error = paymentErrorOf(decline, charge.id, stored)
    emit(ctx, 'charge.failed', charge, intent.id, request)
    emit(ctx, 'payment_intent.payment_failed', intent, intent.id, request)
    throw declineError(intent)
  }
  const isHeld = intent.capture_method === 'manual'
  intent.status = isHeld ? 'requires_capture' : 'succeeded'
  if (isHeld) intent.amount_capturable = intent.amount
  else intent.amount_received = intent.amount
  emit(ctx, 'charge.succeeded', charge, intent.id, request)
  emit(
    ctx,
    isHeld ? 'payment_intent.amount_capturable_updated' : 'payment_intent.succeeded',
    intent,
    intent.id,
    request,
  )
  keepMethod(ctx, intent, stored, request)
  if (isHeld) ctx.later.add({ kind: 'hold', id: intent.id }, (ctx.now() + HOLD_SECONDS) * 1000)
  else disputeAsCardSays(ctx, charge.id, stored.card.number)
  return intent
}

/** The shopper asked for the card to be kept: it goes to the customer the shop named. */
function keepMethod(ctx: StripeContext, intent: PaymentIntent, { method }: StoredMethod, request: RequestRef): void {
  if (intent.setup_future_usage === null || intent.customer === null) return
  attach(ctx, method.id, intent.customer, request)
}

function failAuthentication(
  ctx: StripeContext,
  intent: PaymentIntent,
  stored: StoredMethod,
  request: RequestRef,
): void {
  intent.status = 'requires_payment_method'
  intent.payment_method = null
  intent.last_payment_error = {
    type: 'invalid_request_error',
    code: 'payment_intent_authentication_failure',
    message:
      'The provided PaymentMethod has failed authentication. You can provide payment_method_data or a new PaymentMethod to attempt to fulfill this PaymentIntent again.',
    doc_url: 'https://stripe.com/docs/error-codes/payment-intent-authentication-failure',
    payment_method: stored.method,
  }
  emit(ctx, 'payment_intent.payment_failed', intent, intent.id, request)
}

export function paymentErrorOf(decline: Decline, charge: string | undefined, stored: StoredMethod): PaymentError {
  return {
    type: 'card_error',
    code: decline.code,
    message: decline.message,
    doc_url: `https://stripe.com/docs/error-codes/${decline.code.replaceAll('_', '-')}`,
    ...(decline.declineCode === undefined ? {} : { decline_code: decline.declineCode }),
    ...(decline.adviceCode === undefined ? {} : { advice_code: decline.adviceCode }),
    ...(charge === undefined ? {} : { charge }),
    payment_method: stored.method,
  }
}

function declineError(intent: PaymentIntent): StripeError {
  const error = intent.last_payment_error
  if (!error) return new StripeError(500, { type: 'api_error', message: 'A decline without its reason.' })
  const { doc_url: _docUrl, ...fields } = error
  return new StripeError(402, { ...fields, payment_intent: intent })
}

function refuseAuthentication(ctx: StripeContext, { intent, request }: Confirmation): StripeError {
  const message = 'Your card was declined. This transaction requires authentication.'
  const decline: Decline = { code: 'authentication_required', declineCode: 'authentication_required', message }
  const stored = findMethod(ctx, intent.payment_method ?? '')
  intent.status = 'requires_payment_method'
  intent.payment_method = null
  const charge = makeCharge(ctx, { intent, stored, authenticated: false, decline })
  intent.latest_charge = charge.id
  intent.last_payment_error = paymentErrorOf(decline, charge.id, stored)
  emit(ctx, 'charge.failed', charge, intent.id, request)
  emit(ctx, 'payment_intent.payment_failed', intent, intent.id, request)
  return declineError(intent)
}

/** Where the bank asks the shopper, of a payment or of a card that is to be kept. */
export function nextActionOf(
  ctx: StripeContext,
  intent: Pick<PaymentIntent, 'id' | 'client_secret'>,
  params: ConfirmParams,
): PaymentIntent['next_action'] {
  const url = `${ctx.publicUrl()}/3ds/${intent.id}?client_secret=${intent.client_secret}`
  if (params.use_stripe_sdk || params.return_url === undefined)
    return { type: 'use_stripe_sdk', use_stripe_sdk: { type: 'three_d_secure_redirect', stripe_js: url } }
  return { type: 'redirect_to_url', redirect_to_url: { url, return_url: params.return_url } }
}

function chosenMethod(ctx: StripeContext, intent: PaymentIntent, params: ConfirmParams): StoredMethod {
  if (params.payment_method_data !== undefined || params.confirmation_token !== undefined)
    throw invalidRequest(
      'The sandbox confirms with payment_method only: create the method first.',
      undefined,
      'payment_method',
    )
  const id = params.payment_method ?? intent.payment_method
  if (id !== null) return ownMethod(intent, findMethod(ctx, id))
  throw unexpectedState(
    intent,
    "You cannot confirm this PaymentIntent because it's missing a payment method. You can either update the PaymentIntent with a payment method and then confirm it again, or confirm it again directly with a payment method or ConfirmationToken.",
  )
}

/** A card that is kept pays for its customer only, and one that was detached for nobody. */
function ownMethod(intent: PaymentIntent, stored: StoredMethod): StoredMethod {
  const { id, customer } = stored.method
  if (stored.isDetached)
    throw invalidRequest(
      `The provided PaymentMethod was previously used with a PaymentIntent without Customer attachment, shared with a connected account without Customer attachment, or was detached from a Customer. It may not be used again. To use a PaymentMethod multiple times, you must attach it to a Customer first.`,
    )
  if (customer !== null && customer !== intent.customer)
    throw invalidRequest(
      `The payment method supplied (${id}) belongs to a different Customer than what is expected. Please specify the correct Customer.`,
    )
  return stored
}

function assertConfirmable(intent: PaymentIntent): void {
  if (intent.status === 'succeeded' || intent.status === 'requires_capture')
    throw unexpectedState(
      intent,
      'You cannot confirm this PaymentIntent because it has already succeeded after being previously confirmed.',
    )
  if (intent.status === 'canceled')
    throw unexpectedState(
      intent,
      'You cannot confirm this PaymentIntent because it has a status of canceled. Only a PaymentIntent with one of the following statuses may be confirmed: requires_confirmation, requires_action, requires_payment_method.',
    )
}

function assertMayRedirect(intent: PaymentIntent, params: ConfirmParams): void {
  if (params.return_url !== undefined && !/^[a-z][a-z0-9+.-]*:\/\/./i.test(params.return_url))
    throw invalidRequest('Not a valid URL', 'url_invalid', 'return_url')
  const mayRedirect = intent.automatic_payment_methods?.allow_redirects === 'always'
  if (!mayRedirect || params.return_url !== undefined || params.use_stripe_sdk) return
  throw invalidRequest(
    "This PaymentIntent is configured to accept payment methods enabled in your Dashboard. Because some of these payment methods might redirect your customer off of your page, you must provide a `return_url`. If you don't want to accept redirect-based payment methods, set `automatic_payment_methods[enabled]` to `true` and `automatic_payment_methods[allow_redirects]` to `never` when creating Setup Intents and Payment Intents.",
  )
}

export function unexpectedState(intent: PaymentIntent, message: string): StripeError {
  const type = 'invalid_request_error'
  return new StripeError(400, { type, code: 'payment_intent_unexpected_state', message, payment_intent: intent })
}
