import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { ORDER, post } from '../../test/client.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

let sandbox: RunningSandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const create = (form: Record<string, string> = ORDER, idempotencyKey = 'pi:order-1:1') =>
  post(sandbox, '/v1/payment_intents', form, { idempotencyKey })

test('the same request under the same key gives the first answer and makes one intent', async () => {
  const first = await create()
  const second = await create(Object.fromEntries(Object.entries(ORDER).toReversed()))
  expect(second.body).toEqual(first.body)
  expect(first.headers.get('idempotent-replayed')).toBeNull()
  expect(second.headers.get('idempotent-replayed')).toBe('true')
  expect(second.headers.get('idempotency-key')).toBe('pi:order-1:1')
  expect(sandbox.control.state().paymentIntents).toHaveLength(1)
})

test('a decline is replayed too', async () => {
  const form = { ...ORDER, confirm: 'true', payment_method: 'pm_card_visa_chargeDeclined' }
  const [first, second] = [await create(form), await create(form)]
  expect(first.status).toBe(402)
  expect(second.body).toEqual(first.body)
  expect(sandbox.control.state().paymentIntents).toHaveLength(1)
})

test('other parameters under a used key are an idempotency error', async () => {
  await create()
  const { status, body } = await create({ ...ORDER, amount: '15000' })
  expect(status).toBe(400)
  expect(body.error.type).toBe('idempotency_error')
})

test('a request refused by validation stores nothing under its key', async () => {
  expect((await create({ ...ORDER, amount: '100' })).status).toBe(400)
  expect((await create({ ...ORDER, colour: 'red' })).status).toBe(400)
  expect((await create()).status).toBe(200)
})

test('a second request while the first is running is told so', async () => {
  sandbox.control.addFault({ provider: 'stripe', kind: 'slow', delayMs: 200 })
  const first = create()
  await expect.poll(() => sandbox.control.state().paymentIntents.length).toBe(1)
  const second = await create()
  expect(second.status).toBe(409)
  expect(second.body.error.code).toBe('idempotency_key_in_use')
  expect((await first).status).toBe(200)
  expect((await create()).headers.get('idempotent-replayed')).toBe('true')
})

test('a failure in the middle of the work is kept under its key, as Stripe does, and another key works', async () => {
  sandbox.control.addFault({ provider: 'stripe', kind: 'error500-kept' })
  expect((await create()).status).toBe(500)
  const again = await create()
  expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([500, 'true'])
  expect((await create(ORDER, 'pi:order-1:2')).status).toBe(200)
})
