import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { expectShape, ORDER, post, sdkFor } from '../../test/client.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

let sandbox: RunningSandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

test('a JSON body is refused, however right its fields are', async () => {
  const response = await fetch(`${sandbox.url}/v1/payment_intents`, {
    method: 'POST',
    headers: { authorization: 'Bearer sk_test_dhow', 'content-type': 'application/json' },
    body: JSON.stringify({ amount: 14_950, currency: 'aed' }),
  })
  expect(response.status).toBe(400)
  expect(await response.json()).toMatchObject({ error: { type: 'invalid_request_error' } })
  expect(sandbox.control.state().paymentIntents).toEqual([])
})

test.each([
  ['no such parameter', { colour: 'red' }, 'parameter_unknown', 'colour'],
  ['the parameter Stripe removed', { 'payment_method_types[0]': 'card' }, 'parameter_unknown', 'payment_method_types'],
  [
    'an unknown field inside',
    { 'shipping[name]': 'Mona', 'shipping[town]': 'x', 'shipping[address][city]': 'Dubai' },
    'parameter_unknown',
    'shipping[town]',
  ],
  ['a decimal amount', { amount: '149.50' }, 'parameter_invalid_integer', 'amount'],
  ['an amount under AED 2.00', { amount: '199' }, 'amount_too_small', 'amount'],
  ['an empty currency', { currency: '' }, undefined, 'currency'],
  ['a wrong choice', { capture_method: 'later' }, undefined, 'capture_method'],
  ['a wrong truth value', { confirm: 'yes' }, undefined, 'confirm'],
  ['a half address', { 'shipping[address][city]': 'Dubai' }, 'parameter_missing', 'shipping[name]'],
])('%s is refused in Stripe’s words', async (_case, change, code, param) => {
  const { status, body } = await post(sandbox, '/v1/payment_intents', { ...ORDER, ...change })
  expect(status).toBe(400)
  expect(body.error).toMatchObject({ type: 'invalid_request_error', param })
  expect(body.error.code).toBe(code)
  expectShape('ErrorEnvelope', body)
})

test('a missing amount is named', async () => {
  const { body } = await post(sandbox, '/v1/payment_intents', { currency: 'aed' })
  expect(body.error).toMatchObject({ code: 'parameter_missing', param: 'amount' })
})

test('no key, a wrong key and Basic with the right key are told apart', async () => {
  const ask = (authorization?: string) =>
    fetch(`${sandbox.url}/v1/payment_intents`, authorization === undefined ? {} : { headers: { authorization } })
  expect((await ask()).status).toBe(401)
  const wrong = await ask('Bearer sk_test_someone_else')
  expect(wrong.status).toBe(401)
  expect(await wrong.json()).toMatchObject({ error: { type: 'authentication_error' } })
  expect((await ask(`Basic ${btoa('sk_test_dhow:')}`)).status).toBe(200)
})

test('the publishable key reads and confirms one intent by its secret, and sees only the reduced object', async () => {
  const { body: intent } = await post(sandbox, '/v1/payment_intents', ORDER)
  const secret = { client_secret: String(intent['client_secret']) }
  const key = 'pk_test_dhow'
  expect((await post(sandbox, '/v1/payment_intents', ORDER, { key })).status).toBe(403)
  expect((await post(sandbox, `/v1/payment_intents/${intent.id}/confirm`, {}, { key })).status).toBe(400)
  const confirmed = await post(
    sandbox,
    `/v1/payment_intents/${intent.id}/confirm`,
    { ...secret, payment_method: 'pm_card_visa' },
    { key },
  )
  expect(confirmed.body).toMatchObject({ status: 'succeeded', amount: 14_950 })
  expect(confirmed.body).not.toHaveProperty('metadata')
  expect(confirmed.body).not.toHaveProperty('latest_charge')
})

test('card numbers are taken with the publishable key only', async () => {
  const form = {
    type: 'card',
    'card[number]': '4242424242424242',
    'card[exp_month]': '12',
    'card[exp_year]': '2040',
    'card[cvc]': '123',
  }
  expect((await post(sandbox, '/v1/payment_methods', form)).status).toBe(402)
  const { status, body } = await post(sandbox, '/v1/payment_methods', form, { key: 'pk_test_dhow' })
  expect(status).toBe(200)
  expectShape('PaymentMethod', body)
  const mistyped = { ...form, 'card[number]': '4242424242424241' }
  const refused = await post(sandbox, '/v1/payment_methods', mistyped, { key: 'pk_test_dhow' })
  expect(refused.body.error).toMatchObject({ type: 'card_error', code: 'incorrect_number' })
})

test('the SDK lists intents newest first and pages by id', async () => {
  const stripe = sdkFor(sandbox)
  const made = []
  for (const amount of [1000, 2000, 3000]) made.push(await stripe.paymentIntents.create({ amount, currency: 'aed' }))
  const first = await stripe.paymentIntents.list({ limit: 2 })
  expect(first.data.map(({ amount }) => amount)).toEqual([3000, 2000])
  expect(first.has_more).toBe(true)
  const rest = await stripe.paymentIntents.list({ limit: 2, starting_after: String(first.data[1]?.id) })
  expect(rest.data.map(({ id }) => id)).toEqual([made[0]?.id])
})

test('an unknown address and an unknown intent are both 404, in Stripe’s shape', async () => {
  expect((await post(sandbox, '/v1/tea', {})).status).toBe(404)
  const { status, body } = await post(sandbox, '/v1/payment_intents/pi_none/cancel', {})
  expect(status).toBe(404)
  expect(body.error.code).toBe('resource_missing')
})
