import { askProvider, getOrderLedger } from '@dhow/contracts/admin-payments.ts'
import { createRefund, getRefund, listRefunds, previewRefund } from '@dhow/contracts/admin-refunds.ts'
import { approve, listApprovals } from '@dhow/contracts/staff.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { auditTrail } from '../../../../test/audit-trail.ts'
import { countBy } from '../../../../test/count-by.ts'
import { mailsTo } from '../../../../test/mailed.ts'
import { paymentOf } from '../../../../test/placed-order.ts'
import { codeOf } from '../../../../test/problems.ts'
import { atProvider } from '../../../../test/provider.ts'
import { ask, optionsOf, paidOrder, refunded, wishOf } from '../../../../test/refunds.ts'

const app = await startTestApp()
const { given, db, sandbox, worker, clock } = app
const owner = await given.staff()

const lineOf = (order: Awaited<ReturnType<typeof paidOrder>>) => {
  const [line] = order.lines
  if (!line) throw new Error('no line')
  return line
}

const balancesOf = async (number: string): Promise<Record<string, number>> => {
  const { balances } = await owner.call(getOrderLedger, { params: { number } })
  return Object.fromEntries(balances.map(({ account, balance }) => [account, balance.amount]))
}

test('one unit of a line goes back to the card: provider, payment, ledger, timeline, mail and audit agree', async () => {
  const order = await paidOrder(app)
  const line = lineOf(order)
  const [refund] = await refunded(owner, order, { lines: [{ lineId: line.id, quantity: 1 }] })
  expect(refund).toMatchObject({
    state: 'succeeded',
    destination: 'original',
    amount: money(3550),
    vat: money(169),
    lines: [{ lineId: line.id, quantity: 1, amount: money(3550), vat: money(169) }],
    requestedBy: { id: owner.accountId, name: owner.name },
  })
  expect(await paymentOf(app, order.number)).toMatchObject({ refundRequestedAmount: 3550, refundedAmount: 3550 })
  const balances = await balancesOf(order.number)
  expect(balances).toMatchObject({
    customer: 0,
    'clearing:stripe': order.totals.grandTotal.amount - 3550,
    vat: 169 - order.totals.vat.amount,
  })
  const options = await optionsOf(owner, order)
  expect(options).toMatchObject({
    given: money(3550),
    lines: [{ givenQuantity: 1, given: money(3550), left: money(7100), leftVat: money(338) }],
  })
  await worker.settle()
  expect(await paymentOf(app, order.number)).toMatchObject({ refundRequestedAmount: 3550, refundedAmount: 3550 })
  const audit = await auditTrail(db, 'refund.requested', (await paymentOf(app, order.number)).orderId)
  expect(audit).toMatchObject([{ actorId: owner.accountId, details: { amount: 3550, refundIds: [refund?.id] } }])
  const mails = await mailsTo(app, order.contact.email)
  expect(mails.map((mail) => mail.subject).slice(1)).toEqual([`Your refund for order ${order.number}`])
  expect(mails.at(-1)?.text).toContain('We have sent AED 35.50 back the way you paid.')
})

test('all of an order in three refunds: the VAT is that of the sale, and nothing is left', async () => {
  const order = await paidOrder(app)
  const line = lineOf(order)
  await refunded(owner, order, { lines: [{ lineId: line.id, quantity: 2 }] })
  await refunded(owner, order, { lines: [{ lineId: line.id, amount: money(1000) }] })
  const delivery = order.totals.delivery.amount > 0 ? { delivery: order.totals.delivery } : {}
  await refunded(owner, order, { lines: [{ lineId: line.id, quantity: 1 }], ...delivery })
  expect(await balancesOf(order.number)).toMatchObject({ customer: 0, sales: 0, vat: 0, 'clearing:stripe': 0 })
  const options = await optionsOf(owner, order)
  expect(options).toMatchObject({ left: money(0), destinations: [] })
  const more = owner.call(previewRefund, { params: { number: order.number }, body: wishOf({ other: money(1) }) })
  expect(await codeOf(more)).toBe('refunds/nothing-left')
})

test('goodwill takes nothing off the sale', async () => {
  const order = await paidOrder(app)
  await refunded(owner, order, { other: money(2000) })
  expect(await balancesOf(order.number)).toMatchObject({ goodwill: 2000, vat: -order.totals.vat.amount })
})

test('a customer’s card order may be given back as store credit, at once', async () => {
  const order = await paidOrder(app)
  const customer = await given.customer()
  await db.updateTable('orders').set({ customerId: customer.account.id }).where('number', '=', order.number).execute()
  const [refund] = await refunded(owner, order, { other: money(700), destination: 'store-credit' })
  expect(refund).toMatchObject({ state: 'succeeded', destination: 'store-credit', paymentId: null })
  const kept = await db
    .selectFrom('storeCreditAccounts')
    .select('balanceAmount')
    .where('customerId', '=', customer.account.id)
    .executeTakeFirst()
  expect(kept?.balanceAmount).toBe(700)
  expect(await balancesOf(order.number)).toMatchObject({ goodwill: 700, 'store-credit': -700 })
  // what is credit now cannot go to the card as well
  const { leftAtProvider, left } = await optionsOf(owner, order)
  expect(leftAtProvider).toEqual(left)
  expect(left.amount).toBe(order.totals.grandTotal.amount - 700)
})

test('a guest is given no credit', async () => {
  const order = await paidOrder(app)
  const body = wishOf({ other: money(700), destination: 'store-credit' })
  expect(await codeOf(owner.call(previewRefund, { params: { number: order.number }, body }))).toBe(
    'refunds/destination-not-possible',
  )
})

test('of five who refund the same unit at once, one does', async () => {
  const order = await paidOrder(app, { lines: [{ variant: await given.variant({ price: money(9900) }), quantity: 1 }] })
  const wish = { lines: [{ lineId: lineOf(order).id, quantity: 1 }] }
  const body = { ...wishOf(wish), expectedAmount: money(9900), reason: 'she sent it back' }
  const params = { number: order.number }
  const codes = await Promise.all(
    Array.from({ length: 5 }, () => codeOf(owner.call(createRefund, { params, body, idempotencyKey: randomUUID() }))),
  )
  expect(countBy(codes, (code) => code)).toEqual({ none: 1, 'refunds/nothing-left': 4 })
  await worker.settle()
  expect(await paymentOf(app, order.number)).toMatchObject({ refundRequestedAmount: 9900, refundedAmount: 9900 })
})

test('the same request twice gives back once', async () => {
  const order = await paidOrder(app)
  const body = { ...wishOf({ other: money(500) }), expectedAmount: money(500), reason: 'late parcel' }
  const call = () =>
    owner.call(createRefund, { params: { number: order.number }, body, idempotencyKey: `key-of-${order.number}` })
  const first = await call()
  expect(await call()).toEqual(first)
  expect((await optionsOf(owner, order)).given).toEqual(money(500))
})

test('a refund the webhook, the poll and the asker all hear of at once is one refund', async () => {
  const order = await paidOrder(app)
  const { id: paymentId } = await paymentOf(app, order.number)
  const asks = () => Array.from({ length: 5 }, () => owner.call(askProvider, { params: { paymentId } }))
  await Promise.all([refunded(owner, order, { other: money(900) }), ...asks(), worker.settle()])
  await Promise.all([...asks(), worker.settle()])
  const { refunds, given: back } = await optionsOf(owner, order)
  expect(refunds).toMatchObject([{ state: 'succeeded', isExternal: false, amount: money(900) }])
  expect(back).toEqual(money(900))
  expect(await balancesOf(order.number)).toMatchObject({ goodwill: 900, customer: 0 })
})

test('while nobody knows whether it went through, the same id is asked for again, and once is given back', async () => {
  const order = await paidOrder(app)
  sandbox.control.addFault({ provider: 'stripe', kind: 'reset-after', path: '/v1/refunds', times: 3 })
  const [refund] = await refunded(owner, order, { other: money(1200) })
  expect(refund?.state).toBe('requested')
  sandbox.control.clearFaults()
  clock.advance({ seconds: 35 })
  await worker.settle()
  const params = { refundId: refund?.id ?? '' }
  expect(await owner.call(getRefund, { params })).toMatchObject({ state: 'succeeded' })
  expect(await paymentOf(app, order.number)).toMatchObject({ refundedAmount: 1200 })
})

test('what somebody refunds at the provider’s own page is found, and leaves room for no more than was paid', async () => {
  const order = await paidOrder(app)
  const { providerRef } = await paymentOf(app, order.number)
  await atProvider(sandbox, '/refunds', { payment_intent: providerRef ?? '', amount: '1500' })
  await worker.settle()
  const { refunds, left } = await optionsOf(owner, order)
  expect(refunds).toMatchObject([{ isExternal: true, state: 'succeeded', amount: money(1500), other: money(1500) }])
  expect(left.amount).toBe(order.totals.grandTotal.amount - 1500)
  await worker.settle()
  expect((await optionsOf(owner, order)).refunds).toHaveLength(1)
})

test('when somebody gives all of it back there while ours is on its way, ours fails and nothing is given twice', async () => {
  const order = await paidOrder(app)
  sandbox.control.addFault({ provider: 'stripe', kind: 'reset-before', path: '/v1/refunds', times: 3 })
  const [ours] = await refunded(owner, order, { lines: [{ lineId: lineOf(order).id, quantity: 3 }] })
  sandbox.control.clearFaults()
  const { providerRef, id: paymentId } = await paymentOf(app, order.number)
  await atProvider(sandbox, '/refunds', { payment_intent: providerRef ?? '' })
  await owner.call(askProvider, { params: { paymentId } })
  const refund = await owner.call(getRefund, { params: { refundId: ours?.id ?? '' } })
  expect(refund).toMatchObject({ state: 'failed', failureReason: 'refunded-at-provider' })
  await worker.settle()
  const total = order.totals.grandTotal.amount
  expect(await paymentOf(app, order.number)).toMatchObject({ refundRequestedAmount: total, refundedAmount: total })
  expect(await optionsOf(owner, order)).toMatchObject({ left: money(0), lines: [{ givenQuantity: 0 }] })
  expect(await balancesOf(order.number)).toMatchObject({ customer: 0, 'clearing:stripe': 0, goodwill: total })
})

test('a refund that fails after it was done is taken back everywhere, and can be made again', async () => {
  const variant = await given.variant({ price: money(8000) })
  const guest = await given.guestAtCheckout({ variant })
  await guest.placeOrder()
  await guest.pay('pm_card_refundFail')
  await worker.settle()
  const order = await guest.order()
  const [refund] = await refunded(owner, order, { lines: [{ lineId: lineOf(order).id, quantity: 1 }] })
  expect(refund?.state).toBe('succeeded')
  clock.advance({ minutes: 2 })
  await worker.settle()
  expect(await owner.call(getRefund, { params: { refundId: refund?.id ?? '' } })).toMatchObject({ state: 'failed' })
  expect(await paymentOf(app, order.number)).toMatchObject({ refundRequestedAmount: 0, refundedAmount: 0 })
  expect(await balancesOf(order.number)).toMatchObject({ customer: 0, vat: -order.totals.vat.amount })
  expect((await optionsOf(owner, order)).lines).toMatchObject([{ givenQuantity: 0, left: money(8000) }])
  const alerts = app.logs.filter((line) => line['alert'] === 'refund-failed' && line['refundId'] === refund?.id)
  expect(alerts).toHaveLength(1)
})

test('ST-4: above one’s limit a second person agrees, and the limit counts what was given back before', async () => {
  const order = await paidOrder(app, {
    lines: [{ variant: await given.variant({ price: money(30_000) }), quantity: 2 }],
  })
  const support = await given.staff({ roles: ['support'] }) // up to AED 500.00
  await refunded(support, order, { other: money(30_000) })
  expect(await optionsOf(support, order)).toMatchObject({ leftWithoutApproval: money(20_000) })
  const asked = await ask(support, order, { other: money(20_001) })
  if (asked.kind !== 'approval-requested') throw new Error('nobody was asked')
  const params = { approvalId: asked.approval.id }
  expect(asked.approval).toMatchObject({
    action: 'payments.refund',
    subject: { orderNumber: order.number, amount: 20_001 },
  })
  expect(await codeOf(support.call(approve, { params }))).toBe('auth/forbidden')
  const decider = await given.staff({ permissions: ['approvals.decide'] })
  expect(await codeOf(decider.call(approve, { params }))).toBe('auth/forbidden')
  await owner.call(approve, { params })
  await worker.settle()
  const { refunds } = await optionsOf(owner, order)
  expect(refunds.find((refund) => refund.approvalId === asked.approval.id)).toMatchObject({
    state: 'succeeded',
    amount: money(20_001),
    requestedBy: { id: support.accountId },
  })
  // what two people agreed on is not held against the limit of one
  expect(await optionsOf(support, order)).toMatchObject({ leftWithoutApproval: money(20_000) })
})

test('ST-4: nobody agrees to their own, not even the owner above the shop’s own limit', async () => {
  const order = await paidOrder(app, {
    lines: [{ variant: await given.variant({ price: money(250_000) }), quantity: 1 }],
  })
  const asked = await ask(owner, order, { lines: [{ lineId: lineOf(order).id, quantity: 1 }] })
  if (asked.kind !== 'approval-requested') throw new Error('nobody was asked')
  const params = { approvalId: asked.approval.id }
  expect(await codeOf(owner.call(approve, { params }))).toBe('approvals/own-request')
  // something was given back meanwhile: what was agreed to is no longer there
  await refunded(owner, order, { lines: [{ lineId: lineOf(order).id, amount: money(100) }] })
  const other = await given.staff()
  expect(await codeOf(other.call(approve, { params }))).toBe('refunds/amount-changed')
  const { items } = await other.call(listApprovals, {})
  expect(items.find((item) => item.id === asked.approval.id)?.state).toBe('pending')
})

test('a limit no role sets lets nobody give anything back alone', async () => {
  const order = await paidOrder(app)
  const helper = await given.staff({ permissions: ['orders.read', 'orders.refund'] })
  expect((await ask(helper, order, { other: money(1) })).kind).toBe('approval-requested')
})

test('giving money back takes the permission, a fresh second factor and a key', async () => {
  const order = await paidOrder(app)
  const params = { number: order.number }
  const body = { ...wishOf({ other: money(500) }), expectedAmount: money(500), reason: 'late parcel' }
  const packer = await given.staff({ roles: ['packer'] })
  expect(await codeOf(packer.call(createRefund, { params, body, idempotencyKey: randomUUID() }))).toBe('auth/forbidden')
  const tired = await given.staff({ secondFactorAt: new Date(clock.now().getTime() - 301_000) })
  expect(await codeOf(tired.call(createRefund, { params, body, idempotencyKey: randomUUID() }))).toBe(
    'auth/step-up-required',
  )
  expect(await codeOf(owner.call(createRefund, { params, body }))).toBe('idempotency/key-required')
  const other = { number: 'DH-0000-0000' }
  expect(await codeOf(owner.call(createRefund, { params: other, body, idempotencyKey: randomUUID() }))).toBe(
    'orders/not-found',
  )
  const changed = { ...body, expectedAmount: money(499) }
  expect(await codeOf(owner.call(createRefund, { params, body: changed, idempotencyKey: randomUUID() }))).toBe(
    'refunds/amount-changed',
  )
})

test('refunds are listed newest first, page by page', async () => {
  const order = await paidOrder(app)
  for (const amount of [100, 200, 300]) {
    clock.advance({ seconds: 1 })
    await refunded(owner, order, { other: money(amount) })
  }
  const first = await owner.call(listRefunds, { query: { limit: 2 } })
  expect(first.items.map((item) => item.amount.amount)).toEqual([300, 200])
  const cursor = first.nextCursor ?? ''
  const next = await owner.call(listRefunds, { query: { limit: 1, cursor } })
  expect(next.items.map((item) => item.amount.amount)).toEqual([100])
  expect(await codeOf(owner.call(listRefunds, { query: { cursor: 'nonsense' } }))).toBe('catalog/cursor-invalid')
  expect(await codeOf(owner.call(getRefund, { params: { refundId: randomUUID() } }))).toBe('refunds/not-found')
})
