import { listMyOrders } from '@dhow/contracts/account.ts'
import { getPayment, voidPayment } from '@dhow/contracts/admin-payments.ts'
import { previewRefund } from '@dhow/contracts/admin-refunds.ts'
import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import { refuseCash } from '@dhow/contracts/cod.ts'
import { checkOutCart } from '@dhow/contracts/orders.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { faultsInBooks } from '../../../../test/books.ts'
import { collectedOrder, promiseCash, promisedOrder, readCash } from '../../../../test/cash.ts'
import { creditOf, giveCredit } from '../../../../test/credit.ts'
import { paymentOf, placeOrderIn } from '../../../../test/placed-order.ts'
import { codeOf, problemOf } from '../../../../test/problems.ts'
import { ask, optionsOf, refunded, wishOf } from '../../../../test/refunds.ts'

const app = await startTestApp()
const { given, db, worker } = app
const owner = await given.staff()

async function customerWith(amount: number) {
  const customer = await given.customer()
  await giveCredit(app, customer, amount)
  return customer
}

/** Everything that can be given back of an order. */
const everythingOf = (order: Pick<OrderView, 'lines' | 'totals'>) => {
  const { delivery, paymentFee } = order.totals
  return {
    lines: order.lines.map(({ id, quantity }) => ({ lineId: id, quantity })),
    ...(delivery.amount > 0 && { delivery: { amount: delivery.amount, currency: 'AED' as const } }),
    ...(paymentFee.amount > 0 && { paymentFee: { amount: paymentFee.amount, currency: 'AED' as const } }),
  }
}

test('of an order that credit and a card paid, the card gets its own back first', async () => {
  const customer = await customerWith(5000)
  const order = await placeOrderIn(app, { customer, useStoreCredit: true })
  await order.pay()
  await worker.settle()
  const [line] = order.view.lines
  const [first] = await refunded(owner, order.view, { lines: [{ lineId: line?.id ?? '', amount: money(2000) }] })
  expect(first).toMatchObject({ destination: 'original', amount: money(2000) })
  const isGivenBack = async () => (await customer.call(listMyOrders, { query: {} })).items[0]?.isGivenBack
  expect(await isGivenBack()).toBe(false)
  const rest = await refunded(owner, order.view, everythingOf(order.view))
  expect(rest.toSorted((one, other) => one.amount.amount - other.amount.amount)).toMatchObject([
    { destination: 'original', amount: money(4500), state: 'succeeded' },
    { destination: 'store-credit', amount: money(5000), state: 'succeeded' },
  ])
  expect(await isGivenBack()).toBe(true)
  expect(await creditOf(app, customer)).toBe(5000)
  expect(await paymentOf(app, order.view.number)).toMatchObject({ refundedAmount: 6500 })
  expect(await optionsOf(owner, order.view)).toMatchObject({ left: money(0), lines: [{ leftVat: money(0) }] })
  await worker.settle()
  expect(await faultsInBooks(app)).toEqual([])
})

test('what credit paid for becomes credit again', async () => {
  const customer = await customerWith(20_000)
  const order = await placeOrderIn(app, { customer, paymentMethod: 'store-credit' })
  await refunded(owner, order.view, everythingOf(order.view))
  expect(await creditOf(app, customer)).toBe(20_000)
  expect(await faultsInBooks(app)).toEqual([])
})

test('cash becomes credit, as much as was paid and not a fils of what rounding left out', async () => {
  const customer = await given.customer()
  const variant = await given.variant({ price: money(9_937) })
  const made = await collectedOrder(app, owner, { customer, variant })
  const order = await readCash(app, made)
  expect(order.totals.rounding.amount).toBeLessThan(0)
  const params = { number: order.number }
  const toCard = owner.call(previewRefund, { params, body: wishOf(everythingOf(order)) })
  expect(await codeOf(toCard)).toBe('refunds/destination-not-possible')
  const [refund] = await refunded(owner, order, { ...everythingOf(order), destination: 'store-credit' })
  expect(refund).toMatchObject({ amount: order.totals.due, rounding: order.totals.rounding, vat: order.totals.vat })
  expect(await creditOf(app, customer)).toBe(order.totals.due.amount)
  expect(await optionsOf(owner, order)).toMatchObject({ left: money(0), destinations: [] })
  expect(await faultsInBooks(app)).toEqual([])
})

test('a guest who paid cash has nowhere to have it given back to, and staff are told why', async () => {
  const made = await collectedOrder(app, owner)
  const order = await readCash(app, made)
  expect(await optionsOf(owner, order)).toMatchObject({ destinations: [], left: order.totals.due })
  const body = wishOf({ other: money(100), destination: 'store-credit' })
  const problem = await problemOf(owner.call(previewRefund, { params: { number: order.number }, body }))
  expect(problem.code).toBe('refunds/destination-not-possible')
  expect(problem.document.detail).toContain('cash by a guest')
})

test('credit is given back once: by a refund after the cash was taken, by calling the order off before', async () => {
  const customer = await customerWith(5000)
  const guest = await given.guestAtCheckout({ customer })
  const query = { storeCredit: '1' } as const
  const { items } = await customer.call(listPaymentMethods, { params: { cartId: guest.cartId }, query })
  const expectedTotal = items.find(({ method }) => method === 'cod')?.due ?? money(0)
  const { order, token } = await customer.call(checkOutCart, {
    params: { cartId: guest.cartId },
    body: { paymentMethod: 'cod', expectedTotal, useStoreCredit: true },
    idempotencyKey: randomUUID(),
  })
  const call = { params: { number: order.number }, orderToken: token }
  await promiseCash(app, { ...guest, number: order.number, due: expectedTotal, call })
  expect(await optionsOf(owner, order)).toMatchObject({ left: money(0), destinations: [] })
  const early = ask(owner, order, { other: money(2000), destination: 'store-credit' })
  expect(await codeOf(early)).toBe('refunds/nothing-left')
  const body = { reason: 'nobody was there' }
  await owner.call(refuseCash, { params: { number: order.number }, body, idempotencyKey: randomUUID() })
  expect(await creditOf(app, customer)).toBe(5000)
  expect(await faultsInBooks(app)).toEqual([])
})

test('an order in cash is called off before it leaves: nobody waits at the door', async () => {
  const order = await promisedOrder(app)
  const { id: paymentId } = await paymentOf(app, order.number)
  const params = { paymentId }
  expect(await owner.call(getPayment, { params })).toMatchObject({ canVoid: true, canCapture: false })
  const body = { reason: 'out of stock after all' }
  const gone = await owner.call(voidPayment, { params, body, idempotencyKey: randomUUID() })
  expect(gone).toMatchObject({ state: 'cancelled', orderState: 'cancelled' })
  const waiting = await db.selectFrom('codCollections').select('state').where('paymentId', '=', paymentId).execute()
  expect(waiting).toEqual([{ state: 'cancelled' }])
  expect(await faultsInBooks(app)).toEqual([])
})
