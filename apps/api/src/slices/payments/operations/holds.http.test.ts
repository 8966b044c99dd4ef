import { askProvider, getOrderLedger, getPayment, listPayments, releaseHold } from '@dhow/contracts/admin-payments.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { auditTrail } from '../../../../test/audit-trail.ts'
import { alertsAbout, paymentOf, placeOrderIn, startWithoutWebhooks } from '../../../../test/placed-order.ts'
import { codeOf } from '../../../../test/problems.ts'
import { atProvider } from '../../../../test/provider.ts'

const app = await startWithoutWebhooks()
const { given, db, worker, clock } = app
const owner = await given.staff()

/** Paid at the provider, and nobody here has heard of it. */
async function paidUnheard() {
  const order = await placeOrderIn(app)
  await order.pay()
  const payment = await paymentOf(app, order.view.number)
  return { order, number: order.view.number, payment, params: { paymentId: payment.id } }
}

/** An order that was given up while its card was paid. */
async function strayMoney() {
  const paid = await paidUnheard()
  const { id, orderId } = paid.payment
  await db.updateTable('payments').set({ state: 'cancelled' }).where('id', '=', id).execute()
  const over = { state: 'cancelled', deadlineAt: null, cancelledAt: clock.now() } as const
  await db.updateTable('orders').set(over).where('id', '=', orderId).execute()
  const held = await owner.call(askProvider, { params: paid.params })
  expect(held).toMatchObject({ heldReason: 'captured-after-cancel', state: 'captured', orderState: 'cancelled' })
  return paid
}

const decide = (
  params: { paymentId: string },
  resolution: 'refund' | 'accept' | 'dismiss',
  staff: Pick<typeof owner, 'call'> = owner,
  idempotencyKey: string = randomUUID(),
) => staff.call(releaseHold, { params, body: { resolution, note: 'looked at it with her' }, idempotencyKey })

test('money that paid for nothing goes back, undoes no sale, and holds nothing any more', async () => {
  const { number, params, payment } = await strayMoney()
  expect((await owner.call(listPayments, { query: { held: 'true' } })).items).toMatchObject([{ id: payment.id }])
  const released = await decide(params, 'refund')
  expect(released).toMatchObject({
    heldReason: null,
    refunded: money(payment.amount),
    refunds: [{ state: 'succeeded', isOfSale: false, vat: money(0), amount: money(payment.amount) }],
  })
  const { balances, transactions } = await owner.call(getOrderLedger, { params: { number } })
  expect(transactions.map(({ kind }) => kind)).toEqual(['capture', 'refund'])
  expect(balances.every(({ balance }) => balance.amount === 0)).toBe(true)
  expect(await owner.call(askProvider, { params })).toMatchObject({ heldReason: null })
  expect(alertsAbout(app, payment.id)).toHaveLength(1)
  expect(await auditTrail(db, 'payment.hold-released', payment.id)).toMatchObject([
    {
      actorId: owner.accountId,
      reason: 'looked at it with her',
      details: { resolution: 'refund', heldReason: 'captured-after-cancel', amount: payment.amount },
    },
  ])
  expect(await codeOf(decide(params, 'refund'))).toBe('payments/not-held')
})

test('two who give stray money back at once give it back once', async () => {
  const { params, payment } = await strayMoney()
  const codes = await Promise.all([codeOf(decide(params, 'refund')), codeOf(decide(params, 'refund'))])
  expect(codes.toSorted()).toEqual(['none', 'payments/not-held'])
  await worker.runJobs()
  expect(await owner.call(getPayment, { params })).toMatchObject({ refunded: money(payment.amount), refunds: [{}] })
})

test('a decision whose answer was lost is the same when asked for again by its key', async () => {
  const { params, payment } = await strayMoney()
  const key = randomUUID()
  const released = await decide(params, 'refund', owner, key)
  await db.deleteFrom('idempotencyKeys').execute() // as if the process had died before it kept them
  expect(await decide(params, 'refund', owner, key)).toEqual(released)
  expect(released).toMatchObject({ refunded: money(payment.amount), refunds: [{ state: 'succeeded' }] })
  expect(await auditTrail(db, 'payment.hold-released', payment.id)).toHaveLength(1)
})

test('what does not match is accepted once it does, and not before', async () => {
  const { number, params, payment } = await paidUnheard()
  await db
    .updateTable('payments')
    .set({ amount: payment.amount + 100 })
    .where('id', '=', payment.id)
    .execute()
  expect(await owner.call(askProvider, { params })).toMatchObject({ heldReason: 'amount-mismatch', captured: money(0) })
  expect(await codeOf(decide(params, 'accept'))).toBe('payments/still-mismatched')
  expect(await codeOf(decide(params, 'refund'))).toBe('payments/nothing-stray')
  expect(await owner.call(getPayment, { params })).toMatchObject({ heldReason: 'amount-mismatch' })
  await db.updateTable('payments').set({ amount: payment.amount }).where('id', '=', payment.id).execute()
  expect(await decide(params, 'accept')).toMatchObject({ heldReason: null, state: 'captured', orderState: 'confirmed' })
  expect((await paymentOf(app, number)).capturedAmount).toBe(payment.amount)
})

test('what was given back at the provider’s own page is harmless, whatever did not match', async () => {
  const { params, payment } = await paidUnheard()
  await db
    .updateTable('payments')
    .set({ amount: payment.amount + 100 })
    .where('id', '=', payment.id)
    .execute()
  await owner.call(askProvider, { params })
  await atProvider(app.sandbox, '/refunds', { payment_intent: payment.providerRef ?? '' })
  expect(await decide(params, 'accept')).toMatchObject({ heldReason: null, state: 'pending', captured: money(0) })
})

test('a mismatch somebody has dismissed holds the payment no more, and calls nobody again', async () => {
  const { params, payment } = await paidUnheard()
  await db
    .updateTable('payments')
    .set({ amount: payment.amount + 100 })
    .where('id', '=', payment.id)
    .execute()
  await owner.call(askProvider, { params })
  expect(await decide(params, 'dismiss')).toMatchObject({ heldReason: null, state: 'pending' })
  expect(await owner.call(askProvider, { params })).toMatchObject({ heldReason: null, captured: money(0) })
  expect(alertsAbout(app, payment.id)).toHaveLength(1)
})

test('deciding takes the permission, a fresh second factor, and a hold', async () => {
  const { params } = await strayMoney()
  const tired = await given.staff({ secondFactorAt: new Date(clock.now().getTime() - 301_000) })
  const support = await given.staff({ roles: ['support'] })
  expect(await codeOf(decide(params, 'refund', tired))).toBe('auth/step-up-required')
  expect(await codeOf(decide(params, 'refund', support))).toBe('auth/forbidden')
  expect(await codeOf(decide({ paymentId: randomUUID() }, 'dismiss'))).toBe('payments/not-found')
  const fine = await paidUnheard()
  expect(await codeOf(decide(fine.params, 'dismiss'))).toBe('payments/not-held')
  expect(await owner.call(getPayment, { params })).toMatchObject({ heldReason: 'captured-after-cancel', refunds: [] })
})
