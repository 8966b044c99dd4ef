import { listMyOrders, takeCart } from '@dhow/contracts/account.ts'
import { cancelOrder, getOrder, refreshPayment, resumePayment } from '@dhow/contracts/orders.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { faultsInBooks } from '../../../test/books.ts'
import type { GivenCustomer } from '../../../test/customer.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import type { Guest, GuestWish } from '../../../test/shopper.ts'

const app = await startTestApp()
const { api, given, db, clock } = app

const take = (customer: GivenCustomer, cartId: string | null) => customer.call(takeCart, { body: { cartId } })

/** An order a customer has placed, still unpaid, with what its guest could do about it. */
async function orderOf(
  customer: GivenCustomer,
  wish: GuestWish = {},
): Promise<Guest & { view: OrderView; token: string; number: string }> {
  const guest = await given.guestAtCheckout(wish)
  await take(customer, guest.cartId)
  const answer = await guest.placeOrder()
  if (!answer.order) throw new Error(`the order was refused: ${answer.code}`)
  return { ...guest, view: answer.order, token: answer.token, number: answer.order.number }
}

const cartsOf = (customer: GivenCustomer) =>
  db.selectFrom('carts').select('state').where('customerId', '=', customer.account.id).execute()

describe('an order of a customer', () => {
  test('is theirs, and cancelled gives the cart back as it was', async () => {
    const customer = await given.customer()
    const guest = await given.guestAtCheckout()
    await take(customer, guest.cartId)
    const { order } = await guest.placeOrder()
    const number = order?.number ?? ''
    const row = await db.selectFrom('orders').select('customerId').where('number', '=', number).executeTakeFirst()
    expect(row?.customerId).toBe(customer.account.id)
    expect(await take(customer, null)).toEqual({ cart: null, addedLines: 0 })
    await customer.call(cancelOrder, { params: { number } })
    expect((await take(customer, null)).cart).toEqual(guest.cart)
  })

  test('cancelled when another cart has been begun is poured into that, and there is one open cart', async () => {
    const variant = await given.variant({ onHand: 3 })
    const customer = await given.customer()
    const guest = await given.guestAtCheckout({ variant, quantity: 2 })
    await take(customer, guest.cartId)
    const { order } = await guest.placeOrder()
    const next = await given.cart({ lines: [{ variant, quantity: 1 }, { variant: await given.variant() }] })
    await take(customer, next.id)
    await customer.call(cancelOrder, { params: { number: order?.number ?? '' } })
    const { cart } = await take(customer, null)
    expect([cart?.id, cart?.itemCount, cart?.needsAttention]).toEqual([next.id, 4, false])
    expect(await cartsOf(customer)).toEqual([{ state: 'open' }])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('cancelled while a cart is taken ends with one open cart that has everything', async () => {
    for (let round = 0; round < 6; round += 1) {
      const customer = await given.customer()
      const guest = await given.guestAtCheckout()
      await take(customer, guest.cartId)
      const { order } = await guest.placeOrder()
      const next = await given.cart()
      await Promise.all([
        customer.call(cancelOrder, { params: { number: order?.number ?? '' } }),
        take(customer, next.id),
      ])
      expect((await take(customer, null)).cart?.itemCount).toBe(2)
      expect(await cartsOf(customer)).toEqual([{ state: 'open' }])
    }
    await app.worker.settle()
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('cancelled while the next one of the same variant is placed: neither waits for the other for ever', async () => {
    const variant = await given.variant({ onHand: 100 })
    for (let round = 0; round < 6; round += 1) {
      const customer = await given.customer()
      const guest = await given.guestAtCheckout({ variant })
      await take(customer, guest.cartId)
      const { order } = await guest.placeOrder()
      const next = await given.guestAtCheckout({ variant })
      await take(customer, next.cartId)
      const [cancelled, placed] = await Promise.all([
        codeOf(customer.call(cancelOrder, { params: { number: order?.number ?? '' } })),
        next.placeOrder(),
      ])
      expect(cancelled).toBe('none')
      expect([201, 409]).toContain(placed.status) // 409: the total has grown by what came back
    }
    expect(await faultsInBooks(app)).toEqual([])
  })
})

describe('the customer whose order it is', () => {
  test('sees it, asks how its payment stands, goes on paying and cancels it, all without its token', async () => {
    const customer = await given.customer()
    const { view, number, token } = await orderOf(customer)
    const params = { number }
    expect(await customer.call(getOrder, { params })).toEqual(view)
    expect(await customer.call(refreshPayment, { params })).toEqual(view)
    const resumed = await customer.call(resumePayment, { params })
    expect(resumed).toMatchObject({ token, payment: { action: { kind: 'client_secret' } } })
    expect((await customer.call(cancelOrder, { params })).state).toBe('cancelled')
  })

  test('sees it in the language asked for, and with an order token of another, which counts for nothing', async () => {
    const variant = await given.variant({ name: { en: 'Oud', ar: 'عود' } })
    const customer = await given.customer()
    const { number } = await orderOf(customer, { variant })
    const arabic = await customer.call(getOrder, { params: { number }, locale: 'ar', orderToken: 'x'.repeat(32) })
    expect(arabic.lines[0]?.name).toBe('عود')
  })

  test('still sees by its token what they placed as a guest', async () => {
    const customer = await given.customer()
    const guest = await given.order({ state: 'awaiting-payment' })
    const { token = '' } = await guest.placeOrder()
    const call = { params: { number: guest.view.number } }
    expect(await codeOf(customer.call(getOrder, call))).toBe('orders/not-found')
    expect(await customer.call(getOrder, { ...call, orderToken: token })).toEqual(guest.view)
  })

  test.each([getOrder, refreshPayment, resumePayment, cancelOrder])(
    'AZ-2: is the only one: $id is 404 to others, as for a number nobody has',
    async (endpoint) => {
      const [mine, theirs] = await Promise.all([given.customer(), given.customer()])
      const { number, view } = await orderOf(mine)
      const answers = await Promise.all([
        problemOf(theirs.call(endpoint, { params: { number } })),
        problemOf(theirs.call(endpoint, { params: { number }, orderToken: 'x'.repeat(32) })),
        problemOf(theirs.call(endpoint, { params: { number: 'DH-0000-0000' } })),
        problemOf(api.call(endpoint, { params: { number } })),
      ])
      expect(new Set(answers.map(({ status, code, document }) => `${status} ${code} ${document.title}`))).toEqual(
        new Set(['404 orders/not-found No such order']),
      )
      expect(await mine.call(getOrder, { params: { number } })).toEqual(view)
    },
  )

  test('is asked who they are when their token is over, also with the token of the order', async () => {
    const shop = await startTestApp()
    const customer = await shop.given.customer()
    const guest = await shop.given.order({ state: 'awaiting-payment' })
    shop.clock.advance({ minutes: 11 })
    const call = { params: { number: guest.view.number } }
    expect(await codeOf(customer.call(getOrder, call))).toBe('auth/required')
  })
})

describe('the list of a customer’s orders', () => {
  test('shows each with its sum, its state, its first line and pictures, in the language asked for', async () => {
    const customer = await given.customer()
    const oud = await given.variant({ name: { en: 'Oud', ar: 'عود' } })
    const dates = await given.variant({ name: { en: 'Dates', ar: 'تمر' } })
    const { number } = await orderOf(customer, {
      lines: [
        { variant: oud, quantity: 2 },
        { variant: dates, quantity: 1 },
      ],
    })
    const { items, nextCursor } = await customer.call(listMyOrders, { query: {} })
    const pictures = items[0]?.pictures.map((picture) => picture.alt)
    expect(pictures).toEqual(['Oud', 'Dates'])
    expect(items).toMatchObject([
      {
        number,
        state: 'awaiting-payment',
        paymentState: 'pending',
        paymentMethod: 'card',
        isGivenBack: false,
        placedAt: clock.now().toISOString(),
        grandTotal: money(30_000),
        itemCount: 3,
        firstLineName: 'Oud',
      },
    ])
    expect(nextCursor).toBeNull()
    const arabic = await customer.call(listMyOrders, { query: {}, locale: 'ar' })
    expect(arabic.items[0]?.firstLineName).toBe('عود')
  })

  test('is read page by page, newest first, none twice and none left out, also when placed in one moment', async () => {
    const customer = await given.customer()
    const other = await given.customer()
    await orderOf(other)
    const numbers: string[] = []
    for (let index = 0; index < 7; index += 1) {
      if (index % 3 === 0) clock.advance({ seconds: 1 })
      numbers.push((await orderOf(customer)).number)
    }
    const seen: string[] = []
    let cursor: string | undefined
    do {
      const page = await customer.call(listMyOrders, { query: { limit: 2, cursor } })
      seen.push(...page.items.map((item) => item.number))
      cursor = page.nextCursor ?? undefined
    } while (cursor)
    expect(seen.toSorted()).toEqual(numbers.toSorted())
    expect(seen[0]).toBe(numbers.at(-1))
    expect((await customer.call(listMyOrders, { query: { limit: 7 } })).nextCursor).toBeNull()
    expect((await customer.call(listMyOrders, { query: { limit: 7 } })).items.map((item) => item.number)).toEqual(seen)
  })

  test.each(['x', 'AAAA', Buffer.from('1.2').toString('base64url'), Buffer.from("1.'--").toString('base64url')])(
    'does not go on from %j',
    async (cursor) => {
      const customer = await given.customer()
      expect(await codeOf(customer.call(listMyOrders, { query: { cursor } }))).toBe('catalog/cursor-invalid')
    },
  )

  test('of somebody who has none is empty', async () => {
    const customer = await given.customer()
    expect(await customer.call(listMyOrders, { query: {} })).toEqual({ items: [], nextCursor: null })
  })
})
