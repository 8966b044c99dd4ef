import { capturePayment, voidPayment } from '@dhow/contracts/admin-payments.ts'
import { createRefund } from '@dhow/contracts/admin-refunds.ts'
import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import { changePaymentMethod, getOrder, refreshPayment } from '@dhow/contracts/orders.ts'
import type { CheckoutResult, OrderView } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { SignJWT, UnsecuredJWT } from 'jose'
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, onTestFinished, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { faultsInBooks } from '../../../test/books.ts'
import { attemptsOf } from '../../../test/placed-order.ts'
import { rawRequest } from '../../../test/raw-request.ts'
import type { GuestWish } from '../../../test/shopper.ts'
import { createTamaraProvider } from '../../providers/payments/tamara/tamara.ts'

const app = await startTestApp()
const { api, baseUrl, ctx, db, clock, sandbox, given, worker } = app
const { tamara } = sandbox.control

beforeEach(() => {
  sandbox.control.setWebhooks({ mode: 'normal', forgeNext: 0 })
  sandbox.control.clearFaults()
})

interface Placed {
  order: OrderView
  paymentId: string
  /** The order at Tamara. */
  ref: string
  call: { params: { number: string }; orderToken: string }
}

async function placedFrom({ order, token, payment }: CheckoutResult): Promise<Placed> {
  const current = (await attemptsOf(app, order.number)).at(-1)
  const call = { params: { number: order.number }, orderToken: token }
  return { order, paymentId: payment.id, ref: current?.providerRef ?? '', call }
}
/** An order whose shopper has been sent to Tamara. */
async function placeByTamara(wish: GuestWish = {}): Promise<Placed> {
  const guest = await given.guestAtCheckout({ ...wish, paymentMethod: 'tamara' })
  const answer = await guest.placeOrder()
  if (answer.code !== undefined) throw answer.problem
  return placedFrom(answer)
}
/** The same order paid another way, or once more by Tamara. */
async function payBy({ order, call }: Placed, paymentMethod: 'card' | 'tamara'): Promise<CheckoutResult> {
  const body = { paymentMethod, expectedTotal: order.totals.due } as const
  return api.call(changePaymentMethod, { ...call, body, idempotencyKey: randomUUID() })
}
const orderOf = ({ call }: Pick<Placed, 'call'>): Promise<OrderView> => api.call(getOrder, call)
const refresh = ({ call }: Placed): Promise<OrderView> => api.call(refreshPayment, call)
function atTamara({ ref }: Pick<Placed, 'ref'>) {
  const order = tamara.findOrder(ref)
  if (!order) throw new Error(`not at Tamara: ${ref}`)
  return order
}
async function approved(wish: GuestWish = {}): Promise<Placed> {
  const placed = await placeByTamara(wish)
  tamara.approve(placed.ref)
  return placed
}
const authorisedCalls = () => sandbox.control.calls()['POST /orders/{id}/authorise'] ?? 0
const sweep = () => worker.runTask('payments.sweep')

const paid = { state: 'confirmed', payment: { method: 'tamara', state: 'captured' } }
const waiting = { state: 'awaiting-payment' }

describe('an approval', () => {
  test('is offered in Tamara’s words, authorised exactly once though webhook and return arrive together, and taken', async () => {
    const guest = await given.guestAtCheckout()
    const { items } = await api.call(listPaymentMethods, { params: { cartId: guest.cartId }, query: {} })
    expect(items.find(({ method }) => method === 'tamara')).toMatchObject({ refusal: null, instalments: { count: 4 } })

    sandbox.control.setWebhooks({ mode: 'double', times: 3 })
    const before = authorisedCalls()
    const placed = await approved()
    // All four hear "approved" before any of them can have answered it.
    const read = { provider: 'tamara', method: 'GET', path: '/merchants/orders/{id}' } as const
    sandbox.control.addFault({ ...read, kind: 'slow', delayMs: 500, times: 4 })
    await Promise.all([worker.settle(), refresh(placed), refresh(placed), refresh(placed)])
    await worker.settle()
    expect(await orderOf(placed)).toMatchObject(paid)
    expect(authorisedCalls() - before).toBe(1)
    expect(atTamara(placed).captures).toMatchObject([
      { amount: placed.order.totals.due.amount, shippingInfo: { shipping_company: 'Own courier' } },
    ])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('whose webhooks are all lost is found by the poll', async () => {
    sandbox.control.setWebhooks({ mode: 'drop' })
    const placed = await approved()
    clock.advance({ minutes: 2 })
    await sweep()
    await worker.runJobs()
    expect(await orderOf(placed)).toMatchObject(paid)
  })

  test('whose every answer is lost, of a total that ends in .13, is taken once all the same', async () => {
    const placed = await approved({ variant: await given.variant({ price: money(13_413) }) })
    expect(placed.order.totals.due.amount % 100).toBe(13)
    for (let round = 0; round < 4; round += 1) {
      await refresh(placed)
      await worker.runJobs({ mayFail: true })
      clock.advance({ minutes: 3 })
      await sweep()
    }
    expect(await orderOf(placed)).toMatchObject(paid)
    expect(atTamara(placed).captures).toHaveLength(1)
  })

  test('that cannot be authorised keeps its order, calls a person after a day, and is healed within three', async () => {
    sandbox.control.setWebhooks({ mode: 'drop' })
    sandbox.control.addFault({ provider: 'tamara', kind: 'error500', path: '/orders/{id}/authorise', times: 1_000 })
    const placed = await approved()
    const alerts = () =>
      app.logs.filter((line) => line['alert'] === 'payment-authorise-late' && line['paymentId'] === placed.paymentId)
    for (let hours = 0; hours < 23; hours += 1) {
      clock.advance({ hours: 1 })
      await sweep()
    }
    expect(await orderOf(placed)).toMatchObject({ ...waiting, payment: { state: 'processing' } })
    expect(alerts()).toHaveLength(0)
    clock.advance({ hours: 2 })
    await sweep()
    await sweep()
    expect(alerts()).toHaveLength(1)
    sandbox.control.clearFaults()
    clock.advance({ minutes: 20 })
    await sweep()
    await worker.runJobs()
    expect(await orderOf(placed)).toMatchObject(paid)
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('that nobody could authorise for three days ends, and the order with it', async () => {
    sandbox.control.setWebhooks({ mode: 'drop' })
    sandbox.control.addFault({ provider: 'tamara', kind: 'error500', path: '/orders/{id}/authorise', times: 1_000 })
    const placed = await approved()
    await refresh(placed)
    clock.advance({ hours: 73 })
    await sweep()
    expect(atTamara(placed).status).toBe('expired')
    expect(await orderOf(placed)).toMatchObject({ state: 'cancelled' })
    expect(await faultsInBooks(app)).toEqual([])
  })
})

describe('late news', () => {
  test('of an attempt that lapsed changes nothing about the order that was paid since', async () => {
    const first = await placeByTamara()
    tamara.expireNow(first.ref)
    await worker.settle()
    expect(await orderOf(first)).toMatchObject({ ...waiting, payment: { declineReason: 'expired' } })
    const second = await placedFrom(await payBy(first, 'tamara'))
    expect(second.ref).not.toBe(first.ref)
    tamara.approve(second.ref)
    await worker.settle()
    for (const type of ['order_expired', 'order_declined', 'order_canceled']) {
      tamara.send(first.ref, { type })
      tamara.send(second.ref, { type })
    }
    await worker.settle()
    expect(await orderOf(first)).toMatchObject(paid)
    expect((await attemptsOf(app, first.order.number)).map(({ state }) => state)).toEqual(['cancelled', 'captured'])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('of a session the shopper had left for a card: it is voided, and cannot be paid any more', async () => {
    const placed = await placeByTamara()
    const changed = await payBy(placed, 'card')
    expect(changed.payment.action.kind).toBe('client_secret')
    expect(tamara.approve(placed.ref)).toBe(false)
    expect(await orderOf(placed)).toMatchObject({ ...waiting, payment: { method: 'card' } })
  })

  test('of a refusal lets the shopper choose again', async () => {
    const placed = await placeByTamara()
    tamara.decline(placed.ref)
    await worker.settle()
    expect(await orderOf(placed)).toMatchObject({
      ...waiting,
      payment: { state: 'failed', declineReason: 'not-approved' },
      canChangeMethod: true,
    })
    expect((await payBy(placed, 'card')).payment.action.kind).toBe('client_secret')
    // Refused for good: nobody asks about it for ever after.
    const timesAsked = async () => (await attemptsOf(app, placed.order.number))[0]?.pollCount
    const asked = await timesAsked()
    clock.advance({ minutes: 11 })
    await sweep()
    expect(await timesAsked()).toBe(asked)
  })
})

test('a refusal before there was a page, for no reason a shopper could mend, leaves them the other ways to pay', async () => {
  const { payments } = ctx.providers
  const provider = payments.tamara
  if (!provider) throw new Error('Tamara is not configured')
  onTestFinished(() => void (payments.tamara = provider))
  const refused = { kind: 'refused', reason: 'billing_address_invalid', eligibility: null } as const
  payments.tamara = { ...provider, begin: () => Promise.resolve(refused) }
  const placed = await placeByTamara()
  expect(await orderOf(placed)).toMatchObject({
    ...waiting,
    payment: { state: 'failed', declineReason: 'not-approved' },
    canChangeMethod: true,
  })
  expect(app.logs.filter((line) => line['reason'] === refused.reason)).toHaveLength(1)
  expect((await payBy(placed, 'card')).payment.action.kind).toBe('client_secret')
})

describe('webhooks', () => {
  const claims = () => {
    const iat = Math.floor(clock.now().getTime() / 1000)
    return { iat, exp: iat + 900, iss: 'Tamara' }
  }
  const sign = (change: object = {}, secret = sandbox.config.tamara.notificationToken) =>
    new SignJWT({ ...claims(), ...change }).setProtectedHeader({ alg: 'HS256' }).sign(Buffer.from(secret))
  const about = (orderId: string) =>
    JSON.stringify({ order_id: orderId, order_reference_id: 'x', event_type: 'order_approved', data: [] })
  const deliver = (token: string, body: string) =>
    rawRequest(`${baseUrl}/webhooks/tamara`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', authorization: `Bearer ${token}` },
      body,
    })
  const storedCount = async () => {
    const { count } = await db
      .selectFrom('webhookEvents')
      .select((eb) => eb.fn.countAll<string>().as('count'))
      .where('provider', '=', 'tamara')
      .executeTakeFirstOrThrow()
    return Number(count)
  }

  test('with a token that is forged, none, or old are refused without any work', async () => {
    sandbox.control.setWebhooks({ mode: 'drop' })
    const placed = await approved()
    const [stored, calls] = [await storedCount(), sandbox.control.calls()]
    const tokens = [
      await sign({}, 'guessed'),
      new UnsecuredJWT(claims()).encode(),
      await sign({ iss: 'Tabby' }),
      await sign({ iat: claims().iat - 2_000, exp: claims().iat - 1_100 }),
      '',
    ]
    for (const token of tokens) expect((await deliver(token, about(placed.ref))).status).toBe(400)
    expect(await worker.pendingJobs()).toEqual([])
    expect(await storedCount()).toBe(stored)
    expect(sandbox.control.calls()).toEqual(calls)
    expect(await orderOf(placed)).toMatchObject(waiting)
    expect(await refresh(placed)).toMatchObject({ state: 'confirmed' }) // nothing was spoilt
    await worker.runJobs()
  })

  test('with a good token and any body only ask: the order that is fetched decides', async () => {
    sandbox.control.setWebhooks({ mode: 'drop' })
    const [agreed, idle] = [await approved(), await placeByTamara()]
    const token = await sign()
    expect(await deliver(token, about(idle.ref))).toMatchObject({ status: 200, body: { success: true } })
    expect((await deliver(token, about(randomUUID()))).status).toBe(200)
    await worker.runJobs()
    expect(await orderOf(idle)).toMatchObject(waiting)
    expect(await orderOf(agreed)).toMatchObject(waiting)
    const stored = await storedCount()
    for (const again of [1, 2]) expect([again, (await deliver(token, about(agreed.ref))).status]).toEqual([again, 200])
    expect(await storedCount()).toBe(stored + 1)
    await worker.runJobs()
    expect(await orderOf(agreed)).toMatchObject(paid)
  })

  test('are not logged with the token in their address', async () => {
    const token = await sign({}, 'guessed')
    await rawRequest(`${baseUrl}/webhooks/tamara?tamaraToken=${token}`, { method: 'POST', body: about('x') })
    expect(JSON.stringify(app.logs)).not.toContain(token)
  })
})

describe('money', () => {
  beforeEach(() => () => {
    ctx.providers.payments.tamara = createTamaraProvider(ctx.config, ctx.metrics, clock)
  })
  function captureOnFulfilment(): void {
    const settings = { ...ctx.config, TAMARA_CAPTURE: 'on-fulfilment' } as const
    ctx.providers.payments.tamara = createTamaraProvider(settings, ctx.metrics, clock)
  }
  async function held(): Promise<Placed> {
    captureOnFulfilment()
    const placed = await approved()
    await worker.settle()
    expect(await orderOf(placed)).toMatchObject({ state: 'confirmed', payment: { state: 'authorised' } })
    expect(atTamara(placed)).toMatchObject({ status: 'authorised', captures: [] })
    return placed
  }

  test('is taken in parts as parcels leave, with their carriers, and the last lets go of the rest', async () => {
    const placed = await held()
    const staff = await given.staff()
    const due = placed.order.totals.due.amount
    const parcel = { company: 'Aramex', trackingNumber: 'A1', trackingUrl: null, shippedAt: clock.now().toISOString() }
    const capture = (amount: number, isFinal: boolean) =>
      staff.call(capturePayment, {
        params: { paymentId: placed.paymentId },
        body: { amount: money(amount), isFinal, shipment: { ...parcel, trackingNumber: `A${amount}` } },
        idempotencyKey: randomUUID(),
      })
    sandbox.control.addFault({ provider: 'tamara', kind: 'reset-after', path: '/payments/capture' })
    await capture(5_000, false)
    clock.advance({ minutes: 1 })
    await worker.runJobs()
    expect(atTamara(placed)).toMatchObject({ status: 'partially_captured', captures: [{ amount: 5_000 }] })
    await capture(due - 6_000, true)
    await worker.settle()
    expect(atTamara(placed)).toMatchObject({
      captures: [{ amount: 5_000, shippingInfo: { shipping_company: 'Aramex' } }, { amount: due - 6_000 }],
      cancels: [{ amount: 1_000 }],
    })
    expect(await orderOf(placed)).toMatchObject({ payment: { state: 'captured', captured: { amount: due - 1_000 } } })
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('that is held is let go when the order is called off, and none is taken', async () => {
    const placed = await held()
    const staff = await given.staff()
    const body = { reason: 'out of stock after all' }
    const params = { paymentId: placed.paymentId }
    await staff.call(voidPayment, { params, body, idempotencyKey: randomUUID() })
    await worker.settle()
    expect(atTamara(placed)).toMatchObject({ status: 'canceled', captures: [] })
    expect(await orderOf(placed)).toMatchObject({ state: 'cancelled', payment: { state: 'cancelled' } })
    expect(await faultsInBooks(app)).toEqual([])
  })

  const refundFault = { provider: 'tamara', path: '/payments/simplified-refund/{id}' } as const

  /** Staff give one piece of the order's line back, as often as `times` says, each a wish of its own. */
  async function giveBack(placed: Awaited<ReturnType<typeof approved>>, times = 1) {
    const [line] = (await orderOf(placed)).lines
    if (!line) throw new Error('no line')
    const staff = await given.staff()
    const body = {
      lines: [{ lineId: line.id, quantity: 1 }],
      destination: 'original' as const,
      expectedAmount: line.unitPrice,
      reason: 'came back unopened',
    }
    for (let time = 0; time < times; time += 1)
      await staff.call(createRefund, { params: { number: placed.order.number }, body, idempotencyKey: randomUUID() })
    return line.unitPrice
  }

  test('is given back twice for two equal wishes, though both answers were lost and both webhooks came first', async () => {
    const placed = await approved({ quantity: 2 })
    await worker.settle()
    sandbox.control.addFault({ ...refundFault, kind: 'reset-after', times: 2 })
    const { amount } = await giveBack(placed, 2)
    await worker.settle()
    clock.advance({ minutes: 3 })
    await worker.runJobs()
    expect(atTamara(placed).refunds.map((refund) => refund.amount)).toEqual([amount, amount])
    const { refunds: known } = await orderOf(placed)
    expect(known.map(({ state }) => state)).toEqual(['succeeded', 'succeeded'])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('is given back once, though the answer was lost', async () => {
    const placed = await approved()
    await worker.settle()
    sandbox.control.addFault({ ...refundFault, kind: 'reset-after' })
    const price = await giveBack(placed)
    await worker.settle()
    clock.advance({ minutes: 1 })
    await worker.runJobs()
    expect(atTamara(placed)).toMatchObject({ status: 'partially_refunded', refunds: [{ amount: price.amount }] })
    expect(await orderOf(placed)).toMatchObject({ refunds: [{ state: 'succeeded', amount: price }] })
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('is asked back again only once the first asking must have arrived', async () => {
    const placed = await approved()
    await worker.settle()
    sandbox.control.addFault({ ...refundFault, kind: 'reset-before' })
    const { amount } = await giveBack(placed)
    clock.advance({ seconds: 90 })
    await worker.settle()
    expect(atTamara(placed).refunds).toEqual([])
    clock.advance({ seconds: 31 })
    await worker.settle()
    expect(atTamara(placed).refunds.map((refund) => refund.amount)).toEqual([amount])
    expect(await faultsInBooks(app)).toEqual([])
  })
})
