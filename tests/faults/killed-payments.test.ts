import { createApiClient } from '@dhow/api-client/api-client.ts'
import { askProvider, capturePayment, voidPayment } from '@dhow/contracts/admin-payments.ts'
import { createRefund } from '@dhow/contracts/admin-refunds.ts'
import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import { confirmOrderCode, requestOrderCode } from '@dhow/contracts/cod.ts'
import {
  changePaymentMethod,
  checkOutCart,
  getOrder,
  listOrderPaymentMethods,
  refreshPayment,
} from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test, vi } from 'vitest'
import { startTestApp } from '../../apps/api/test/app.ts'
import { faultsInBooks } from '../../apps/api/test/books.ts'
import { atHostedPage } from '../../apps/api/test/hosted-page.ts'
import { codeFor } from '../../apps/api/test/one-time-codes.ts'
import { attemptsOf, paymentOf } from '../../apps/api/test/placed-order.ts'
import { codeOf } from '../../apps/api/test/problems.ts'
import { differencesFromProviders } from '../../apps/api/test/provider-books.ts'
import { dueOf, payByCard } from '../../apps/api/test/shopper.ts'
import type { GivenStaff } from '../../apps/api/test/staff.ts'
import { killDuring } from './killed-process.ts'
import type { CallToProvider } from './killed-process.ts'

/**
 * F1 for what moves money: the API is killed with SIGKILL after a provider has done what it was asked for and before anything of
 * it is written down. Then somebody repeats the request with its key, or nobody does and the sweep comes round. No webhook helps.
 */
const app = await startTestApp({
  now: new Date().toISOString(),
  env: { STRIPE_CAPTURE: 'on-fulfilment', TABBY_CAPTURE: 'on-fulfilment', TAMARA_CAPTURE: 'on-fulfilment' },
})
const { given, db, clock, worker, sandbox } = app
const { control } = sandbox
control.setWebhooks({ mode: 'drop' })
const lenders = ['tabby', 'tamara'] as const
const cards = ['card', ...lenders] as const
/** Which of them each thing is tried with by `npm test`; `npm run test:faults` tries all. */
const someOf = (...some: (typeof cards)[number][]) => (process.env['MODE'] === 'long' ? [...cards] : some)

/** Another process, which has the key of the dead one ten seconds later. */
function survivor(): string {
  clock.set(new Date(Date.now() + 11_000).toISOString())
  return app.baseUrl
}

// Processes of their own go by the real clock: each test begins with both at the same time, and with staff who signed in by it.
let staff: GivenStaff
beforeEach(async () => {
  clock.set(new Date().toISOString())
  staff = await given.staff()
})

const shopAt = (baseUrl: string) => createApiClient({ baseUrl })
const staffAt = (baseUrl: string) => createApiClient({ baseUrl, headers: staff.headers })

/** A shopper about to press "Pay", and the press itself, towards whichever process is alive. */
async function shopper(method: PaymentMethod) {
  const variant = await given.variant({ onHand: 3, price: money(20_000) })
  const guest = await given.guestAtCheckout({ variant })
  const params = { cartId: guest.cartId }
  const expectedTotal = dueOf(await app.api.call(listPaymentMethods, { params, query: {} }), method)
  const body = { paymentMethod: method, expectedTotal }
  const idempotencyKey = randomUUID()
  const checkOut = (baseUrl: string) => shopAt(baseUrl).call(checkOutCart, { params, body, idempotencyKey })
  return { variant, contact: guest.contact, checkOut }
}

/** An order that waits for its shopper at the provider, with what every call about it takes. */
async function waitingOrder(method: PaymentMethod) {
  const { checkOut, variant, contact } = await shopper(method)
  const { order, token, payment } = await checkOut(app.baseUrl)
  const call = { params: { number: order.number }, orderToken: token }
  return { number: order.number, call, variant, contact, action: payment.action }
}
type Waiting = Awaited<ReturnType<typeof waitingOrder>>

const agree = async ({ number, action }: Pick<Waiting, 'number' | 'action'>): Promise<unknown> =>
  action.kind === 'client_secret' ? payByCard(app, action) : atHostedPage(app, number, 'approve')

/** An order whose money is held. */
async function heldOrder(method: (typeof cards)[number]) {
  const order = await waitingOrder(method)
  await agree(order)
  const view = await shopAt(app.baseUrl).call(refreshPayment, order.call)
  expect(view).toMatchObject({ state: 'confirmed', payment: { state: 'authorised' } })
  return { ...order, payment: await paymentOf(app, order.number) }
}
type Held = Awaited<ReturnType<typeof heldOrder>>

/** What comes round by the clock when nobody does anything. */
async function letTimePass(minutes: number): Promise<void> {
  for (let passed = 0; passed < minutes; passed += 1) {
    clock.set(new Date(Math.max(Date.now(), clock.now().getTime()) + 60_000).toISOString())
    await worker.runTask('payments.sweep')
    await worker.runTask('payments.finish-operations')
    await worker.runJobs()
  }
}

/** The same until something has come about: a provider is busy with a request whose caller died until it has answered it. */
const passUntil = (isSo: () => Promise<boolean>): Promise<unknown> =>
  vi.waitUntil(
    async () => {
      await letTimePass(1)
      return isSo()
    },
    { timeout: 60_000, interval: 500 },
  )

async function expectRightBooks(): Promise<void> {
  expect(await faultsInBooks(app)).toEqual([])
  expect(await differencesFromProviders(app)).toEqual([])
}

const ordersOf = async ({ id }: { id: string }) =>
  (await db.selectFrom('orderLines').select('orderId').where('variantId', '=', id).execute()).length
const stateOf = async ({ call }: Pick<Waiting, 'call'>) => (await app.api.call(getOrder, call)).state

describe('killed while a lender begins the payment', () => {
  const begins: Record<(typeof lenders)[number], CallToProvider> = {
    tabby: { provider: 'tabby', endpoint: 'POST /api/v2/checkout' },
    tamara: { provider: 'tamara', endpoint: 'POST /checkout' },
  }

  test.each(lenders)('%s: the same key begins it, and the order ends paid once', async (method) => {
    const { checkOut, variant } = await shopper(method)
    await killDuring(app, begins[method], checkOut)
    const { order, token } = await checkOut(survivor())
    await atHostedPage(app, order.number, 'approve')
    const call = { params: { number: order.number }, orderToken: token }
    expect((await shopAt(app.baseUrl).call(refreshPayment, call)).state).toBe('confirmed')
    expect(await ordersOf(variant)).toBe(1)
    expect(await attemptsOf(app, order.number)).toHaveLength(1)
    await expectRightBooks()
  })

  test('and the shopper never comes back: the session whose address reached nobody is left to lapse, the stock comes back', async () => {
    const { checkOut, variant } = await shopper('tabby')
    await killDuring(app, begins.tabby, checkOut)
    clock.advance({ minutes: 36 })
    await letTimePass(1)
    const level = db.selectFrom('stockLevels').select(['onHand', 'reserved']).where('variantId', '=', variant.id)
    expect(await level.executeTakeFirst()).toEqual({ onHand: 3, reserved: 0 })
    await expectRightBooks()
  })
})

test('killed while Tamara is told yes: the sweep says it again, and the order is confirmed', async () => {
  const order = await waitingOrder('tamara')
  await agree(order)
  await killDuring(app, { provider: 'tamara', endpoint: 'POST /orders/{id}/authorise' }, (baseUrl) =>
    shopAt(baseUrl).call(refreshPayment, order.call),
  )
  expect(await stateOf(order)).toBe('awaiting-payment')
  await letTimePass(2)
  expect(await stateOf(order)).toBe('confirmed')
  await expectRightBooks()
})

/** How much the provider has taken and given back, and in how many pieces. */
function movedAt({ payment }: Held) {
  const ref = payment.providerRef ?? ''
  if (payment.provider === 'stripe') {
    const intent = control.findIntent(ref)
    return { taken: intent?.amount_received ?? 0, captures: intent?.amount_received ? 1 : 0 }
  }
  if (payment.provider === 'tabby') {
    const captures = control.tabby.find(ref)?.captures ?? []
    return {
      taken: captures.reduce((sum, { amount }) => sum + Math.round(Number(amount) * 100), 0),
      captures: captures.length,
    }
  }
  const captures = control.tamara.findOrder(ref)?.captures ?? []
  return { taken: captures.reduce((sum, { amount }) => sum + amount, 0), captures: captures.length }
}

describe('killed while held money is taken', () => {
  const takes: Record<(typeof cards)[number], CallToProvider> = {
    card: { provider: 'stripe', endpoint: 'POST /v1/payment_intents/{id}/capture' },
    tabby: { provider: 'tabby', endpoint: 'POST /api/v2/payments/{id}/captures' },
    tamara: { provider: 'tamara', endpoint: 'POST /payments/capture' },
  }
  const taking = ({ payment }: Held, amount: number) => {
    const params = { paymentId: payment.id }
    const idempotencyKey = randomUUID()
    return (baseUrl: string) =>
      staffAt(baseUrl).call(capturePayment, { params, body: { amount: money(amount) }, idempotencyKey })
  }

  test.each(someOf('tamara'))('by %s: the sweep finishes it, and it is taken once', async (method) => {
    const order = await heldOrder(method)
    await killDuring(app, takes[method], taking(order, order.payment.amount))
    expect(await paymentOf(app, order.number)).toMatchObject({ state: 'authorised', capturedAmount: 0 })
    await passUntil(async () => (await paymentOf(app, order.number)).state === 'captured')
    expect(await paymentOf(app, order.number)).toMatchObject({ capturedAmount: order.payment.amount })
    expect(movedAt(order)).toEqual({ taken: order.payment.amount, captures: 1 })
    await expectRightBooks()
  })

  test('a part of it by Tabby: the same key takes no second part', async () => {
    const order = await heldOrder('tabby')
    const take = taking(order, 5_000)
    await killDuring(app, takes.tabby, take)
    const again = await take(survivor())
    expect(again).toMatchObject({ captured: money(5_000), captures: [{ state: 'succeeded' }] })
    expect(movedAt(order)).toEqual({ taken: 5_000, captures: 1 })
    expect(await take(app.baseUrl)).toEqual(again)
    await letTimePass(2)
    expect(movedAt(order)).toEqual({ taken: 5_000, captures: 1 })
    clock.set(new Date().toISOString())
    await taking(order, 15_000)(app.baseUrl)
    expect(movedAt(order)).toEqual({ taken: 20_000, captures: 2 })
    await expectRightBooks()
  })
})

describe('killed while money is given back', () => {
  const gives: Record<(typeof cards)[number], CallToProvider> = {
    card: { provider: 'stripe', endpoint: 'POST /v1/refunds' },
    tabby: { provider: 'tabby', endpoint: 'POST /api/v2/payments/{id}/refunds' },
    tamara: { provider: 'tamara', endpoint: 'POST /payments/simplified-refund/{id}' },
  }

  async function takenOrder(method: (typeof cards)[number]) {
    const order = await heldOrder(method)
    const params = { paymentId: order.payment.id }
    await staffAt(app.baseUrl).call(capturePayment, { params, body: {}, idempotencyKey: randomUUID() })
    return order
  }
  const giving = ({ call }: Held, amount: number) => {
    const { params } = call
    const wish = { other: money(amount), destination: 'original' } as const
    const body = { ...wish, expectedAmount: money(amount), reason: 'a dented box' }
    const idempotencyKey = randomUUID()
    return (baseUrl: string) => staffAt(baseUrl).call(createRefund, { params, body, idempotencyKey })
  }
  const refundsOf = ({ payment }: Held) =>
    db.selectFrom('refunds').select(['state', 'amount']).where('paymentId', '=', payment.id).execute()

  test.each(someOf('card', 'tamara'))('by %s: the same key gives nothing twice', async (method) => {
    const order = await takenOrder(method)
    const give = giving(order, 5_000)
    await killDuring(app, gives[method], give)
    expect(await refundsOf(order)).toEqual([{ state: 'requested', amount: 5_000 }])
    expect(await give(survivor())).toMatchObject({ kind: 'requested', refunds: [{ amount: money(5_000) }] })
    await passUntil(async () => (await refundsOf(order)).every(({ state }) => state === 'succeeded'))
    expect(await refundsOf(order)).toEqual([{ state: 'succeeded', amount: 5_000 }])
    await expectRightBooks()
  })

  test('and nobody asks again: the sweep finishes it', async () => {
    const order = await takenOrder('tabby')
    await killDuring(app, gives.tabby, giving(order, 5_000))
    await passUntil(async () => (await refundsOf(order)).every(({ state }) => state === 'succeeded'))
    expect(await refundsOf(order)).toEqual([{ state: 'succeeded', amount: 5_000 }])
    await expectRightBooks()
  })
})

describe('killed while held money is let go', () => {
  const letsGo: Record<(typeof cards)[number], CallToProvider> = {
    card: { provider: 'stripe', endpoint: 'POST /v1/payment_intents/{id}/cancel' },
    tabby: { provider: 'tabby', endpoint: 'POST /api/v2/payments/{id}/close' },
    tamara: { provider: 'tamara', endpoint: 'POST /orders/{id}/cancel' },
  }

  test.each(someOf('tabby'))('by %s: the same key finds it gone, and the order is called off once', async (method) => {
    const order = await heldOrder(method)
    const params = { paymentId: order.payment.id }
    const input = { params, body: { reason: 'out of stock after all' }, idempotencyKey: randomUUID() }
    const letGo = (baseUrl: string) => staffAt(baseUrl).call(voidPayment, input)
    await killDuring(app, letsGo[method], letGo)
    expect(await stateOf(order)).toBe('confirmed')
    expect(await letGo(survivor())).toMatchObject({ state: 'cancelled', orderState: 'cancelled' })
    await expectRightBooks()
  })

  test('and nobody asks again: whoever looks at the payment finds out', async () => {
    const order = await heldOrder('card')
    const params = { paymentId: order.payment.id }
    const letGo = { params, body: { reason: 'out of stock after all' }, idempotencyKey: randomUUID() }
    await killDuring(app, letsGo.card, (baseUrl) => staffAt(baseUrl).call(voidPayment, letGo))
    await staffAt(app.baseUrl).call(askProvider, { params, idempotencyKey: randomUUID() })
    expect(await stateOf(order)).toBe('cancelled')
    await expectRightBooks()
  })
})

describe('killed while the shopper changes to another method', () => {
  async function changing({ call }: Waiting, method: PaymentMethod) {
    const options = await app.api.call(listOrderPaymentMethods, { ...call, query: {} })
    const body = { paymentMethod: method, expectedTotal: dueOf(options, method) }
    const idempotencyKey = randomUUID()
    return (baseUrl: string) => shopAt(baseUrl).call(changePaymentMethod, { ...call, body, idempotencyKey })
  }

  test.each([
    ['while the card is stopped', { provider: 'stripe', endpoint: 'POST /v1/payment_intents/{id}/cancel' }],
    ['while the lender begins', { provider: 'tabby', endpoint: 'POST /api/v2/checkout' }],
  ] as const)('%s: the same key changes it, and the order ends paid once', async (_when, moment) => {
    const order = await waitingOrder('card')
    const change = await changing(order, 'tabby')
    await killDuring(app, moment, change)
    const { payment } = await change(survivor())
    expect(payment.action.kind).toBe('redirect')
    expect(await stateOf(order)).toBe('awaiting-payment')
    await atHostedPage(app, order.number, 'approve')
    expect((await shopAt(app.baseUrl).call(refreshPayment, order.call)).state).toBe('confirmed')
    expect((await attemptsOf(app, order.number)).map(({ state }) => state)).toEqual(['cancelled', 'authorised'])
    await expectRightBooks()
  })
})

test('killed while the code of a cash order is checked: the code is spent, the next one confirms the order once', async () => {
  const order = await waitingOrder('cod')
  const ask = () => shopAt(app.baseUrl).call(requestOrderCode, { ...order.call, body: {} })
  const confirm = (challengeId: string, code: string) => (baseUrl: string) =>
    shopAt(baseUrl).call(confirmOrderCode, { ...order.call, body: { challengeId, code } })
  const first = await ask()
  const spent = confirm(first.challengeId, codeFor(app, order.contact.phone))
  await killDuring(app, { provider: 'twilio', endpoint: 'POST /v2/Services/{service}/VerificationCheck' }, spent)
  expect(await stateOf(order)).toBe('awaiting-payment')
  expect(await codeOf(spent(app.baseUrl))).toMatch(/^auth\//)
  clock.advance({ minutes: 2 })
  const second = await ask()
  const give = confirm(second.challengeId, codeFor(app, order.contact.phone))
  expect((await give(app.baseUrl)).state).toBe('confirmed')
  expect((await give(app.baseUrl)).state).toBe('confirmed')
  const promises = await db.selectFrom('codCollections').select('state').execute()
  expect(promises).toEqual([{ state: 'pending' }])
  await expectRightBooks()
})

vi.setConfig({ testTimeout: 240_000 })
