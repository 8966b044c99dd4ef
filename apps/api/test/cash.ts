import { randomUUID } from 'node:crypto'
import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import type { PaymentOption } from '@dhow/contracts/cart.ts'
import { collectCash, confirmOrderCode, requestOrderCode } from '@dhow/contracts/cod.ts'
import { checkOutCart, getOrder } from '@dhow/contracts/orders.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import type { Money } from '@dhow/money/money.ts'
import type { TestApp } from './app.ts'
import { codeFor } from './one-time-codes.ts'
import type { Guest, GuestWish } from './shopper.ts'
import type { GivenStaff } from './staff.ts'

/** An order that is to be paid in cash, with what every call about it takes. */
export interface CashOrderMade extends Guest {
  number: string
  due: Money
  call: { params: { number: string }; orderToken: string }
}

export async function cashOptionOf(app: TestApp, cartId: string): Promise<PaymentOption> {
  const { items } = await app.api.call(listPaymentMethods, { params: { cartId } })
  const option = items.find(({ method }) => method === 'cod')
  if (!option) throw new Error('cash is not offered')
  return option
}

/** Checks a cart out to be paid in cash. Throws ApiProblem when that is refused. */
export async function checkOutInCash(app: TestApp, guest: Guest): Promise<CashOrderMade> {
  const { due } = await cashOptionOf(app, guest.cartId)
  const { order, token } = await app.api.call(checkOutCart, {
    params: { cartId: guest.cartId },
    body: { paymentMethod: 'cod', expectedTotal: due },
    idempotencyKey: randomUUID(),
  })
  const call = { params: { number: order.number }, orderToken: token }
  return { ...guest, number: order.number, due, call }
}

/** A guest's order that waits for the code. */
export const placeCashOrder = async (app: TestApp, wish: GuestWish = {}): Promise<CashOrderMade> =>
  checkOutInCash(app, await app.given.guestAtCheckout(wish))

/** Asks for the code and gives it back. */
export async function promiseCash(app: TestApp, order: CashOrderMade): Promise<OrderView> {
  const { challengeId } = await app.api.call(requestOrderCode, { ...order.call, body: {} })
  const code = codeFor(app, order.contact.phone)
  return app.api.call(confirmOrderCode, { ...order.call, body: { challengeId, code } })
}

/** An order whose cash is promised. */
export async function promisedOrder(app: TestApp, wish: GuestWish = {}): Promise<CashOrderMade> {
  const order = await placeCashOrder(app, wish)
  await promiseCash(app, order)
  return order
}

/** An order whose cash the courier has. */
export async function collectedOrder(app: TestApp, staff: GivenStaff, wish: GuestWish = {}): Promise<CashOrderMade> {
  const order = await promisedOrder(app, wish)
  const body = { amount: order.due, overrideReason: 'the courier’s app was down' }
  await staff.call(collectCash, { params: order.call.params, body, idempotencyKey: randomUUID() })
  return order
}

export const readCash = (app: TestApp, order: CashOrderMade): Promise<OrderView> => app.api.call(getOrder, order.call)
