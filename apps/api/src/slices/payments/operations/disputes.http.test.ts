import {
  getDispute,
  getLedgerBalances,
  getOrderLedger,
  getPayment,
  listDisputes,
} from '@dhow/contracts/admin-payments.ts'
import { previewRefund } from '@dhow/contracts/admin-refunds.ts'
import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { paymentOf } from '../../../../test/placed-order.ts'
import { codeOf } from '../../../../test/problems.ts'
import { optionsOf, refunded, wishOf } from '../../../../test/refunds.ts'
import { applyDispute } from './apply-dispute.ts'
import { followClaims } from './follow-claims.ts'

const app = await startTestApp()
const { given, sandbox, worker, ctx } = app
const owner = await given.staff()

async function disputed(card = 'pm_card_createDispute') {
  const guest = await given.guestAtCheckout()
  await guest.placeOrder()
  await guest.pay(card)
  await worker.settle()
  const order = await guest.order()
  const payment = await paymentOf(app, order.number)
  const [dispute] = (await owner.call(listDisputes, { query: {} })).items
  if (!dispute) throw new Error('no dispute')
  return { order, payment, dispute, total: payment.amount }
}

async function balancesOf(number: string): Promise<Record<string, number>> {
  const { balances } = await owner.call(getOrderLedger, { params: { number } })
  return Object.fromEntries(balances.map(({ account, balance }) => [account, balance.amount]))
}

const alerts = (alert: string, field: string, value: string) =>
  app.logs.filter((line) => line['alert'] === alert && line[field] === value)

test('a dispute is written down with its deadline, booked, told to a person once, and stops refunds until it is won', async () => {
  const { order, payment, dispute, total } = await disputed()
  expect(dispute).toMatchObject({
    orderNumber: order.number,
    paymentId: payment.id,
    state: 'needs-response',
    amount: money(total),
    withdrawn: money(total),
    isRefundable: false,
    closedAt: null,
  })
  expect(dispute.dueAt).not.toBeNull()
  const lost = await balancesOf(order.number)
  expect(lost).toMatchObject({ disputes: total, fees: dispute.fee.amount })
  expect(lost['clearing:stripe']).toBe(-dispute.fee.amount)
  expect(alerts('dispute-opened', 'disputeRef', dispute.providerRef)).toHaveLength(1)

  const body = wishOf({ other: money(100) })
  expect(await codeOf(owner.call(previewRefund, { params: { number: order.number }, body }))).toBe('payments/disputed')
  expect(await optionsOf(owner, order)).toMatchObject({ blockedBy: 'disputed' })
  expect(await owner.call(getPayment, { params: { paymentId: payment.id } })).toMatchObject({
    disputes: [{ id: dispute.id }],
  })

  expect(sandbox.control.stripe.decideDispute(dispute.providerRef, 'won')).toBe(true)
  await worker.settle()
  const won = await owner.call(getDispute, { params: { disputeId: dispute.id } })
  expect(won).toMatchObject({ state: 'won', withdrawn: money(0) })
  expect(won.closedAt).not.toBeNull()
  expect(await balancesOf(order.number)).toMatchObject({ disputes: 0 })
  expect(alerts('dispute-opened', 'disputeRef', dispute.providerRef)).toHaveLength(1)
  await refunded(owner, order, { other: money(100) })
  expect((await owner.call(listDisputes, { query: { state: 'open' } })).items).toEqual([])
  const { items } = await owner.call(getLedgerBalances, { query: {} })
  expect(items.reduce((sum, { balance }) => sum + balance.amount, 0)).toBe(0)
})

test('old news about a dispute that has ended changes nothing, and the same news books nothing twice', async () => {
  const { order, dispute } = await disputed()
  const found = await ctx.providers.cards.fetchDispute(dispute.providerRef)
  if (found.kind !== 'done') throw new Error(found.kind)
  const open = found.dispute
  const before = await balancesOf(order.number)
  await applyDispute(ctx, open)
  await applyDispute(ctx, open)
  expect(await balancesOf(order.number)).toEqual(before)
  await applyDispute(ctx, { ...open, state: 'lost', dueAt: null })
  await applyDispute(ctx, open)
  const params = { disputeId: dispute.id }
  expect(await owner.call(getDispute, { params })).toMatchObject({ state: 'lost', withdrawn: dispute.withdrawn })
  await applyDispute(ctx, { ...open, disputeRef: 'dp_foreign', paymentRef: 'pi_foreign' })
  expect(await codeOf(owner.call(getDispute, { params: { disputeId: randomUUID() } }))).toBe('disputes/not-found')
})

test('people hear when half and nine tenths of the time for evidence are over, once each', async () => {
  const shop = await startTestApp()
  const guest = await shop.given.guestAtCheckout()
  await guest.placeOrder()
  await guest.pay('pm_card_createDispute')
  await shop.worker.settle()
  const { dueAt, openedAt, id } = await shop.db.selectFrom('disputes').selectAll().executeTakeFirstOrThrow()
  const warned = async (share: number): Promise<unknown[]> => {
    const openMs = openedAt.getTime()
    shop.clock.set(new Date(openMs + ((dueAt?.getTime() ?? 0) - openMs) * share).toISOString())
    await shop.worker.runTask('payments.finish-operations')
    const told = shop.logs.filter((line) => line['alert'] === 'dispute-evidence-due' && line['disputeId'] === id)
    return told.map((line) => line['percent'])
  }
  expect(await warned(0.49)).toEqual([])
  expect(await warned(0.5)).toEqual([50])
  expect(await warned(0.89)).toEqual([50])
  expect(await warned(0.9)).toEqual([50, 90])
  expect(await warned(0.99)).toEqual([50, 90])
})

test('a lost dispute has given the money back already: no refund follows it', async () => {
  const { order, dispute } = await disputed()
  sandbox.control.stripe.decideDispute(dispute.providerRef, 'lost')
  await worker.settle()
  expect(await optionsOf(owner, order)).toMatchObject({ blockedBy: 'disputed' })
  const body = wishOf({ other: money(100) })
  expect(await codeOf(owner.call(previewRefund, { params: { number: order.number }, body }))).toBe('payments/disputed')
})

test('a bank’s warning of fraud calls a person once, is on the timeline of staff alone, and loses its point with the money', async () => {
  const guest = await given.guestAtCheckout()
  await guest.placeOrder()
  await guest.pay('pm_card_createIssuerFraudRecord')
  await worker.settle()
  const order = await guest.order()
  const { id: paymentId } = await paymentOf(app, order.number)
  const seen = async () => owner.call(getPayment, { params: { paymentId } })
  const { fraudWarnings, timeline, webhooks } = await seen()
  expect(fraudWarnings).toMatchObject([{ paymentId, kind: 'made_with_stolen_card', isActionable: true }])
  expect(timeline.map(({ kind }) => kind)).toContain('fraud-warning')
  expect(webhooks).toContainEqual(
    expect.objectContaining({ type: 'radar.early_fraud_warning.created', state: 'handled' }),
  )
  expect(order.timeline.map(({ kind }) => kind)).not.toContain('fraud-warning')

  await refunded(owner, order, { other: money(order.totals.due.amount) })
  await followClaims(ctx, { since: new Date(0), disputeRefs: [] })
  expect((await seen()).fraudWarnings).toMatchObject([{ isActionable: false }])
  expect(alerts('fraud-warning', 'paymentId', paymentId)).toHaveLength(1)
})

test('disputes are for those who may read payments', async () => {
  const support = await given.staff({ roles: ['support'] })
  expect(await codeOf(support.call(listDisputes, { query: {} }))).toBe('auth/forbidden')
  const accountant = await given.staff({ roles: ['accountant'] })
  expect((await accountant.call(listDisputes, { query: { state: 'all', limit: 1 } })).items).toHaveLength(1)
})
