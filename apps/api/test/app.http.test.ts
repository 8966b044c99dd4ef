import { getOrder } from '@dhow/contracts/orders.ts'
import { expect, test } from 'vitest'
import { startTestApp } from './app.ts'
import { countBy } from './count-by.ts'

const app = await startTestApp()

test('a guest at checkout buys with a card, and webhook and jobs confirm the order', async () => {
  const guest = await app.given.guestAtCheckout()
  const answer = await guest.placeOrder()
  expect(answer).toMatchObject({ status: 201, order: { state: 'awaiting-payment' } })
  expect(await guest.pay()).toMatchObject({ intentStatus: 'succeeded' })
  await app.worker.settle()
  expect((await guest.order()).state).toBe('confirmed')
})

test('twenty buyers of the last five units get five orders and fifteen out-of-stock problems', async () => {
  const variant = await app.given.variant({ onHand: 5 })
  const buyers = await app.given.many(20, () => app.given.guestAtCheckout({ variant, quantity: 1 }))
  const answers = await Promise.all(buyers.map((buyer) => buyer.placeOrder()))
  expect(countBy(answers, (answer) => answer.code ?? answer.status)).toEqual({ 201: 5, 'inventory/out-of-stock': 15 })
})

test('the clock stands still until it is moved', () => {
  const before = app.clock.now()
  app.clock.advance({ minutes: 31 })
  expect(app.clock.now().getTime() - before.getTime()).toBe(31 * 60_000)
})

test('an order is somebody’s only with its token', async () => {
  const { view } = await app.given.order({ state: 'awaiting-payment' })
  const call = app.api.call(getOrder, { params: { number: view.number }, orderToken: 'A'.repeat(32) })
  await expect(call).rejects.toMatchObject({ code: 'orders/not-found' })
})
