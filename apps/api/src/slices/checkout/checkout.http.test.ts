import * as cartContract from '@dhow/contracts/cart.ts'
import { cancelOrder, checkOutCart } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { faultsInBooks } from '../../../test/books.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import { rawJson, rawRequest } from '../../../test/raw-request.ts'

const app = await startTestApp()
const { api, given, db, baseUrl, sandbox } = app

const checkOut = (cartId: string, amount: number, idempotencyKey: string = randomUUID(), locale: 'en' | 'ar' = 'en') =>
  api.call(checkOutCart, {
    params: { cartId },
    body: { paymentMethod: 'card', expectedTotal: money(amount) },
    idempotencyKey,
    locale,
  })
const levelOf = (variantId: string) =>
  db.selectFrom('stockLevels').select(['onHand', 'reserved']).where('variantId', '=', variantId).executeTakeFirst()
const countOrders = async () => (await db.selectFrom('orders').select('id').execute()).length

describe('checking out', () => {
  test('makes an order that waits for its payment, with its stock held and its words frozen', async () => {
    const variant = await given.variant({ price: money(3550), name: { en: 'Oud', ar: 'عود' } })
    const guest = await given.guestAtCheckout({ variant, quantity: 2 })
    const result = await checkOut(guest.cartId, 8600)

    expect(result.order).toMatchObject({
      state: 'awaiting-payment',
      locale: 'en',
      itemCount: 2,
      contact: { email: guest.contact.email },
      address: { building: 'Marina Heights' },
      delivery: { method: 'standard', price: money(1500), earliest: '2026-11-25', latest: '2026-11-25' },
      lines: [{ name: 'Oud', quantity: 2, unitPrice: money(3550), total: money(7100), vat: money(338) }],
      totals: { subtotal: money(7100), delivery: money(1500), vat: money(338 + 71), grandTotal: money(8600) },
      payment: { method: 'card', state: 'pending', amount: money(8600), card: null },
      placedAt: '2026-11-24T08:00:00.000Z',
      payBefore: '2026-11-24T08:30:00.000Z',
      canCancel: true,
      timeline: [{ kind: 'placed' }],
    })
    expect(result.order.number).toMatch(/^DH-[0-9A-Z]{4}-[0-9A-Z]{4}$/)
    expect(result.payment.action).toMatchObject({ kind: 'client_secret', scriptUrl: app.env['STRIPE_JS_URL'] })
    expect(await levelOf(variant.id)).toEqual({ onHand: 10, reserved: 2 })

    await db.updateTable('products').set({ nameEn: 'Renamed' }).where('id', '=', variant.productId).execute()
    expect((await guest.placeOrder()).order?.lines[0]?.name).toBe('Oud')
  })

  test('asks the provider for the amount in fils, about the order and nobody, under our own key', async () => {
    const guest = await given.guestAtCheckout({ variant: await given.variant({ price: money(13_450) }) })
    const { order, payment } = await checkOut(guest.cartId, 14_950)
    const row = await db.selectFrom('orders').select('id').where('number', '=', order.number).executeTakeFirstOrThrow()
    const intents = sandbox.control.state().paymentIntents.filter((intent) => intent.metadata['order_id'] === row.id)
    expect(intents).toMatchObject([
      { amount: 14_950, currency: 'aed', metadata: { order_id: row.id }, status: 'requires_payment_method' },
    ])
    expect(JSON.stringify(intents)).not.toContain(guest.contact.email)
    const events = sandbox.control.state().events.filter((event) => event.paymentIntent === intents[0]?.id)
    expect(events).toHaveLength(1)
    expect(payment.id).not.toBe(row.id)
  })

  test('answers in the language asked for, and remembers it for the letters to come', async () => {
    const variant = await given.variant({ name: { en: 'Oud', ar: 'عود' } })
    const guest = await given.guestAtCheckout({ variant, locale: 'ar' })
    const { order } = await checkOut(guest.cartId, 11_500, randomUUID(), 'ar')
    expect([order.locale, order.lines[0]?.name]).toEqual(['ar', 'عود'])
  })

  test('again, by any key, is the same order while it waits', async () => {
    const guest = await given.guestAtCheckout()
    const before = await countOrders()
    const first = await checkOut(guest.cartId, 11_500)
    const second = await checkOut(guest.cartId, 11_500)
    const late = await checkOut(guest.cartId, 1)
    expect([second, late]).toEqual([first, first])
    expect(await countOrders()).toBe(before + 1)
  })

  test('by the same key is the same answer, said to be a replay', async () => {
    const guest = await given.guestAtCheckout()
    const key = randomUUID()
    const first = await checkOut(guest.cartId, 11_500, key)
    const body = { paymentMethod: 'card', expectedTotal: money(11_500) }
    const again = await rawJson(`${baseUrl}/api/v1/carts/${guest.cartId}/checkout`, 'POST', body, {
      'idempotency-key': key,
    })
    expect([again.status, again.headers.get('idempotent-replayed')]).toEqual([201, 'true'])
    expect(again.body).toEqual(first)
    const other = await rawJson(
      `${baseUrl}/api/v1/carts/${guest.cartId}/checkout`,
      'POST',
      { ...body, expectedTotal: money(1) },
      { 'idempotency-key': key },
    )
    expect([other.status, other.code]).toEqual([422, 'idempotency/mismatch'])
  })

  test('leaves no readable answer under its key', async () => {
    const guest = await given.guestAtCheckout()
    const { payment } = await checkOut(guest.cartId, 11_500)
    const rows = await db.selectFrom('idempotencyKeys').select('response').execute()
    const secret = payment.action.kind === 'client_secret' ? payment.action.clientSecret : ''
    expect(rows.some(({ response }) => response?.includes(secret) || response?.includes(guest.contact.email))).toBe(
      false,
    )
  })
})

describe('checking out is refused, and nothing is held or begun,', () => {
  const refused = async (cartId: string, amount: number) => {
    const [orders, intents] = [await countOrders(), sandbox.control.state().paymentIntents.length]
    const problem = await problemOf(checkOut(cartId, amount))
    expect([await countOrders(), sandbox.control.state().paymentIntents.length]).toEqual([orders, intents])
    expect(await faultsInBooks(app)).toEqual([])
    return problem
  }

  test('of a cart that does not exist', async () => {
    expect((await refused('AAAAAAAAAAAAAAAAAAAAAA', 11_500)).code).toBe('cart/not-found')
  })

  test('of an empty cart', async () => {
    const cart = await given.cart({ lines: [] })
    expect((await refused(cart.id, 0)).code).toBe('cart/empty')
  })

  test('of a cart of which something is missing, and what is named', async () => {
    const cart = await given.cart()
    const problem = await refused(cart.id, 10_000)
    expect([problem.code, problem.document['missing']]).toEqual(['cart/incomplete', ['contact', 'address', 'delivery']])
  })

  test('when the price is not what the shopper saw, and the new total is named', async () => {
    const variant = await given.variant()
    const guest = await given.guestAtCheckout({ variant })
    await db.updateTable('variants').set({ priceAmount: 12_000 }).where('id', '=', variant.id).execute()
    const problem = await refused(guest.cartId, 11_500)
    expect([problem.code, problem.document['total']]).toEqual(['cart/total-changed', money(13_500)])

    const accepted = await api.call(cartContract.acceptChanges, { params: { cartId: guest.cartId } })
    const { order } = await checkOut(guest.cartId, accepted.totals.grandTotal.amount)
    expect(order.lines[0]).toMatchObject({ unitPrice: money(12_000) })
  })

  test('when stock has gone, and each shortage is named', async () => {
    const [plenty, scarce] = await Promise.all([given.variant(), given.variant({ onHand: 3 })])
    const guest = await given.guestAtCheckout({ lines: [{ variant: plenty }, { variant: scarce, quantity: 3 }] })
    await given.order({ variant: scarce, quantity: 2, state: 'awaiting-payment' })
    const problem = await refused(guest.cartId, guest.cart.totals.grandTotal.amount)
    expect([problem.code, problem.document['shortages']]).toEqual([
      'inventory/out-of-stock',
      [{ variantId: scarce.id, available: 1 }],
    ])
    expect(await levelOf(plenty.id)).toEqual({ onHand: 10, reserved: 0 })
  })

  test('when a product is not sold any more', async () => {
    const variant = await given.variant()
    const guest = await given.guestAtCheckout({ variant })
    await db.updateTable('products').set({ status: 'archived' }).where('id', '=', variant.productId).execute()
    const problem = await refused(guest.cartId, 11_500)
    expect([problem.code, problem.document['variantIds']]).toEqual(['cart/variant-not-available', [variant.id]])
  })

  test('when the chosen delivery is not offered any more: same-day, after its cut-off', async () => {
    const other = await startTestApp({ now: '2026-11-24T09:59:00Z' })
    const guest = await other.given.guestAtCheckout({ delivery: 'same-day' })
    other.clock.advance({ minutes: 1 })
    expect((await guest.placeOrder()).code).toBe('cart/delivery-not-available')
  })

  test('when the amount is below or above what the provider takes', async () => {
    await db.updateTable('deliveryRates').set({ freeOverAmount: 0 }).where('emirate', '=', 'AE-UQ').execute()
    app.clock.advance({ minutes: 1 })
    const cheap = await given.guestAtCheckout({
      variant: await given.variant({ price: money(199) }),
      address: { emirate: 'AE-UQ' },
    })
    expect((await refused(cheap.cartId, 199)).code).toBe('payments/amount-not-supported')
    const dear = await given.guestAtCheckout({ variant: await given.variant({ price: money(100_000_000) }) })
    expect((await refused(dear.cartId, dear.cart.totals.grandTotal.amount)).code).toBe('payments/amount-not-supported')
  })

  test('of a cart whose order is paid', async () => {
    const guest = await given.order({ state: 'confirmed' })
    const problem = await refused(guest.cartId, 11_500)
    expect(problem.code).toBe('cart/checked-out')
    expect(problem.document).toMatchObject({ orderNumber: guest.view.number, orderState: 'confirmed' })
  })

  test('without a key, with a bad key, and with a body of its own', async () => {
    const guest = await given.guestAtCheckout()
    const url = `${baseUrl}/api/v1/carts/${guest.cartId}/checkout`
    const body = { paymentMethod: 'card', expectedTotal: money(11_500) }
    const key = { 'idempotency-key': randomUUID() }
    const before = await countOrders()
    const answers = [
      await rawJson(url, 'POST', body),
      await rawJson(url, 'POST', body, { 'idempotency-key': 'short' }),
      await rawJson(url, 'POST', { ...body, grandTotal: 1 }, key),
      await rawJson(url, 'POST', { ...body, expectedTotal: { amount: 115.5, currency: 'AED' } }, key),
      await rawJson(url, 'POST', { ...body, expectedTotal: { amount: 11_500, currency: 'USD' } }, key),
      await rawJson(url, 'POST', { ...body, paymentMethod: 'free' }, key),
      await rawRequest(url, { method: 'POST', headers: key }),
    ]
    expect(answers.map((answer) => [answer.status, answer.code])).toEqual([
      [400, 'idempotency/key-required'],
      [400, 'request/malformed'],
      [422, 'request/invalid'],
      [422, 'request/invalid'],
      [422, 'request/invalid'],
      [422, 'request/invalid'],
      [415, 'request/unsupported-media-type'],
    ])
    expect(await countOrders()).toBe(before)
  })
})

describe('a cart whose order was cancelled', () => {
  test('is open again with everything in it, and becomes another order', async () => {
    const guest = await given.guestAtCheckout()
    const first = await checkOut(guest.cartId, 11_500)
    await api.call(cancelOrder, { params: { number: first.order.number }, orderToken: first.token })
    const view = await api.call(cartContract.getCart, { params: { cartId: guest.cartId } })
    expect(view).toEqual(guest.cart)

    const second = await checkOut(guest.cartId, 11_500)
    expect(second.order.number).not.toBe(first.order.number)
    expect(
      await codeOf(api.call(cancelOrder, { params: { number: second.order.number }, orderToken: first.token })),
    ).toBe('orders/not-found')
    await app.worker.settle()
    expect(await faultsInBooks(app)).toEqual([])
  })
})

describe('when the provider', () => {
  const create = { provider: 'stripe', method: 'POST', path: '/v1/payment_intents' } as const

  test('is down, the answer says so, and the same key later makes one order and one payment', async () => {
    const guest = await given.guestAtCheckout()
    const key = randomUUID()
    sandbox.control.addFault({ ...create, kind: 'error500', times: 3 })
    const problem = await problemOf(checkOut(guest.cartId, 11_500, key))
    expect([problem.status, problem.code]).toEqual([503, 'payments/provider-unavailable'])
    const { order } = await checkOut(guest.cartId, 11_500, key)
    expect(order.state).toBe('awaiting-payment')
    await guest.placeOrder()
    await guest.pay()
    await app.worker.settle()
    expect(await faultsInBooks(app)).toEqual([])
    expect((await guest.order()).state).toBe('confirmed')
  })

  test('drops the connection after it has created the payment, it is found again', async () => {
    const guest = await given.guestAtCheckout()
    sandbox.control.addFault({ ...create, kind: 'reset-after', times: 3 })
    const key = randomUUID()
    const problem = await problemOf(checkOut(guest.cartId, 11_500, key))
    expect(problem.code).toBe('payments/provider-unavailable')
    sandbox.control.clearFaults()
    const { order } = await checkOut(guest.cartId, 11_500, key)
    const row = await db.selectFrom('orders').select('id').where('number', '=', order.number).executeTakeFirstOrThrow()
    expect(
      sandbox.control.state().paymentIntents.filter((intent) => intent.metadata['order_id'] === row.id),
    ).toHaveLength(1)
  })

  test('drops it once, nobody notices', async () => {
    const guest = await given.guestAtCheckout()
    sandbox.control.addFault({ ...create, kind: 'reset-after' })
    expect((await guest.placeOrder()).status).toBe(201)
  })
})
