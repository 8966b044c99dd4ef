import { cancelOrder } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { codeOf } from '../../../test/problems.ts'
import { rawJson, rawRequest } from '../../../test/raw-request.ts'

const app = await startTestApp()
const { api, given, db, baseUrl } = app

const linesOf = async (cartId: string, body: string) =>
  rawRequest(`${baseUrl}/api/v1/carts/${cartId}/lines`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body,
  })

test.each(['0', '-1', '1e9', '1.5', '"1e3"', '"1"', 'null', 'true', '[1]', '21'])(
  'AZ-5: a quantity of %s is refused, and nothing is put in',
  async (quantity) => {
    const variant = await given.variant({ onHand: 50 })
    const cart = await given.cart({ lines: [] })
    const answer = await linesOf(cart.id, `{"variantId":"${variant.id}","quantity":${quantity}}`)
    expect(answer).toMatchObject({ status: 422, code: 'request/invalid' })
    expect(await db.selectFrom('cartLines').select('id').where('variantId', '=', variant.id).execute()).toEqual([])
  },
)

test('AZ-5: NaN and Infinity are no JSON', async () => {
  const cart = await given.cart({ lines: [] })
  for (const number of ['NaN', 'Infinity', '-Infinity', '0x10', '+1'])
    expect(await linesOf(cart.id, `{"quantity":${number}}`)).toMatchObject({ status: 400, code: 'request/malformed' })
})

test('AZ-5: prices and totals a client sends are refused as unknown fields', async () => {
  const variant = await given.variant({ price: money(9900) })
  const cart = await given.cart({ lines: [] })
  const forged = { variantId: variant.id, quantity: 1, unitPrice: money(1), total: money(1), delivery: -500 }
  expect(await rawJson(`${baseUrl}/api/v1/carts/${cart.id}/lines`, 'POST', forged)).toMatchObject({ status: 422 })
})

test('AZ-5: an order is placed at the server’s total or not at all', async () => {
  const guest = await given.guestAtCheckout({ variant: await given.variant({ price: money(9900) }) })
  for (const amount of [1, 9900, -9900, 0]) {
    const answer = await guest.placeOrder({ expectedTotal: money(amount) })
    expect([answer.status, answer.code]).toEqual([409, 'cart/total-changed'])
  }
  expect(guest.placed()).toBe(false)
  expect((await guest.placeOrder()).order?.totals.grandTotal).toEqual(money(11_400))
})

test('AZ-6: nothing is placed before contact, address and delivery are there, in whatever order they come', async () => {
  const variant = await given.variant()
  const cart = await given.cart({ lines: [{ variant }] })
  const body = { paymentMethod: 'card', expectedTotal: money(1) }
  const checkOut = () =>
    rawJson(`${baseUrl}/api/v1/carts/${cart.id}/checkout`, 'POST', body, { 'idempotency-key': 'out-of-order-1' })
  expect(await checkOut()).toMatchObject({ status: 409, code: 'cart/incomplete' })
  const delivery = await rawJson(`${baseUrl}/api/v1/carts/${cart.id}/delivery`, 'PUT', { method: 'standard' })
  expect(delivery).toMatchObject({ status: 409, code: 'cart/incomplete' })
})

test('AZ-6: an order that is paid cannot be cancelled by its customer, nor paid again', async () => {
  const guest = await given.guestAtCheckout()
  await guest.pay()
  const { number } = await guest.refresh()
  const placed = await guest.placeOrder()
  const orderToken = app.ctx.sealer.orderToken(
    (await db.selectFrom('orders').select('id').where('number', '=', number).executeTakeFirstOrThrow()).id,
  )
  expect(placed.code).toBe('cart/checked-out')
  expect(await codeOf(api.call(cancelOrder, { params: { number }, orderToken }))).toBe('orders/not-cancellable')
})
