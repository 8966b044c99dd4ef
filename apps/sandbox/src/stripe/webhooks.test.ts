import type Stripe from 'stripe'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { expectShape, sdkFor } from '../../test/client.ts'
import { startReceiver, type Receiver } from '../../test/receiver.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'
import { signatureHeader } from './signature.ts'

const SECRET = 'whsec_dhow_sandbox'
let receiver: Receiver
let sandbox: RunningSandbox
let stripe: Stripe

beforeEach(async () => {
  receiver = await startReceiver()
  sandbox = await startSandbox({ stripe: { webhookUrl: receiver.url }, webhookRetryDelaysMs: [1, 1, 1, 1] })
  stripe = sdkFor(sandbox)
})
afterEach(async () => {
  await sandbox.close()
  await receiver.close()
})

const pay = (method = 'pm_card_visa', options: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents
    .create({
      amount: 14_950,
      currency: 'aed',
      automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
      confirm: true,
      payment_method: method,
      ...options,
    })
    .catch((error: unknown) => error)

test('the signature is the one of the known vector', () => {
  const payload = '{"id":"evt_1","object":"event","type":"payment_intent.succeeded"}'
  const expected = 't=1700000000,v1=67da5088c63e080c71bd2bb0cb5c03d85a8fc6a21ce3aaf484df809654745b92'
  expect(signatureHeader('whsec_test_secret', payload, 1_700_000_000)).toBe(expected)
})

test('a delivery verifies with the SDK by its raw bytes, not by re-serialised JSON', async () => {
  await pay()
  await sandbox.control.webhooksSettled()
  const [first] = receiver.received
  if (!first) throw new Error('nothing was delivered')
  const event = stripe.webhooks.constructEvent(first.body, first.signature, SECRET)
  expect(event.type).toBe('payment_intent.created')
  expectShape('Event', JSON.parse(first.body))
  const again = JSON.stringify(JSON.parse(first.body))
  expect(() => stripe.webhooks.constructEvent(again, first.signature, SECRET)).toThrow('signature')
})

test.each([
  ['pm_card_visa', {}, ['payment_intent.created', 'charge.succeeded', 'payment_intent.succeeded']],
  ['pm_card_chargeDeclined', {}, ['payment_intent.created', 'charge.failed', 'payment_intent.payment_failed']],
  ['pm_card_authenticationRequired', {}, ['payment_intent.created', 'payment_intent.requires_action']],
  [
    'pm_card_visa',
    { capture_method: 'manual' },
    ['payment_intent.created', 'charge.succeeded', 'payment_intent.amount_capturable_updated'],
  ],
] as const)('%s %j announces what happened, in order', async (method, options, types) => {
  await pay(method, options)
  await sandbox.control.webhooksSettled()
  expect(receiver.types()).toEqual(types)
})

test('an event shows the object as it was then', async () => {
  sandbox.control.setWebhooks({ mode: 'hold' })
  await pay('pm_card_visa')
  sandbox.control.releaseWebhooks()
  await sandbox.control.webhooksSettled()
  expect(receiver.received[0]?.event.data.object).toMatchObject({
    status: 'requires_confirmation',
    latest_charge: null,
  })
})

test('a refused delivery is retried five times at most, with the same event', async () => {
  receiver.answers.push(500, 302)
  await stripe.paymentIntents.create({ amount: 1_000, currency: 'aed' })
  await sandbox.control.webhooksSettled()
  expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1)
  expect(sandbox.control.state().deliveries.map(({ outcome }) => outcome)).toEqual(['refused', 'refused', 'delivered'])
  receiver.answers.push(...Array.from({ length: 9 }, () => 500))
  await stripe.paymentIntents.create({ amount: 1_000, currency: 'aed' })
  await sandbox.control.webhooksSettled()
  expect(receiver.received).toHaveLength(3 + 5)
  const missed = await stripe.events.list({ delivery_success: false })
  expect(missed.data).toHaveLength(1)
})

test('hold keeps events until they are released', async () => {
  sandbox.control.setWebhooks({ mode: 'hold' })
  await pay()
  await sandbox.control.webhooksSettled()
  expect(receiver.received).toEqual([])
  expect(sandbox.control.releaseWebhooks()).toBe(3)
  await sandbox.control.webhooksSettled()
  expect(receiver.received).toHaveLength(3)
})

test('drop loses events, but the list of events still has them', async () => {
  sandbox.control.setWebhooks({ mode: 'drop' })
  await pay()
  await sandbox.control.webhooksSettled()
  expect(receiver.received).toEqual([])
  const { data } = await stripe.events.list({ type: 'payment_intent.succeeded' })
  expect(data).toHaveLength(1)
  expect(sandbox.control.resendEvent(String(data[0]?.id), 2)).toBe(true)
  await sandbox.control.webhooksSettled()
  expect(receiver.types()).toEqual(['payment_intent.succeeded', 'payment_intent.succeeded'])
})

test('double delivers each event as often as told, under one id', async () => {
  sandbox.control.setWebhooks({ mode: 'double', times: 5 })
  await stripe.paymentIntents.create({ amount: 1_000, currency: 'aed' })
  await sandbox.control.webhooksSettled()
  expect(receiver.received).toHaveLength(5)
  expect(new Set(receiver.received.map(({ event }) => event.id)).size).toBe(1)
})

test('reorder delivers newest first, delay delivers late', async () => {
  sandbox.control.setWebhooks({ mode: 'reorder', delayMs: 20 })
  await pay()
  await sandbox.control.webhooksSettled()
  expect(receiver.types()).toEqual(['payment_intent.succeeded', 'charge.succeeded', 'payment_intent.created'])
  sandbox.control.setWebhooks({ mode: 'delay', delayMs: 1 })
  await stripe.paymentIntents.create({ amount: 1_000, currency: 'aed' })
  await sandbox.control.webhooksSettled()
  expect(receiver.received).toHaveLength(4)
})

test('a forged delivery fails verification, and its retry passes', async () => {
  receiver.answers.push(400)
  sandbox.control.setWebhooks({ forgeNext: 1 })
  await stripe.paymentIntents.create({ amount: 1_000, currency: 'aed' })
  await sandbox.control.webhooksSettled()
  const verdicts = receiver.received.map(({ body, signature }) => {
    try {
      return stripe.webhooks.constructEvent(body, signature, SECRET).type
    } catch {
      return 'rejected'
    }
  })
  expect(verdicts).toEqual(['rejected', 'payment_intent.created'])
})

test('an endpoint made by the API gets its own secret and only the events it asked for', async () => {
  const other = await startReceiver()
  const endpoint = await stripe.webhookEndpoints.create({
    url: other.url,
    enabled_events: ['payment_intent.succeeded'],
  })
  await pay()
  await sandbox.control.webhooksSettled()
  expect(other.types()).toEqual(['payment_intent.succeeded'])
  const [only] = other.received
  expect(() =>
    stripe.webhooks.constructEvent(String(only?.body), String(only?.signature), String(endpoint.secret)),
  ).not.toThrow()
  expect((await stripe.webhookEndpoints.list()).data.map(({ secret }) => secret)).toEqual([undefined, undefined])
  await stripe.webhookEndpoints.del(endpoint.id)
  await other.close()
})
