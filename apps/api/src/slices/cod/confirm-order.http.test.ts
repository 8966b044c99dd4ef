import { randomUUID } from 'node:crypto'
import { confirmOrderCode, requestOrderCode } from '@dhow/contracts/cod.ts'
import { cancelOrder, changePaymentMethod, getOrder, resumePayment } from '@dhow/contracts/orders.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { checkOutInCash, placeCashOrder, promiseCash, promisedOrder } from '../../../test/cash.ts'
import type { CashOrderMade } from '../../../test/cash.ts'
import { countBy } from '../../../test/count-by.ts'
import { codeFor, otherThan } from '../../../test/one-time-codes.ts'
import { paymentOf } from '../../../test/placed-order.ts'
import { codeOf, problemOf } from '../../../test/problems.ts'

const app = await startTestApp({ env: { COD_OPEN_ORDERS: '2' } })
const { api, db, given } = app

const textsTo = ({ contact }: CashOrderMade) => app.sandbox.control.texts(contact.phone).map(({ body }) => body)
const kindsOf = (view: { timeline: readonly { kind: string }[] }) => view.timeline.map(({ kind }) => kind)

test('a guest promises cash with the code sent to their phone: the order is confirmed and shows the courier’s code', async () => {
  const order = await placeCashOrder(app)
  expect(await api.call(getOrder, order.call)).toMatchObject({
    state: 'awaiting-payment',
    payment: { method: 'cod', state: 'pending', amount: order.due },
    cash: null,
  })
  const view = await promiseCash(app, order)
  expect(view).toMatchObject({
    state: 'confirmed',
    payment: { method: 'cod', state: 'authorised', amount: order.due },
    totals: { paymentFee: { amount: 1_000 }, due: order.due },
    cash: { state: 'pending', deliveryCode: expect.stringMatching(/^\d{6}$/) },
    canCancel: false,
    canChangeMethod: false,
  })
  expect(kindsOf(view)).toEqual(['placed', 'cash-promised', 'confirmed'])
  expect(textsTo(order)[0]).toContain('to confirm your order')
})

test('the courier’s code is texted once, however often the job runs, and not in clear in any table', async () => {
  const order = await promisedOrder(app)
  await app.worker.settle()
  const { cash } = await api.call(getOrder, order.call)
  const texts = textsTo(order)
  expect(texts[0]).toBe(
    `Dhow: order ${order.number}. Give the courier this code when you have your parcel: ${cash?.deliveryCode}`,
  )
  const [mail] = app.sandbox.control.inbox(order.contact.email)
  expect(mail?.text).toContain(`Code for the courier: ${cash?.deliveryCode}`)
  const { orderId } = await paymentOf(app, order.number)
  await app.worker.runTask('notifications.delivery-code', { orderId })
  expect(textsTo(order)).toEqual(texts)
  const row = await db.selectFrom('codCollections').selectAll().where('orderId', '=', orderId).executeTakeFirstOrThrow()
  expect(JSON.stringify(row)).not.toContain(cash?.deliveryCode)
})

test('a text nobody knows to have arrived is not sent again, and somebody is told', async () => {
  const order = await placeCashOrder(app)
  await promiseCash(app, order)
  app.sandbox.control.addFault({
    provider: 'twilio',
    kind: 'reset-after',
    path: '/2010-04-01/Accounts/{id}/Messages.json',
  })
  await app.worker.settle()
  app.clock.advance({ minutes: 5 })
  const { orderId } = await paymentOf(app, order.number)
  await app.worker.runTask('notifications.delivery-code', { orderId })
  expect(textsTo(order).filter((text) => text.includes('courier'))).toHaveLength(1)
  expect(app.logs).toContainEqual(expect.objectContaining({ alert: 'message-unknown', channel: 'sms' }))
})

test('whoever comes back to an order that waits for its code is told which phone it goes to, in every tab', async () => {
  const order = await placeCashOrder(app)
  const resumed = await Promise.all([1, 2].map(() => api.call(resumePayment, order.call)))
  const action = { kind: 'code', phoneHint: `•••• ${order.contact.phone.slice(-3)}` }
  expect(resumed.map(({ payment }) => payment.action)).toEqual([action, action])
})

test('a wrong code confirms nothing and says how often one may still try', async () => {
  const order = await placeCashOrder(app)
  const { challengeId } = await api.call(requestOrderCode, { ...order.call, body: {} })
  const code = codeFor(app, order.contact.phone)
  const wrong = api.call(confirmOrderCode, { ...order.call, body: { challengeId, code: otherThan(code) } })
  expect((await problemOf(wrong)).document).toMatchObject({ code: 'auth/code-invalid', triesLeft: 4 })
  expect(await api.call(getOrder, order.call)).toMatchObject({ state: 'awaiting-payment', cash: null })
  const right = await api.call(confirmOrderCode, { ...order.call, body: { challengeId, code } })
  expect(right.state).toBe('confirmed')
})

test('a code of another phone’s order is no code of this one', async () => {
  const [mine, theirs] = [await placeCashOrder(app), await placeCashOrder(app)]
  const { challengeId } = await api.call(requestOrderCode, { ...theirs.call, body: {} })
  const code = codeFor(app, theirs.contact.phone)
  const call = api.call(confirmOrderCode, { ...mine.call, body: { challengeId, code } })
  expect(await codeOf(call)).toBe('auth/challenge-invalid')
  expect((await api.call(getOrder, mine.call)).state).toBe('awaiting-payment')
})

test('two tabs that give the same code at once both see the order confirmed, once', async () => {
  const order = await placeCashOrder(app)
  const { challengeId } = await api.call(requestOrderCode, { ...order.call, body: {} })
  const body = { challengeId, code: codeFor(app, order.contact.phone) }
  const codes = await Promise.all([1, 2, 3].map(() => codeOf(api.call(confirmOrderCode, { ...order.call, body }))))
  // Whoever comes while the first is still writing may be told that the code is used; asking again finds it confirmed.
  expect(codes.filter((code) => code !== 'none' && code !== 'auth/challenge-invalid')).toEqual([])
  expect(codes).toContain('none')
  const again = await api.call(confirmOrderCode, { ...order.call, body })
  expect(kindsOf(again)).toEqual(['placed', 'cash-promised', 'confirmed'])
  const { orderId } = await paymentOf(app, order.number)
  const promises = await db.selectFrom('codCollections').select('state').where('orderId', '=', orderId).execute()
  expect(promises).toEqual([{ state: 'pending' }])
})

test('an order that was cancelled, paid another way or has run out of time takes no code any more', async () => {
  const [cancelled, changed, late] = [await placeCashOrder(app), await placeCashOrder(app), await placeCashOrder(app)]
  await api.call(cancelOrder, cancelled.call)
  const total = (await api.call(getOrder, changed.call)).totals
  const expectedTotal = { ...total.due, amount: total.subtotal.amount + total.delivery.amount }
  const body = { paymentMethod: 'card' as const, expectedTotal }
  await api.call(changePaymentMethod, { ...changed.call, body, idempotencyKey: randomUUID() })
  const { challengeId } = await api.call(requestOrderCode, { ...late.call, body: {} })
  const code = codeFor(app, late.contact.phone)
  app.clock.advance({ hours: 24, seconds: 1 })
  const tries = [cancelled, changed, late].flatMap((order) => [
    api.call(requestOrderCode, { ...order.call, body: {} }),
    api.call(confirmOrderCode, { ...order.call, body: { challengeId, code } }),
  ])
  expect(countBy(await Promise.all(tries.map(codeOf)), (told) => told)).toEqual({ 'cod/not-confirmable': 6 })
  await app.worker.runTask('payments.sweep', {})
  const expired = await api.call(getOrder, late.call)
  expect(expired).toMatchObject({ state: 'cancelled', payment: { state: 'cancelled' }, cash: null })
  expect(kindsOf(expired)).toEqual(['placed', 'expired'])
})

test('an order paid by card never takes a code, and somebody else’s order is not found', async () => {
  const card = await given.order({ state: 'awaiting-payment' })
  const { token = '' } = await card.placeOrder()
  const call = { params: { number: card.view.number }, orderToken: token }
  expect(await codeOf(api.call(requestOrderCode, { ...call, body: {} }))).toBe('cod/not-confirmable')
  const stranger = { ...call, orderToken: 'x'.repeat(32) }
  expect(await codeOf(api.call(requestOrderCode, { ...stranger, body: {} }))).toBe('orders/not-found')
})

test('of many tabs that order in cash at once, no more get through than one phone may have under way', async () => {
  const contact = { phone: '+971505550001' }
  const guests = await given.many(5, () => given.guestAtCheckout({ contact }))
  const told = await Promise.all(guests.map((guest) => codeOf(checkOutInCash(app, guest))))
  expect(countBy(told, (code) => code)).toEqual({ none: 2, 'payments/method-not-available': 3 })
})

test('a second message within the minute is refused as for every other code', async () => {
  const own = await startTestApp({ env: { OTP_LIMITS: 'phone 1/60' } })
  const order = await placeCashOrder(own)
  await own.api.call(requestOrderCode, { ...order.call, body: {} })
  expect(await codeOf(own.api.call(requestOrderCode, { ...order.call, body: {} }))).toBe('request/rate-limited')
})
