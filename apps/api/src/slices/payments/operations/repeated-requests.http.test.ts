import { capturePayment } from '@dhow/contracts/admin-payments.ts'
import { createRefund } from '@dhow/contracts/admin-refunds.ts'
import { adjustStoreCredit } from '@dhow/contracts/store-credit.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { creditOf } from '../../../../test/credit.ts'
import { paymentOf } from '../../../../test/placed-order.ts'
import { paidOrder, wishOf } from '../../../../test/refunds.ts'

/** A request whose process died, or was slow, after it had done its work and before its answer was kept: its key is free again. */
const app = await startTestApp({ env: { STRIPE_CAPTURE: 'on-fulfilment' } })
const { given, db } = app
const owner = await given.staff()
const loseAnswers = () => db.deleteFrom('idempotencyKeys').execute()

async function takenOrder(total = 20_000) {
  const order = await paidOrder(app, {
    lines: [{ variant: await given.variant({ price: money(total) }), quantity: 1 }],
  })
  const params = { paymentId: (await paymentOf(app, order.number)).id }
  const capture = { params, body: {}, idempotencyKey: randomUUID() }
  return { order, params, capture }
}

test('a capture asked for again by its key is the one there is', async () => {
  const { capture } = await takenOrder()
  const first = await owner.call(capturePayment, capture)
  await loseAnswers()
  const again = await owner.call(capturePayment, capture)
  expect(again).toEqual({ ...first, webhooks: again.webhooks }) // which arrive when they like
  expect(again.captures).toHaveLength(1)
})

test('a refund asked for again by its key is the one there is, another key is another', async () => {
  const { order, capture } = await takenOrder()
  await owner.call(capturePayment, capture)
  const body = { ...wishOf({ other: money(3_000) }), expectedAmount: money(3_000), reason: 'a dented box' }
  const refund = { params: { number: order.number }, body, idempotencyKey: randomUUID() }
  const first = await owner.call(createRefund, refund)
  await loseAnswers()
  expect(await owner.call(createRefund, refund)).toEqual(first)
  expect(await paymentOf(app, order.number)).toMatchObject({ refundedAmount: 3_000 })
  await owner.call(createRefund, { ...refund, idempotencyKey: randomUUID() })
  expect(await paymentOf(app, order.number)).toMatchObject({ refundedAmount: 6_000 })
})

test('a refund that takes two people is asked for once', async () => {
  const { order, capture } = await takenOrder(80_000)
  await owner.call(capturePayment, capture)
  const support = await given.staff({ roles: ['support'] }) // up to AED 500.00
  const body = { ...wishOf({ other: money(60_000) }), expectedAmount: money(60_000), reason: 'it never came' }
  const refund = { params: { number: order.number }, body, idempotencyKey: randomUUID() }
  const first = await support.call(createRefund, refund)
  expect(first.kind).toBe('approval-requested')
  await loseAnswers()
  expect(await support.call(createRefund, refund)).toEqual(first)
})

test('credit given again by its key is given once', async () => {
  const customer = await given.customer()
  const body = { amount: 5_000, reason: 'for the trouble' }
  const gift = { params: { customerId: customer.account.id }, body, idempotencyKey: randomUUID() }
  await owner.call(adjustStoreCredit, gift)
  await loseAnswers()
  await owner.call(adjustStoreCredit, gift)
  expect(await creditOf(app, customer)).toBe(5_000)
  const taken = { ...gift, body: { ...body, amount: -5_000 }, idempotencyKey: randomUUID() }
  await owner.call(adjustStoreCredit, taken)
  await loseAnswers()
  expect(await owner.call(adjustStoreCredit, taken)).toMatchObject({ kind: 'adjusted' })
  expect(await creditOf(app, customer)).toBe(0)
})
