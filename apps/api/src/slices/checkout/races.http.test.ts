import { addLine, createCart, getCart, putDelivery } from '@dhow/contracts/cart.ts'
import { cancelOrder, checkOutCart } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { faultsInBooks } from '../../../test/books.ts'
import { countBy } from '../../../test/count-by.ts'
import { placeOrderIn } from '../../../test/placed-order.ts'
import { codeOf } from '../../../test/problems.ts'
import { rawJson } from '../../../test/raw-request.ts'

const app = await startTestApp()
const { api, given, db, sandbox, worker, baseUrl } = app

const levelOf = (variantId: string) =>
  db.selectFrom('stockLevels').select(['onHand', 'reserved']).where('variantId', '=', variantId).executeTakeFirst()
const ordersOf = async (variantId: string) =>
  (await db.selectFrom('orderLines').select('orderId').where('variantId', '=', variantId).execute()).length
const intentsBegun = () => sandbox.control.state().paymentIntents.length

describe('buyers at the same moment', () => {
  test('twenty for the last five units get five orders and fifteen out-of-stock problems', async () => {
    const variant = await given.variant({ onHand: 5 })
    const buyers = await given.many(20, () => given.guestAtCheckout({ variant }))
    const answers = await Promise.all(buyers.map((buyer) => buyer.placeOrder()))
    expect(countBy(answers, (answer) => answer.code ?? answer.status)).toEqual({ 201: 5, 'inventory/out-of-stock': 15 })
    expect(await levelOf(variant.id)).toEqual({ onHand: 5, reserved: 5 })
    expect(await faultsInBooks(app)).toEqual([])

    const winners = buyers.filter((_, index) => answers[index]?.status === 201)
    await Promise.all(winners.map((winner) => winner.pay()))
    await worker.settle()
    expect(await levelOf(variant.id)).toEqual({ onHand: 0, reserved: 0 })
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('who each want three of ten are three, and one unit is left', async () => {
    const variant = await given.variant({ onHand: 10 })
    const buyers = await given.many(8, () => given.guestAtCheckout({ variant, quantity: 3 }))
    const answers = await Promise.all(buyers.map((buyer) => buyer.placeOrder()))
    expect(countBy(answers, (answer) => answer.status)).toEqual({ 201: 3, 409: 5 })
    expect(await levelOf(variant.id)).toEqual({ onHand: 10, reserved: 9 })
  })

  test('with the same products in opposite order never block each other', async () => {
    const variants = await given.many(5, () => given.variant({ onHand: 200 }))
    const lines = variants.map((variant) => ({ variant }))
    const buyers = await given.many(24, (index) =>
      given.guestAtCheckout({ lines: index % 2 === 0 ? lines : lines.toReversed() }),
    )
    const answers = await Promise.all(buyers.map((buyer) => buyer.placeOrder()))
    expect(countBy(answers, (answer) => answer.code ?? answer.status)).toEqual({ 201: 24 })
    for (const variant of variants) expect(await levelOf(variant.id)).toEqual({ onHand: 200, reserved: 24 })
  })

  test('while others of the same products pay and cancel, all end as they should', async () => {
    const variants = await given.many(3, () => given.variant({ onHand: 100 }))
    const lines = variants.map((variant) => ({ variant }))
    const [payers, quitters, buyers] = await Promise.all([
      given.many(6, () => placeOrderIn(app, { lines })),
      given.many(6, () => placeOrderIn(app, { lines: lines.toReversed() })),
      given.many(6, () => given.guestAtCheckout({ lines })),
    ])
    await Promise.all(payers.map((payer) => payer.pay()))
    await Promise.all([
      ...payers.map((payer) => payer.refresh()),
      ...quitters.map((quitter) => api.call(cancelOrder, quitter.call)),
      ...buyers.map((buyer) => buyer.placeOrder()),
    ])
    await worker.settle()
    expect(await levelOf(variants[0]?.id ?? '')).toEqual({ onHand: 94, reserved: 6 })
    expect(await faultsInBooks(app)).toEqual([])
  })
})

describe('one cart', () => {
  const body = { paymentMethod: 'card', expectedTotal: money(11_500) } as const

  test('checked out fifty times in parallel with one Idempotency-Key is one order and fifty equal answers', async () => {
    const variant = await given.variant()
    const guest = await given.guestAtCheckout({ variant })
    const idempotencyKey = randomUUID()
    const before = intentsBegun()
    const answers = await given.many(50, () =>
      api.callText(checkOutCart, { params: { cartId: guest.cartId }, body, idempotencyKey }),
    )
    expect(new Set(answers).size).toBe(1)
    expect([await ordersOf(variant.id), intentsBegun() - before]).toEqual([1, 1])
    expect(await levelOf(variant.id)).toEqual({ onHand: 10, reserved: 1 })
  })

  test('checked out fifty times in parallel, without waiting, is 201 or "still running", and one order', async () => {
    const variant = await given.variant()
    const guest = await given.guestAtCheckout({ variant })
    const key = { 'idempotency-key': randomUUID() }
    const url = `${baseUrl}/api/v1/carts/${guest.cartId}/checkout`
    const answers = await given.many(50, () => rawJson(url, 'POST', body, key))
    const bodies = answers.filter((answer) => answer.status === 201).map((answer) => JSON.stringify(answer.body))
    expect(new Set(bodies).size).toBe(1)
    expect(answers.every((answer) => answer.status === 201 || answer.code === 'idempotency/in-progress')).toBe(true)
    expect(await ordersOf(variant.id)).toBe(1)
  })

  test('checked out with fifty different keys is one order and one payment', async () => {
    const variant = await given.variant()
    const guest = await given.guestAtCheckout({ variant })
    const before = intentsBegun()
    const answers = await given.many(50, () => guest.placeOrder())
    expect(countBy(answers, (answer) => answer.code ?? answer.status)).toEqual({ 201: 50 })
    expect(new Set(answers.map((answer) => JSON.stringify(answer.payment))).size).toBe(1)
    expect([await ordersOf(variant.id), intentsBegun() - before]).toEqual([1, 1])
  })

  test('changed by one tab while another checks out becomes an order of what it was before or after, never between', async () => {
    const outcomes: string[] = []
    for (let round = 0; round < 15; round += 1) {
      const variant = await given.variant({ price: money(5000) })
      const guest = await given.guestAtCheckout({ variant })
      const params = { cartId: guest.cartId }
      const [checkout, added] = await Promise.all([
        guest.placeOrder(),
        codeOf(api.call(addLine, { params, body: { variantId: variant.id } })),
      ])
      const cart = await api.call(getCart, { params })
      outcomes.push(
        [checkout.code ?? `order of ${checkout.order.itemCount}`, added, cart.state, cart.itemCount].join(', '),
      )
    }
    const possible = ['order of 1, cart/checked-out, checked-out, 1', 'cart/total-changed, none, open, 2']
    expect(outcomes.filter((outcome) => !possible.includes(outcome))).toEqual([])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('is not written to by a step of checkout that comes after it has become an order', async () => {
    const guest = await placeOrderIn(app)
    expect(
      await codeOf(api.call(putDelivery, { params: { cartId: guest.cartId }, body: { method: 'same-day' } })),
    ).toBe('cart/checked-out')
    expect((await guest.order()).delivery.method).toBe('standard')
  })

  test('started many times with one key is one cart', async () => {
    const carts = await given.many(20, () => api.call(createCart, { body: {}, idempotencyKey: 'one-cart-please' }))
    expect(new Set(carts.map((cart) => cart.id)).size).toBe(1)
  })
})

describe('cancelling and paying at the same moment', () => {
  test('ends cancelled and never paid, or confirmed and paid', async () => {
    const outcomes: string[] = []
    for (let round = 0; round < 20; round += 1) {
      const guest = await placeOrderIn(app)
      const [cancelled, paid] = await Promise.all([
        codeOf(api.call(cancelOrder, guest.call)),
        guest.pay(),
        round % 2 === 0 ? guest.refresh() : undefined,
      ])
      await worker.settle()
      const { state, payment } = await guest.order()
      outcomes.push([state, payment.state, cancelled, paid.intentStatus].join(' '))
    }
    const possible = ['cancelled cancelled none canceled', 'confirmed captured orders/not-cancellable succeeded']
    expect(outcomes.filter((outcome) => !possible.includes(outcome))).toEqual([])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('by shopper, sweep and dashboard together ends cancelled once', async () => {
    const guests = await given.many(6, () => placeOrderIn(app))
    app.clock.advance({ minutes: 31 })
    await Promise.all([
      ...guests.map((guest) => codeOf(api.call(cancelOrder, guest.call))),
      worker.runTask('payments.sweep'),
      worker.runTask('payments.sweep'),
    ])
    await worker.settle()
    expect(countBy(await Promise.all(guests.map((guest) => guest.order())), (order) => order.state)).toEqual({
      cancelled: 6,
    })
    expect(await faultsInBooks(app)).toEqual([])
  })
})

test('a worker that does every job twice, at once, leaves what one would', async () => {
  const guests = await given.many(5, () => placeOrderIn(app))
  await Promise.all(guests.map((guest) => guest.pay()))
  await sandbox.control.webhooksSettled()
  const jobs = await worker.pendingJobs()
  await Promise.all([...jobs, ...jobs].map((job) => worker.runTask(job.task, job.payload)))
  await worker.runJobs()
  expect(countBy(await Promise.all(guests.map((guest) => guest.order())), (order) => order.state)).toEqual({
    confirmed: 5,
  })
  expect(await faultsInBooks(app)).toEqual([])
  for (const guest of guests) expect(sandbox.control.inbox(guest.contact.email).length).toBeLessThanOrEqual(1)
})
