import Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { expectShape, ORDER, post, sdkFor } from '../../test/client.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'
import { feeOf } from './charges.ts'

let sandbox: RunningSandbox
let stripe: Stripe

beforeAll(async () => {
  sandbox = await startSandbox()
  stripe = sdkFor(sandbox)
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const create = (options: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount: 14_950,
    currency: 'aed',
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    metadata: { order_id: 'order-1' },
    ...options,
  })

const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )

test('the SDK creates, confirms and retrieves, and every object has the published shape', async () => {
  const made = await create({ shipping: { name: 'Mona', address: { line1: 'Villa 5', city: 'Dubai', country: 'AE' } } })
  expect(made.status).toBe('requires_payment_method')
  const confirmed = await stripe.paymentIntents.confirm(made.id, { payment_method: 'pm_card_ae' })
  expect(confirmed).toMatchObject({ status: 'succeeded', amount_received: 14_950, metadata: { order_id: 'order-1' } })
  const plain = await (
    await fetch(`${sandbox.url}/v1/payment_intents/${made.id}`, { headers: { authorization: 'Bearer sk_test_dhow' } })
  ).json()
  expectShape('PaymentIntent', plain)
  const read = await stripe.paymentIntents.retrieve(made.id, {
    expand: ['latest_charge.balance_transaction', 'payment_method'],
  })
  const charge = read.latest_charge as Stripe.Charge
  expect(charge.payment_method_details?.card).toMatchObject({ brand: 'visa', country: 'AE', last4: '0001' })
  expect(charge.balance_transaction).toMatchObject({ amount: 14_950, fee: 534, net: 14_416 })
  expectShape('BalanceTransaction', charge.balance_transaction)
  expectShape('Charge', { ...charge, balance_transaction: 'txn_1' })
})

test('the invented fee is 2.9 % and AED 1.00 in whole fils', () => {
  expect([0, 200, 1_000, 14_950].map(feeOf)).toEqual([100, 106, 129, 534])
})

test.each([
  ['pm_card_visa_chargeDeclined', 'card_declined', 'generic_decline'],
  ['pm_card_chargeDeclinedInsufficientFunds', 'card_declined', 'insufficient_funds'],
  ['pm_card_chargeDeclinedLostCard', 'card_declined', 'lost_card'],
  ['pm_card_chargeDeclinedExpiredCard', 'expired_card', undefined],
  ['pm_card_chargeDeclinedIncorrectCvc', 'incorrect_cvc', undefined],
  ['pm_card_chargeDeclinedProcessingError', 'processing_error', undefined],
])('%s is a 402 that carries the intent, open for another card', async (method, code, declineCode) => {
  const { id } = await create()
  const error = await failureOf(stripe.paymentIntents.confirm(id, { payment_method: method }))
  expect(error).toBeInstanceOf(Stripe.errors.StripeCardError)
  expect(error).toMatchObject({
    statusCode: 402,
    code,
    decline_code: declineCode ?? '', // the SDK's word for none
    payment_intent: { id, status: 'requires_payment_method' },
  })
  const intent = sandbox.control.findIntent(id)
  expect(intent).toMatchObject({ last_payment_error: { code }, payment_method: null, amount_received: 0 })
  expectShape('PaymentIntent', intent)
  const again = await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
  expect(again).toMatchObject({ status: 'succeeded', last_payment_error: null })
})

test.each([
  ['pm_card_authenticationRequired', 'complete', 'succeeded', undefined],
  ['pm_card_threeDSecure2Required', 'complete', 'succeeded', undefined],
  ['pm_card_authenticationRequired', 'fail', 'requires_payment_method', 'payment_intent_authentication_failure'],
  ['pm_card_threeDSecureRequiredChargeDeclined', 'complete', 'requires_payment_method', 'card_declined'],
  [
    'pm_card_authenticationRequiredChargeDeclinedInsufficientFunds',
    'complete',
    'requires_payment_method',
    'card_declined',
  ],
] as const)('%s, challenge answered with %s, ends as %s', async (method, outcome, status, code) => {
  const made = await create({ automatic_payment_methods: { enabled: true } })
  const confirmed = await stripe.paymentIntents.confirm(made.id, {
    payment_method: method,
    return_url: 'http://shop.test/back?order=1',
  })
  expect(confirmed).toMatchObject({ status: 'requires_action', next_action: { type: 'redirect_to_url' } })
  const address = String(confirmed.next_action?.redirect_to_url?.url)
  expect(await (await fetch(address)).text()).toContain('149.50')
  const form = new URLSearchParams({ client_secret: String(made.client_secret), outcome })
  const answered = await fetch(new URL(address).origin + new URL(address).pathname, {
    method: 'POST',
    body: form,
    redirect: 'manual',
  })
  const back = new URL(String(answered.headers.get('location')))
  expect(back.searchParams.get('order')).toBe('1')
  expect(back.searchParams.get('payment_intent')).toBe(made.id)
  expect(back.searchParams.get('redirect_status')).toBe(status === 'succeeded' ? 'succeeded' : 'failed')
  const read = await stripe.paymentIntents.retrieve(made.id)
  expect(read.status).toBe(status)
  expect(read.last_payment_error?.code).toBe(code)
})

test('an intent that may redirect wants a return_url', async () => {
  const { id } = await create({ automatic_payment_methods: { enabled: true } })
  const error = await failureOf(stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }))
  expect(error).toMatchObject({ statusCode: 400, type: 'StripeInvalidRequestError' })
})

test('a held amount is captured in part, and the rest is let go', async () => {
  const made = await create({ capture_method: 'manual', confirm: true, payment_method: 'pm_card_visa' })
  expect(made).toMatchObject({ status: 'requires_capture', amount_capturable: 14_950, amount_received: 0 })
  const captured = await stripe.paymentIntents.capture(made.id, { amount_to_capture: 10_000 })
  expect(captured).toMatchObject({ status: 'succeeded', amount_capturable: 0, amount_received: 10_000 })
})

test('a cancelled intent takes no money, a paid one cannot be cancelled, both say payment_intent_unexpected_state', async () => {
  const open = await create()
  expect(await stripe.paymentIntents.cancel(open.id, { cancellation_reason: 'abandoned' })).toMatchObject({
    status: 'canceled',
  })
  const late = await failureOf(stripe.paymentIntents.confirm(open.id, { payment_method: 'pm_card_visa' }))
  const paid = await create({ confirm: true, payment_method: 'pm_card_visa' })
  const cancelled = await failureOf(stripe.paymentIntents.cancel(paid.id))
  for (const error of [late, cancelled])
    expect(error).toMatchObject({ statusCode: 400, code: 'payment_intent_unexpected_state' })
})

test('an update changes amount and metadata until the payment has gone through', async () => {
  const { id } = await create({ metadata: { order_id: 'order-1', note: 'x' } })
  const updated = await stripe.paymentIntents.update(id, { amount: 20_000, metadata: { note: '' } })
  expect(updated).toMatchObject({ amount: 20_000, metadata: { order_id: 'order-1' } })
  await stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' })
  expect(await failureOf(stripe.paymentIntents.update(id, { amount: 1_000 }))).toMatchObject({
    code: 'payment_intent_unexpected_state',
  })
})

test('refunds add up to what was captured and no more', async () => {
  const paid = await create({ confirm: true, payment_method: 'pm_card_visa' })
  const part = await stripe.refunds.create({ payment_intent: paid.id, amount: 4_950, reason: 'requested_by_customer' })
  expectShape('Refund', { ...part, lastResponse: undefined })
  expect(await failureOf(stripe.refunds.create({ payment_intent: paid.id, amount: 10_001 }))).toMatchObject({
    statusCode: 400,
  })
  expect(await stripe.refunds.create({ payment_intent: paid.id })).toMatchObject({
    amount: 10_000,
    status: 'succeeded',
  })
  expect(await failureOf(stripe.refunds.create({ payment_intent: paid.id }))).toMatchObject({
    code: 'charge_already_refunded',
  })
})

test('an amount ending in .13 is paid although no answer comes, however often it is asked', async () => {
  const { id } = await create({ amount: 10_013 })
  const confirm = () =>
    stripe.paymentIntents.confirm(id, { payment_method: 'pm_card_visa' }, { idempotencyKey: 'confirm-13' })
  expect(await failureOf(confirm())).toBeInstanceOf(Stripe.errors.StripeConnectionError)
  expect(await failureOf(confirm())).toBeInstanceOf(Stripe.errors.StripeConnectionError)
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'succeeded' })
})

test('reset-after takes effect and cuts the line; the retry under the same key finds the one intent', async () => {
  sandbox.control.addFault({
    provider: 'stripe',
    kind: 'reset-after',
    method: 'POST',
    path: '/v1/payment_intents',
    times: 2,
  })
  const make = () =>
    stripe.paymentIntents.create({ amount: 14_950, currency: 'aed' }, { idempotencyKey: 'pi:order-2:1' })
  expect(await failureOf(make())).toBeInstanceOf(Stripe.errors.StripeConnectionError)
  const made = await make()
  expect(sandbox.control.state().paymentIntents.map(({ id }) => id)).toEqual([made.id])
})

test('faults strike the calls they name, as often as they say', async () => {
  sandbox.control.addFault({ provider: 'stripe', kind: 'error500', path: '/v1/payment_intents/{id}/cancel' })
  sandbox.control.addFault({ provider: 'stripe', kind: 'rate-limit', path: '/v1/payment_intents' })
  expect(await failureOf(create())).toMatchObject({ statusCode: 429 })
  const { id } = await create()
  expect((await post(sandbox, `/v1/payment_intents/${id}/cancel`, {})).status).toBe(500)
  expect((await post(sandbox, `/v1/payment_intents/${id}/cancel`, {})).status).toBe(200)
  expect(sandbox.control.calls()).toMatchObject({
    'POST /v1/payment_intents': 2,
    'POST /v1/payment_intents/{id}/cancel': 2,
  })
})

test('reset-before leaves no trace', async () => {
  sandbox.control.addFault({ provider: 'stripe', kind: 'reset-before', times: 10 })
  expect(await failureOf(create())).toBeInstanceOf(Stripe.errors.StripeConnectionError)
  sandbox.control.clearFaults()
  expect(sandbox.control.state().paymentIntents).toEqual([])
  expect((await post(sandbox, '/v1/payment_intents', ORDER)).status).toBe(200)
})
