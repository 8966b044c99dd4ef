import { createApiClient } from '@dhow/api-client/api-client.ts'
import { getCart } from '@dhow/contracts/cart.ts'
import { cancelOrder, checkOutCart, getOrder, refreshPayment } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { expect, test, vi } from 'vitest'
import { startTestApp } from '../../apps/api/test/app.ts'
import { faultsInBooks } from '../../apps/api/test/books.ts'
import { startRealProcess } from '../../apps/api/test/process.ts'
import type { RealProcess } from '../../apps/api/test/process.ts'

/**
 * The API as the process it is in production, killed with SIGKILL at the worst moments. The moments are chosen from outside:
 * by what has reached the provider, and by what stands in the database.
 */
const app = await startTestApp({ now: new Date().toISOString() })
const { given, db, sandbox, worker } = app
const patience = { timeout: 30_000, interval: 5 }

async function startApi(): Promise<RealProcess> {
  const api = await startRealProcess({ entry: 'main', env: app.env })
  sandbox.control.setWebhookTarget(`${api.baseUrl}/webhooks/stripe`)
  return api
}

const intentsFor = (orderId: string) =>
  sandbox.control.state().paymentIntents.filter((intent) => intent.metadata['order_id'] === orderId)
const orderOf = (variantId: string) =>
  db.selectFrom('orderLines').select('orderId').where('variantId', '=', variantId).executeTakeFirst()
const calls = (endpoint: string) => sandbox.control.calls()[endpoint] ?? 0

/** A shopper about to press "Pay", and the press itself, towards whichever process is alive. */
async function shopper() {
  const variant = await given.variant({ onHand: 3 })
  const guest = await given.guestAtCheckout({ variant, quantity: 2 })
  const idempotencyKey = randomUUID()
  const checkOut = (api: RealProcess) =>
    createApiClient({ baseUrl: api.baseUrl }).call(checkOutCart, {
      params: { cartId: guest.cartId },
      body: { paymentMethod: 'card', expectedTotal: money(21_500 - 1500) },
      idempotencyKey,
    })
  return { variant, guest, checkOut }
}

interface Ending {
  state: string
  payment: string
  orders: number
  paymentsBegun: number
  isSamePayment: boolean
  level: { onHand: number; reserved: number }
  faults: string[]
}

/** What there must be in the end, whenever the process died. */
const paidOnce: Ending = {
  state: 'confirmed',
  payment: 'captured',
  orders: 1,
  paymentsBegun: 1,
  isSamePayment: true,
  level: { onHand: 1, reserved: 0 },
  faults: [],
}

/** After the kill: the same key again towards a new process, then paid, then everything told. */
async function repeatAndPay({ variant, guest, checkOut }: Awaited<ReturnType<typeof shopper>>): Promise<Ending> {
  const api = await startApi()
  const { order, payment, token } = await checkOut(api)
  const { orderId = '' } = (await orderOf(variant.id)) ?? {}
  const secret = payment.action.kind === 'client_secret' ? payment.action.clientSecret : ''
  const isSamePayment = secret === intentsFor(orderId)[0]?.client_secret
  await guest.placeOrder()
  await guest.pay()
  await worker.settle()
  const client = createApiClient({ baseUrl: api.baseUrl })
  const paid = await client.call(getOrder, { params: { number: order.number }, orderToken: token })
  const orders = await db.selectFrom('orderLines').select('orderId').where('variantId', '=', variant.id).execute()
  const levels = db.selectFrom('stockLevels').select(['onHand', 'reserved']).where('variantId', '=', variant.id)
  await api.kill()
  return {
    state: paid.state,
    payment: paid.payment.state,
    orders: orders.length,
    paymentsBegun: intentsFor(orderId).length,
    isSamePayment,
    level: await levels.executeTakeFirstOrThrow(),
    faults: await faultsInBooks(app),
  }
}

test('killed while the provider creates the payment: the same key finds it, and the order ends paid once', async () => {
  const buyer = await shopper()
  const api = await startApi()
  const before = calls('POST /v1/payment_intents')
  sandbox.control.addFault({
    provider: 'stripe',
    method: 'POST',
    path: '/v1/payment_intents',
    kind: 'slow',
    delayMs: 1500,
  })
  const lost = buyer.checkOut(api).catch((error: unknown) => error)
  await vi.waitUntil(() => calls('POST /v1/payment_intents') > before, patience)
  await api.kill()
  expect(await lost).toBeInstanceOf(Error)
  const { orderId = '' } = (await orderOf(buyer.variant.id)) ?? {}
  expect(intentsFor(orderId)).toHaveLength(1)
  const payment = await db
    .selectFrom('payments')
    .select('providerRef')
    .where('orderId', '=', orderId)
    .executeTakeFirst()
  expect(payment).toEqual({ providerRef: null })
  expect(await repeatAndPay(buyer)).toEqual(paidOnce)
})

test('killed as soon as the order stands in the database, before the answer: the order ends paid once', async () => {
  const buyer = await shopper()
  const api = await startApi()
  const answer = buyer.checkOut(api).catch((error: unknown) => error)
  await vi.waitUntil(() => orderOf(buyer.variant.id), patience)
  await api.kill()
  await answer
  expect(await repeatAndPay(buyer)).toEqual(paidOnce)
})

test('killed as soon as the provider’s id is recorded, before the answer: the order ends paid once', async () => {
  const buyer = await shopper()
  const api = await startApi()
  const answer = buyer.checkOut(api).catch((error: unknown) => error)
  const recorded = () =>
    db
      .selectFrom('payments')
      .innerJoin('orderLines', 'orderLines.orderId', 'payments.orderId')
      .select('providerRef')
      .where('orderLines.variantId', '=', buyer.variant.id)
      .where('providerRef', 'is not', null)
      .executeTakeFirst()
  await vi.waitUntil(recorded, patience)
  await api.kill()
  await answer
  expect(await repeatAndPay(buyer)).toEqual(paidOnce)
})

test('killed before the shopper comes again at all: the poll begins the payment, and the time limit ends the order', async () => {
  const buyer = await shopper()
  const api = await startApi()
  sandbox.control.addFault({
    provider: 'stripe',
    method: 'POST',
    path: '/v1/payment_intents',
    kind: 'slow',
    delayMs: 300,
  })
  const lost = buyer.checkOut(api).catch((error: unknown) => error)
  await vi.waitUntil(() => orderOf(buyer.variant.id), patience)
  await api.kill()
  await lost
  app.clock.advance({ minutes: 32 })
  await vi.waitFor(async () => {
    await worker.runTask('payments.sweep')
    const cart = await app.api.call(getCart, { params: { cartId: buyer.guest.cartId } })
    expect(cart.state).toBe('open')
  }, patience)
  expect(await faultsInBooks(app)).toEqual([])
})

test('killed while it asks how the payment stands: the next to ask confirms it, once', async () => {
  const buyer = await shopper()
  const api = await startApi()
  sandbox.control.setWebhooks({ mode: 'drop' })
  const { order, token } = await buyer.checkOut(api)
  await buyer.guest.placeOrder()
  await buyer.guest.pay()
  const call = { params: { number: order.number }, orderToken: token }
  const before = calls('GET /v1/payment_intents/{id}')
  sandbox.control.addFault({ provider: 'stripe', method: 'GET', kind: 'slow', delayMs: 1500 })
  const lost = createApiClient({ baseUrl: api.baseUrl })
    .call(refreshPayment, call)
    .catch((error: unknown) => error)
  await vi.waitUntil(() => calls('GET /v1/payment_intents/{id}') > before, patience)
  await api.kill()
  expect(await lost).toBeInstanceOf(Error)
  const again = await startApi()
  const view = await createApiClient({ baseUrl: again.baseUrl }).call(refreshPayment, call)
  expect(view.state).toBe('confirmed')
  sandbox.control.setWebhooks({ mode: 'normal' })
  await worker.settle()
  expect(await faultsInBooks(app)).toEqual([])
  await again.kill()
})

test('killed while it cancels at the provider: the order is given up by the next to look, and its stock comes back', async () => {
  const buyer = await shopper()
  const api = await startApi()
  sandbox.control.setWebhooks({ mode: 'drop' })
  const { order, token } = await buyer.checkOut(api)
  const call = { params: { number: order.number }, orderToken: token }
  const endpoint = 'POST /v1/payment_intents/{id}/cancel'
  const before = calls(endpoint)
  sandbox.control.addFault({
    provider: 'stripe',
    method: 'POST',
    path: '/v1/payment_intents/{id}/cancel',
    kind: 'slow',
    delayMs: 1500,
  })
  const lost = createApiClient({ baseUrl: api.baseUrl })
    .call(cancelOrder, call)
    .catch((error: unknown) => error)
  await vi.waitUntil(() => calls(endpoint) > before, patience)
  await api.kill()
  expect(await lost).toBeInstanceOf(Error)
  const again = await startApi()
  const client = createApiClient({ baseUrl: again.baseUrl })
  expect((await client.call(getOrder, call)).state).toBe('awaiting-payment')
  expect((await client.call(cancelOrder, call)).state).toBe('cancelled')
  sandbox.control.setWebhooks({ mode: 'normal' })
  expect(await faultsInBooks(app)).toEqual([])
  await again.kill()
})
