import { cancelOrder, checkOutCart, getOrder, resumePayment } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { faultsInBooks } from '../../../test/books.ts'
import { creditOf, giveCredit } from '../../../test/credit.ts'
import { atHostedPage } from '../../../test/hosted-page.ts'
import { changeMethod, paymentOf, placeOrderIn, startWithoutWebhooks } from '../../../test/placed-order.ts'
import type { PlacedOrder } from '../../../test/placed-order.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import { payByCard } from '../../../test/shopper.ts'
import type { GuestWish } from '../../../test/shopper.ts'

const app = await startWithoutWebhooks()
const { api, given, sandbox, worker, clock, db } = app
const placed = (wish: GuestWish = {}) => placeOrderIn(app, wish)
const numberOf = (order: PlacedOrder) => order.view.number

const entriesOf = (number: string) =>
  db
    .selectFrom('ledgerEntries')
    .innerJoin('ledgerTransactions', 'ledgerTransactions.id', 'ledgerEntries.transactionId')
    .innerJoin('orders', 'orders.id', 'ledgerTransactions.orderId')
    .select(['kind', 'account', 'amount'])
    .where('orders.number', '=', number)
    .orderBy('ledgerEntries.id')
    .execute()
    .then((rows) => rows.map((row) => `${row.kind} ${row.account} ${row.amount}`))

async function customerWith(amount: number) {
  const customer = await given.customer()
  await giveCredit(app, customer, amount)
  return customer
}

describe('checking out by card', () => {
  test('books the sale and the money in the transaction that confirms it', async () => {
    const order = await placed()
    await order.pay()
    await order.refresh()
    expect(await entriesOf(numberOf(order))).toEqual([
      'sale customer 11500',
      'sale sales -10953',
      'sale vat -547',
      'capture clearing:stripe 11500',
      'capture customer -11500',
    ])
  })
})

describe.each(['tabby', 'tamara'] as const)('checking out by %s', (method) => {
  test('sends the shopper to its page, waits as long as its session, and takes the money once they agreed', async () => {
    const order = await placed({ paymentMethod: method })
    expect(order.view).toMatchObject({
      payment: { method, state: 'pending' },
      payBefore: new Date(clock.now().getTime() + 35 * 60_000).toISOString(),
    })
    expect(order.result.payment.action).toMatchObject({ kind: 'redirect', url: expect.stringContaining(sandbox.url) })

    await atHostedPage(app, numberOf(order), 'approve')
    const held = await order.refresh()
    expect(held).toMatchObject({ state: 'confirmed', payment: { state: 'authorised', captured: money(0) } })
    expect(await worker.runJobs()).toContainEqual({ task: 'payments.capture' })
    const taken = await order.order()
    expect(taken.payment).toMatchObject({ state: 'captured', captured: money(11_500) })
    expect(taken.timeline.map((entry) => entry.kind)).toEqual([
      'placed',
      ...(method === 'tamara' ? ['payment-processing'] : []),
      'payment-authorised',
      'confirmed',
      ...taken.timeline
        .map((entry) => entry.kind)
        .filter((kind) => kind === 'confirmation-sent' || kind === 'captured'),
    ])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('and closing the tab on its page is found by the poll', async () => {
    const order = await placed({ paymentMethod: method })
    await atHostedPage(app, numberOf(order), 'approve')
    clock.advance({ seconds: 61 })
    await worker.runTask('payments.sweep')
    await worker.runJobs()
    expect((await order.order()).payment.state).toBe('captured')
    expect(await faultsInBooks(app)).toEqual([])
  })
})

/** Documented at the sandbox: refused before anything is asked. */
const refusedPhone = '+971500000002'

test('a lender that refuses before there is a page leaves an order that waits for another way', async () => {
  const order = await placed({ paymentMethod: 'tabby', contact: { phone: refusedPhone } })
  expect(order.result.payment.action).toEqual({ kind: 'none' })
  expect(order.view).toMatchObject({
    state: 'awaiting-payment',
    canChangeMethod: true,
    payment: { state: 'failed', declineReason: 'not-approved' },
  })
  clock.advance({ minutes: 2 })
  await worker.runTask('payments.sweep')
  expect(await order.order()).toEqual(order.view)
  expect((await changeMethod(api, order, 'card')).payment.action.kind).toBe('client_secret')
  expect(await faultsInBooks(app)).toEqual([])
})

describe('store credit', () => {
  test('pays first, and the card pays the rest', async () => {
    const customer = await customerWith(5000)
    const order = await placed({ customer, useStoreCredit: true })
    expect(order.view).toMatchObject({
      totals: { grandTotal: money(11_500), storeCredit: money(5000), due: money(6500) },
      payment: { amount: money(6500) },
    })
    expect(await creditOf(app, customer)).toBe(0)
    await order.pay()
    expect((await order.refresh()).state).toBe('confirmed')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('that covers all confirms the order with nobody asked', async () => {
    const customer = await customerWith(20_000)
    const asked = Object.values(sandbox.control.calls()).length
    const order = await placed({ customer, paymentMethod: 'store-credit' })
    expect(order.view).toMatchObject({
      state: 'confirmed',
      payment: { method: 'store-credit', state: 'captured', amount: money(0) },
      totals: { storeCredit: money(11_500), due: money(0) },
    })
    expect(order.view.timeline.map((entry) => entry.kind)).toEqual(['placed', 'paid', 'confirmed'])
    expect(Object.values(sandbox.control.calls()).length).toBe(asked)
    expect(await creditOf(app, customer)).toBe(8500)
    expect(await codeOf(api.call(cancelOrder, order.call))).toBe('orders/not-cancellable')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('comes back when the order is cancelled, when its time is up, and when another way leaves it out', async () => {
    const [cancelled, expired, changed] = await given.many(3, () => customerWith(3000))
    if (!cancelled || !expired || !changed) throw new Error('three customers')
    const orders = await Promise.all(
      [cancelled, expired, changed].map((customer) => placed({ customer, useStoreCredit: true })),
    )
    const [first, , third] = orders
    if (!first || !third) throw new Error('three orders')
    await api.call(cancelOrder, first.call)
    expect(await creditOf(app, cancelled)).toBe(3000)
    const without = await changeMethod(changed, third, 'cod', false)
    expect([without.order.totals.storeCredit, await creditOf(app, changed)]).toEqual([money(0), 3000])
    const again = await changeMethod(changed, third, 'card', true)
    expect([again.order.totals.due, await creditOf(app, changed)]).toEqual([money(8500), 0])
    clock.advance({ minutes: 31 })
    await worker.runTask('payments.sweep')
    expect([await creditOf(app, expired), await creditOf(app, changed)]).toEqual([3000, 3000])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('chosen for a waiting order confirms it when it covers all', async () => {
    const customer = await customerWith(11_500)
    const order = await placed({ customer })
    const { order: paid, payment } = await changeMethod(customer, order, 'store-credit')
    expect([paid.state, payment.action.kind, sandbox.control.findIntent(order.intentId)?.status]).toEqual([
      'confirmed',
      'none',
      'canceled',
    ])
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('is spent once by two orders at the same moment, and the other may still be paid', async () => {
    const customer = await customerWith(5000)
    const [one, other] = [await placed({ customer }), await placed({ customer })]
    const outcomes = await Promise.all([one, other].map((order) => codeOf(changeMethod(customer, order, 'card', true))))
    expect(outcomes.filter((outcome) => outcome === 'none')).toHaveLength(1)
    expect(['store-credit/not-enough', 'cart/total-changed']).toContain(outcomes.find((outcome) => outcome !== 'none'))
    expect(await creditOf(app, customer)).toBe(0)
    expect(await faultsInBooks(app)).toEqual([])
    const left = outcomes[0] === 'none' ? other : one
    await payByCard(app, (await api.call(resumePayment, left.call)).payment.action)
    expect((await left.refresh()).state).toBe('confirmed')
    expect(await faultsInBooks(app)).toEqual([])
  })

  test('is nobody’s to spend who is not signed in, and no more than there is', async () => {
    const guest = await given.guestAtCheckout()
    const body = { paymentMethod: 'card', expectedTotal: money(6500), useStoreCredit: true } as const
    const params = { cartId: guest.cartId }
    expect(await codeOf(api.call(checkOutCart, { params, body, idempotencyKey: 'guest-credit-0001' }))).toBe(
      'store-credit/not-enough',
    )
    const customer = await customerWith(100)
    const cart = await given.guestAtCheckout({ customer, paymentMethod: 'store-credit' })
    expect((await cart.placeOrder()).code).toBe('store-credit/not-enough')
    const problem = await problemOf(
      api.call(checkOutCart, {
        params: { cartId: cart.cartId },
        body: { ...body, expectedTotal: money(11_500) },
        idempotencyKey: 'wrong-credit-0001',
      }),
    )
    expect([problem.code, problem.document['total']]).toEqual(['cart/total-changed', money(11_400)])
    expect(await faultsInBooks(app)).toEqual([])
  })
})

describe('cash', () => {
  test('is agreed with its fee, waits a day for the code, and asks no provider', async () => {
    const order = await placed({ paymentMethod: 'cod' })
    expect(order.view).toMatchObject({
      totals: { paymentFee: money(1000), grandTotal: money(12_500), due: money(12_500), vat: money(547 + 48) },
      payBefore: new Date(clock.now().getTime() + 24 * 3_600_000).toISOString(),
    })
    clock.advance({ hours: 23, minutes: 59 })
    await worker.runTask('payments.sweep')
    expect((await order.order()).state).toBe('awaiting-payment')
    clock.advance({ minutes: 2 })
    await worker.runTask('payments.sweep')
    const given_up = await api.call(getOrder, order.call)
    expect([given_up.state, given_up.payment.state]).toEqual(['cancelled', 'cancelled'])
    expect((await paymentOf(app, numberOf(order))).pollCount).toBe(0)
    expect(await faultsInBooks(app)).toEqual([])
  })
})
