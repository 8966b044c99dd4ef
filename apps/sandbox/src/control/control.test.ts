import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ORDER, post } from '../../test/client.ts'
import { startReceiver } from '../../test/receiver.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

let sandbox: RunningSandbox

beforeAll(async () => {
  sandbox = await startSandbox({ websiteOrigins: ['http://shop.test'] })
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const command = async (path: string, body: object) => {
  const headers = { 'content-type': 'application/json' }
  const response = await fetch(`${sandbox.url}/control${path}`, { method: 'POST', headers, body: JSON.stringify(body) })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

test('the switches work over HTTP as they do in the process', async () => {
  const receiver = await startReceiver()
  await command('/webhooks/target', { url: receiver.url })
  expect((await command('/webhooks', { mode: 'hold' })).body).toMatchObject({ mode: 'hold' })
  const { body: intent } = await post(sandbox, '/v1/payment_intents', ORDER)
  expect((await command('/webhooks/release', {})).body).toEqual({ released: 1 })
  await sandbox.control.webhooksSettled()
  const [event] = sandbox.control.state().events
  expect((await command('/webhooks/resend', { eventId: event?.id, times: 2 })).status).toBe(200)
  await sandbox.control.webhooksSettled()
  expect(receiver.received.map(({ event: sent }) => sent.data.object.id)).toEqual([intent.id, intent.id, intent.id])
  await receiver.close()
})

test('a waiting challenge is answered from outside the browser', async () => {
  const form = { ...ORDER, confirm: 'true', payment_method: 'pm_card_authenticationRequired' }
  const { body: intent } = await post(sandbox, '/v1/payment_intents', form)
  expect(intent.status).toBe('requires_action')
  const answer = { paymentIntent: intent.id, outcome: 'complete' }
  expect((await command('/challenge', answer)).body).toEqual({ status: 'succeeded' })
  expect((await command('/challenge', answer)).status).toBe(404)
})

test('faults are armed and disarmed, and calls are counted by endpoint', async () => {
  await command('/faults', { provider: 'stripe', kind: 'error500', times: 5 })
  expect((await post(sandbox, '/v1/payment_intents', ORDER)).status).toBe(500)
  await fetch(`${sandbox.url}/control/faults`, { method: 'DELETE' })
  expect((await post(sandbox, '/v1/payment_intents', ORDER)).status).toBe(200)
  const state = await (await fetch(`${sandbox.url}/control/state`)).json()
  expect(state).toMatchObject({ calls: { 'POST /v1/payment_intents': 2 }, faults: [] })
  await command('/reset', {})
  expect(sandbox.control.state()).toMatchObject({ calls: {}, paymentIntents: [], events: [] })
})

test('payments of every provider are listed, acted on, and lapse by the clock', async () => {
  const { body: intent } = await post(sandbox, '/v1/payment_intents', ORDER)
  const listed = async () => (await fetch(`${sandbox.url}/control/payments?provider=stripe`)).json()
  expect(await listed()).toMatchObject([
    { provider: 'stripe', id: intent.id, amount: 14_950, currency: 'AED', orderId: 'order-1' },
  ])
  const act = (action: string) => command('/payments/act', { provider: 'stripe', id: intent.id, action })
  expect((await act('refund')).status).toBe(409)
  expect((await act('approve')).body).toEqual({ ok: true })
  expect((await act('refund')).body).toEqual({ ok: true })
  expect((await act('lose')).status).toBe(200)
  expect(await listed()).toEqual([])
  const before = sandbox.control.state().now
  const { body } = await command('/clock', { hours: 2, minutes: 5 })
  expect(Date.parse(String(body['now'])) - Date.parse(before)).toBeGreaterThanOrEqual(125 * 60_000)
})

test('Stripe pays out, the bank sends it back, and disputes are decided', async () => {
  const form = { ...ORDER, confirm: 'true', payment_method: 'pm_card_visa', return_url: 'http://shop.test/' }
  const { body: intent } = await post(sandbox, '/v1/payment_intents', form)
  await command('/payments/act', { provider: 'stripe', id: intent.id, action: 'dispute' })
  const [dispute] = sandbox.control.state().disputes
  expect((await command('/stripe/disputes', { id: dispute?.id, decision: 'won' })).body).toEqual({ ok: true })
  expect((await command('/stripe/disputes', { id: dispute?.id, decision: 'won' })).status).toBe(409)
  const { body: payout } = await command('/stripe/payouts', {})
  expect((await command('/stripe/payouts', {})).status).toBe(409)
  expect((await command('/stripe/payouts/fail', { id: payout['id'] })).body).toEqual({ ok: true })
  expect(sandbox.control.state().payouts).toMatchObject([{ id: payout['id'], status: 'failed' }])
})

test('the control page offers what can be done to each payment', async () => {
  const { body: open } = await post(sandbox, '/v1/payment_intents', ORDER)
  const challenged = { ...ORDER, confirm: 'true', payment_method: 'pm_card_authenticationRequired' }
  await post(sandbox, '/v1/payment_intents', challenged)
  const page = await (await fetch(`${sandbox.url}/control`)).text()
  for (const text of ['Stripe payments', 'Tabby payments', 'Tamara payments', 'Expire now', 'Complete 3-D Secure'])
    expect(page).toContain(text)
  expect(page).toContain(`id="${open.id}"`)
  for (const mode of ['chaos', 'reorder', 'slow-bytes']) expect(page).toContain(`<option>${mode}</option>`)
})

test('chaos is let loose over HTTP, within bounds', async () => {
  const chaos = { mode: 'chaos', seed: 7, dropPercent: 5, delayPercent: 10, maxDelayMs: 7_200_000 }
  expect((await command('/webhooks', chaos)).body).toMatchObject(chaos)
  expect((await command('/webhooks', { dropPercent: 101 })).status).toBe(400)
})

test.each([
  ['/webhooks', { mode: 'sometimes' }],
  ['/clock', { hours: -1 }],
  ['/payments/act', { provider: 'paypal', id: 'x', action: 'approve' }],
  ['/payments/act', { provider: 'stripe', id: 'x', action: 'explode' }],
  ['/webhooks', { delayMs: -1 }],
  ['/faults', { provider: 'stripe', kind: 'fire' }],
  ['/faults', { provider: 'stripe', kind: 'error500', colour: 'red' }],
  ['/webhooks/target', { url: 'javascript:alert(1)' }],
])('%s refuses %j and says why', async (path, body) => {
  const answer = await command(path, body)
  expect(answer.status).toBe(400)
  expect(answer.body['error']).toBeTypeOf('string')
})

test('a foreign site’s form cannot throw a switch', async () => {
  const body = new URLSearchParams({ mode: 'drop' })
  for (const path of ['/reset', '/webhooks', '/webhooks/release', '/clock', '/payments/act', '/stripe/payouts'])
    expect((await fetch(`${sandbox.url}/control${path}`, { method: 'POST', body })).status).toBe(400)
})

test('the pages are there, and only the shop may embed the card form', async () => {
  for (const path of ['/', '/inbox', '/control', '/stripe.js', '/v3/'])
    expect((await fetch(sandbox.url + path)).status).toBe(200)
  const frame = (parent: string) =>
    fetch(`${sandbox.url}/elements/payment?parent=${encodeURIComponent(parent)}&locale=ar`)
  const allowed = await frame('http://shop.test')
  expect(allowed.headers.get('content-security-policy')).toContain('frame-ancestors http://shop.test')
  expect(await allowed.text()).toContain('<bdi dir="ltr">4242 4242 4242 4242</bdi>')
  expect((await frame('http://elsewhere.test')).status).toBe(403)
  expect((await frame('http://shop.test;script-src *')).status).toBe(403)
})
