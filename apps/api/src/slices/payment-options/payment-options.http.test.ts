import { randomUUID } from 'node:crypto'
import { takeCart } from '@dhow/contracts/account.ts'
import { voidPayment } from '@dhow/contracts/admin-payments.ts'
import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import type { PaymentMethod, PaymentOptions } from '@dhow/contracts/cart.ts'
import { checkOutCart, listOrderPaymentMethods } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { afterEach, describe, expect, onTestFinished, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { TestApp } from '../../../test/app.ts'
import { placeCashOrder, promisedOrder } from '../../../test/cash.ts'
import { paymentOf, placeOrderIn } from '../../../test/placed-order.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { addCredit } from '../store-credit/store-credit.ts'

const app = await startTestApp({ env: { COD_BLOCKED_CATEGORIES: 'gold', COD_EMIRATES: 'AE-DU,AE-SH' } })
const { api, given, sandbox } = app
afterEach(() => sandbox.control.clearFaults())

const ofCart = (cartId: string, storeCredit?: '1', at: TestApp = app): Promise<PaymentOptions> =>
  at.api.call(listPaymentMethods, { params: { cartId }, query: storeCredit ? { storeCredit } : {} })
const optionOf = ({ items }: PaymentOptions, method: PaymentMethod) => {
  const option = items.find((item) => item.method === method)
  if (!option) throw new Error(`${method} is not listed`)
  return option
}
const refusalsOf = ({ items }: PaymentOptions) =>
  Object.fromEntries(items.map(({ method, refusal }) => [method, refusal]))

/** A customer with a complete cart of AED 125 and so much store credit. */
async function customerWith(credit: number) {
  const customer = await given.customer()
  const guest = await given.guestAtCheckout()
  await customer.call(takeCart, { body: { cartId: guest.cartId } })
  const owner = { customerId: customer.account.id, amount: credit }
  if (credit > 0) await inTransaction(app.db, (tx) => addCredit(app.ctx, tx, owner))
  return { ...guest, customer }
}

const checkOut = (
  cartId: string,
  body: { paymentMethod: PaymentMethod | 'store-credit'; total: number; credit?: true },
  shop: TestApp = app,
) =>
  shop.api.call(checkOutCart, {
    params: { cartId },
    body: {
      paymentMethod: body.paymentMethod,
      expectedTotal: money(body.total),
      ...(body.credit && { useStoreCredit: true }),
    },
    idempotencyKey: randomUUID(),
  })

describe('what a cart can be paid by', () => {
  test('every configured way, each with what it comes to', async () => {
    const { cartId, cart } = await given.guestAtCheckout()
    const options = await ofCart(cartId)
    const due = cart.totals.grandTotal
    expect(options.storeCredit).toBeNull()
    expect(options.items.map(({ method }) => method)).toEqual(['card', 'tabby', 'tamara', 'cod'])
    expect(optionOf(options, 'card')).toMatchObject({
      refusal: null,
      due,
      fee: money(0),
      vat: cart.totals.vat,
      instalments: null,
      card: { publishableKey: app.ctx.config.STRIPE_PUBLISHABLE_KEY, customerSession: null },
    })
    const parts = { count: 4, first: money(due.amount / 4), each: money(due.amount / 4) }
    for (const method of ['tabby', 'tamara'] as const)
      expect(optionOf(options, method)).toMatchObject({ refusal: null, due, instalments: parts, card: null })
    expect(optionOf(options, 'cod')).toMatchObject({
      refusal: null,
      fee: money(1_000),
      vat: money(cart.totals.vat.amount + 48),
      rounding: money(0),
      due: money(due.amount + 1_000),
    })
  })

  test('what is not configured is not listed', async () => {
    const bare = await startTestApp({ env: { TABBY_SECRET_KEY: '', TAMARA_API_TOKEN: '', COD_ENABLED: 'false' } })
    const { cartId } = await bare.given.guestAtCheckout()
    const offered = async () => (await ofCart(cartId, undefined, bare)).items.map(({ method }) => method)
    expect(await offered()).toEqual(['card'])
    expect(await codeOf(checkOut(cartId, { paymentMethod: 'cod', total: 12_500 }, bare))).toBe(
      'payments/method-not-available',
    )
    // Promised before it was taken out of the offer, and called off after.
    Object.assign(bare.ctx.config, { COD_ENABLED: true })
    const promised = await promisedOrder(bare)
    Object.assign(bare.ctx.config, { COD_ENABLED: false })
    expect(await offered()).toEqual(['card'])
    const owner = await bare.given.staff()
    const { id: paymentId } = await paymentOf(bare, promised.number)
    const body = { reason: 'out of stock after all' }
    const gone = await owner.call(voidPayment, { params: { paymentId }, body, idempotencyKey: randomUUID() })
    expect(gone.orderState).toBe('cancelled')
  })

  test('amounts outside the limits of a way are refused by it alone', async () => {
    const dear = await given.variant({ price: money(600_000) })
    const { cartId } = await given.guestAtCheckout({ variant: dear })
    expect(refusalsOf(await ofCart(cartId))).toMatchObject({
      card: null,
      tamara: 'amount-too-high',
      cod: 'amount-too-high',
    })
    expect(await codeOf(checkOut(cartId, { paymentMethod: 'tamara', total: 600_000 }))).toBe(
      'payments/amount-not-supported',
    )
  })

  test('cash is kept from emirates and goods, also of a category further up, and checking out hears the same', async () => {
    const far = await given.guestAtCheckout({ address: { emirate: 'AE-RK' } })
    const rings = { handle: 'gold-rings', name: { en: 'Gold rings', ar: 'خواتم ذهب' } }
    await given.product({ category: { handle: 'gold', name: { en: 'Gold', ar: 'ذهب' } } })
    const ring = await given.variant({ category: rings })
    const gold = app.db.selectFrom('categories').select('id').where('handle', '=', 'gold')
    await app.db.updateTable('categories').set({ parentId: gold }).where('handle', '=', rings.handle).execute()
    const precious = await given.guestAtCheckout({ variant: ring })
    expect(refusalsOf(await ofCart(far.cartId))['cod']).toBe('not-in-this-emirate')
    expect(refusalsOf(await ofCart(precious.cartId))['cod']).toBe('not-for-these-goods')
    const { due } = optionOf(await ofCart(precious.cartId), 'cod')
    const refused = await problemOf(checkOut(precious.cartId, { paymentMethod: 'cod', total: due.amount }))
    expect(refused.document).toMatchObject({ code: 'payments/method-not-available', reason: 'not-for-these-goods' })
  })
})

describe('what lenders say', () => {
  test('a refusal is shown with the lender’s own reason', async () => {
    const { cartId } = await given.guestAtCheckout({ contact: { phone: '+971500000002' } })
    expect(refusalsOf(await ofCart(cartId))).toMatchObject({ card: null, tabby: 'not-available', tamara: null })
  })

  test('one that fails costs nobody the others: Tabby is left out, Tamara stays while the amount fits', async () => {
    const { cartId } = await given.guestAtCheckout()
    sandbox.control.addFault({ provider: 'tabby', kind: 'error500', times: 5 })
    sandbox.control.addFault({ provider: 'tamara', kind: 'error500', times: 5 })
    const options = await ofCart(cartId)
    expect(refusalsOf(options)).toEqual({ card: null, tabby: 'no-answer', tamara: null, cod: null })
    expect(optionOf(options, 'tamara').instalments).toBeNull() // Tamara alone says into how many
    // No answer is not remembered: the next look asks again.
    sandbox.control.clearFaults()
    expect(refusalsOf(await ofCart(cartId))).toMatchObject({ tabby: null })
  })

  test('one that does not answer holds the page up no longer than people wait', async () => {
    const { cartId } = await given.guestAtCheckout()
    sandbox.control.addFault({ provider: 'tabby', kind: 'slow', delayMs: 8_000 })
    expect(refusalsOf(await ofCart(cartId))).toMatchObject({ card: null, tabby: 'no-answer', cod: null })
  })

  test('an answer is good for a minute, for the same amount and people', async () => {
    const { cartId } = await given.guestAtCheckout()
    const asked = () => sandbox.control.calls()['POST /api/v2/checkout'] ?? 0
    const before = asked()
    await ofCart(cartId)
    await ofCart(cartId)
    expect(asked() - before).toBe(1)
    app.clock.advance({ seconds: 61 })
    await ofCart(cartId)
    expect(asked() - before).toBe(2)
  })

  test('a lender is told of the goods and of what the customer bought before, and that credit pays a part', async () => {
    const { customer, ...guest } = await customerWith(2_500)
    const told: unknown[] = []
    const { payments } = app.ctx.providers
    const { tabby } = payments
    if (!tabby) throw new Error('Tabby is not configured')
    onTestFinished(() => void (payments.tabby = tabby))
    payments.tabby = {
      ...tabby,
      checkEligibility: async (request) => {
        told.push(await request.details())
        return tabby.checkEligibility(request)
      },
    }
    await ofCart(guest.cartId, '1')
    const { lines, totals } = guest.cart
    expect(told).toMatchObject([
      {
        items: [{ sku: lines[0]?.sku, category: 'Oud', quantity: 1, total: lines[0]?.total }],
        delivery: totals.delivery,
        vat: totals.vat,
        discount: money(2_500),
        buyerHistory: { successfulOrders: 0, isPhoneVerified: true, registeredSince: expect.any(String) },
        orderHistory: [],
      },
    ])
    await checkOut(guest.cartId, {
      paymentMethod: 'cod',
      total: optionOf(await ofCart(guest.cartId), 'cod').due.amount,
    })
    const next = await given.guestAtCheckout()
    await customer.call(takeCart, { body: { cartId: next.cartId } })
    await ofCart(next.cartId)
    expect(told.at(-1)).toMatchObject({ orderHistory: [{ method: 'cod', status: 'new' }] })
  })

  test('nobody is asked about a shopper who has not said who they are', async () => {
    const before = sandbox.control.calls()
    const { id } = await given.cart()
    expect(refusalsOf(await ofCart(id))).toEqual({ card: null, tabby: null, tamara: null, cod: null })
    expect(sandbox.control.calls()).toEqual(before)
  })
})

describe('store credit', () => {
  test('pays first when the customer wants it to, and each way says what is left', async () => {
    const { cartId, cart } = await customerWith(5_001)
    const total = cart.totals.grandTotal.amount
    expect((await ofCart(cartId)).storeCredit).toEqual({
      balance: money(5_001),
      usable: money(5_001),
      isUsed: false,
      coversAll: false,
    })
    const used = await ofCart(cartId, '1')
    expect(used.storeCredit).toMatchObject({ isUsed: true, usable: money(5_001) })
    expect(optionOf(used, 'card').due).toEqual(money(total - 5_001))
    const cash = optionOf(used, 'cod')
    expect(cash.due.amount % 25).toBe(0)
    expect(cash.due.amount - cash.rounding.amount).toBe(total + 1_000 - 5_001)
  })

  test('that covers all leaves nothing for the others, and is a way to pay of its own', async () => {
    const { cartId, cart } = await customerWith(99_999)
    const options = await ofCart(cartId, '1')
    expect(options.storeCredit).toMatchObject({ usable: cart.totals.grandTotal, coversAll: true })
    expect(refusalsOf(options)).toMatchObject({ card: 'amount-too-low', cod: 'amount-too-low' })
    expect(await codeOf(checkOut(cartId, { paymentMethod: 'card', total: 0, credit: true }))).toBe(
      'payments/amount-not-supported',
    )
    const { order } = await checkOut(cartId, { paymentMethod: 'store-credit', total: 0 })
    expect(order).toMatchObject({ state: 'confirmed', totals: { storeCredit: cart.totals.grandTotal, due: money(0) } })
  })

  test('is nobody’s who has none: neither a guest’s nor a customer’s who has too little', async () => {
    const guest = await given.guestAtCheckout()
    const customer = await customerWith(100)
    const total = guest.cart.totals.grandTotal.amount
    const codes = await Promise.all([
      codeOf(checkOut(guest.cartId, { paymentMethod: 'card', total, credit: true })),
      codeOf(checkOut(guest.cartId, { paymentMethod: 'store-credit', total: 0 })),
      codeOf(checkOut(customer.cartId, { paymentMethod: 'store-credit', total: 0 })),
    ])
    expect(codes).toEqual(['store-credit/not-enough', 'store-credit/not-enough', 'store-credit/not-enough'])
  })

  test('of a customer’s order is shown to the customer and not to whoever holds its link', async () => {
    const { customer, ...guest } = await customerWith(5_000)
    const { order, token } = await checkOut(guest.cartId, {
      paymentMethod: 'card',
      total: guest.cart.totals.grandTotal.amount,
    })
    const params = { number: order.number }
    const byLink = await api.call(listOrderPaymentMethods, { params, orderToken: token })
    const signedIn = await customer.call(listOrderPaymentMethods, { params })
    expect([byLink.storeCredit, signedIn.storeCredit?.balance]).toEqual([null, money(5_000)])
    expect(optionOf(signedIn, 'card').card?.customerSession).toEqual(expect.any(String))
    expect(optionOf(byLink, 'card').card?.customerSession).toBeNull()
  })
})

describe('what a waiting order can be paid by', () => {
  test('the same, without the fee of the method it has now', async () => {
    const order = await placeCashOrder(app)
    const options = await api.call(listOrderPaymentMethods, order.call)
    const { grandTotal, vat } = order.cart.totals
    expect(optionOf(options, 'card')).toMatchObject({ due: grandTotal, vat })
    // Its own promise does not count against it.
    expect(optionOf(options, 'cod')).toMatchObject({ refusal: null, due: order.due })
  })

  test('nothing once it is paid, and nothing for strangers', async () => {
    const order = await placeOrderIn(app)
    await order.pay()
    await order.refresh()
    expect(await codeOf(api.call(listOrderPaymentMethods, order.call))).toBe('payments/not-payable')
    const stranger = { ...order.call, orderToken: 'x'.repeat(32) }
    expect(await codeOf(api.call(listOrderPaymentMethods, stranger))).toBe('orders/not-found')
  })
})
