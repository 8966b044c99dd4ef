import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import type Stripe from 'stripe'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { expectShape, sdkFor } from '../../test/client.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

let sandbox: RunningSandbox
let stripe: Stripe

beforeAll(async () => {
  sandbox = await startSandbox()
  stripe = sdkFor(sandbox)
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const MINUTE = 60_000
const DAY = 24 * 60 * MINUTE
const bare = <T extends object>(answer: T): object => ({ ...answer, lastResponse: undefined })
const failureOf = (promise: Promise<unknown>): Promise<unknown> =>
  promise.then(
    () => undefined,
    (error: unknown) => error,
  )
const typesSeen = (): string[] => sandbox.control.state().events.map((event) => event.type)
const paid = (payment_method: string, params: Partial<Stripe.PaymentIntentCreateParams> = {}) =>
  stripe.paymentIntents.create({
    amount: 14_950,
    currency: 'aed',
    automatic_payment_methods: { enabled: true, allow_redirects: 'never' },
    confirm: true,
    payment_method,
    ...params,
  })
const disputeOf = async (card: string): Promise<Stripe.Dispute> => {
  const { id } = await paid(card)
  const { data } = await stripe.disputes.list({ payment_intent: id })
  if (!data[0]) throw new Error('no dispute')
  return data[0]
}
const paymentOf = ({ payment_intent: id }: Stripe.Dispute): string => (typeof id === 'string' ? id : '')
const submit = (id: string, uncategorized_text: string) =>
  stripe.disputes.update(id, { evidence: { uncategorized_text }, submit: true })

test('a refund that is pending succeeds a minute later', async () => {
  const { id } = await paid('pm_card_pendingRefund')
  const refund = await stripe.refunds.create({ payment_intent: id, amount: 1_000 })
  expect(refund.status).toBe('pending')
  sandbox.control.advanceClock(MINUTE)
  expect(await stripe.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' })
  expect(typesSeen()).toContain('refund.updated')
})

test('a refund that has succeeded may fail after all, and its money is back with the shop', async () => {
  const { id } = await paid('pm_card_refundFail')
  const refund = await stripe.refunds.create({ payment_intent: id, amount: 1_000 })
  expect(refund.status).toBe('succeeded')
  sandbox.control.advanceClock(MINUTE)
  const failed = await stripe.refunds.retrieve(refund.id, { expand: ['failure_balance_transaction'] })
  expect(failed).toMatchObject({ status: 'failed', failure_reason: 'expired_or_canceled_card' })
  expectShape('Refund', { ...bare(failed), failure_balance_transaction: 'txn_1' })
  const { latest_charge: charge } = await stripe.paymentIntents.retrieve(id, { expand: ['latest_charge.refunds'] })
  expect(charge).toMatchObject({ amount_refunded: 0, refunds: { data: [{ id: refund.id, status: 'failed' }] } })
  expect(typesSeen()).toContain('refund.failed')
})

test('held money lapses after seven days', async () => {
  const { id, latest_charge: charge } = await paid('pm_card_visa', {
    capture_method: 'manual',
    expand: ['latest_charge'],
  })
  expect(charge).toMatchObject({ payment_method_details: { card: { capture_before: expect.any(Number) as number } } })
  sandbox.control.advanceClock(7 * DAY - MINUTE)
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'requires_capture' })
  sandbox.control.advanceClock(MINUTE)
  expect(await stripe.paymentIntents.retrieve(id)).toMatchObject({ status: 'canceled', cancellation_reason: 'expired' })
  expect(typesSeen()).toEqual(expect.arrayContaining(['charge.expired', 'payment_intent.canceled']))
})

test('a card that disputes takes the money back, with a fee, and its charge cannot be refunded', async () => {
  const dispute = await disputeOf('pm_card_createDispute')
  expectShape('Dispute', bare(dispute))
  expect(dispute).toMatchObject({ status: 'needs_response', reason: 'fraudulent', is_charge_refundable: false })
  expect(dispute.balance_transactions).toMatchObject([{ amount: -14_950, fee: 6_000, reporting_category: 'dispute' }])
  expect(await failureOf(stripe.refunds.create({ payment_intent: paymentOf(dispute) }))).toMatchObject({
    code: 'charge_disputed',
  })
  expect(typesSeen()).toEqual(expect.arrayContaining(['charge.dispute.created', 'charge.dispute.funds_withdrawn']))
})

test.each([
  ['winning_evidence', 'won', [-14_950, 14_950], 'charge.dispute.funds_reinstated'],
  ['losing_evidence', 'lost', [-14_950], 'charge.dispute.closed'],
  ['the parcel was signed for', 'under_review', [-14_950], 'charge.dispute.updated'],
])('the evidence “%s” makes a dispute %s', async (text, status, amounts, event) => {
  const { id } = await disputeOf('pm_card_createDisputeProductNotReceived')
  const decided = await submit(id, text)
  expect(decided).toMatchObject({ status, evidence_details: { has_evidence: true, submission_count: 1 } })
  expect(decided.balance_transactions.map(({ amount }) => amount)).toEqual(amounts)
  expect(typesSeen()).toContain(event)
})

test('an inquiry takes no money: it is closed, or becomes a dispute', async () => {
  const inquiry = await disputeOf('pm_card_createDisputeInquiry')
  expect(inquiry).toMatchObject({
    status: 'warning_needs_response',
    balance_transactions: [],
    is_charge_refundable: true,
  })
  expect(await submit(inquiry.id, 'winning_evidence')).toMatchObject({
    status: 'warning_closed',
    balance_transactions: [],
  })
  const second = await disputeOf('pm_card_createDisputeInquiry')
  expect(await submit(second.id, 'escalate_inquiry_evidence')).toMatchObject({ status: 'needs_response' })
  expect(sandbox.control.stripe.decideDispute(second.id, 'lost')).toBe(true)
  expect(sandbox.control.stripe.decideDispute(second.id, 'won')).toBe(false)
})

test('an early fraud warning comes before any dispute', async () => {
  const { id } = await paid('pm_card_createIssuerFraudRecord')
  expect(typesSeen()).toContain('radar.early_fraud_warning.created')
  const [warning] = (await stripe.radar.earlyFraudWarnings.list({ payment_intent: id })).data
  expect(warning).toMatchObject({ payment_intent: id, actionable: true })
  expectShape('EarlyFraudWarning', bare(await stripe.radar.earlyFraudWarnings.retrieve(warning?.id ?? '')))
  await stripe.refunds.create({ payment_intent: id })
  expect((await stripe.radar.earlyFraudWarnings.retrieve(warning?.id ?? '')).actionable).toBe(false)
})

test('a payout sends what is owed, names its lines, and is in the bank a day later', async () => {
  const { id } = await paid('pm_card_visa')
  await stripe.refunds.create({ payment_intent: id, amount: 1_000 })
  const payout = sandbox.control.stripe.payOut()
  expect(payout).toMatchObject({ amount: 14_950 - 534 - 1_000, status: 'in_transit' })
  expectShape('Payout', payout)
  const lines = await stripe.balanceTransactions.list({ payout: String(payout?.id), expand: ['data.source'] })
  expect(lines.data.map(({ type }) => type)).toEqual(['payout', 'refund', 'charge'])
  expect(lines.data[2]?.source).toMatchObject({ object: 'charge', payment_intent: id })
  expect(lines.data.reduce((sum, { net }) => sum + net, 0)).toBe(0)
  expect(sandbox.control.stripe.payOut()).toBeUndefined()
  sandbox.control.advanceClock(DAY)
  expect(await stripe.payouts.retrieve(String(payout?.id))).toMatchObject({ status: 'paid' })
  expect(typesSeen()).toContain('payout.paid')
})

test('a payout that comes back is owed again', async () => {
  await paid('pm_card_visa')
  const payout = sandbox.control.stripe.payOut()
  expect(sandbox.control.stripe.failPayout(String(payout?.id))).toBe(true)
  expect(sandbox.control.stripe.failPayout(String(payout?.id))).toBe(false)
  expect(await stripe.payouts.list()).toMatchObject({ data: [{ status: 'failed', failure_code: 'account_closed' }] })
  expect(sandbox.control.stripe.payOut()?.amount).toBe(payout?.amount)
})

test('by hand no more is paid out than there is; an amount ending in .99 comes back', async () => {
  await paid('pm_card_visa')
  expect(await failureOf(stripe.payouts.create({ amount: 14_417, currency: 'aed' }))).toMatchObject({
    code: 'balance_insufficient',
  })
  const { id } = await stripe.payouts.create({ amount: 4_999, currency: 'aed' })
  sandbox.control.advanceClock(DAY)
  expect(await stripe.payouts.retrieve(id)).toMatchObject({ status: 'failed' })
})

test('payments are listed by when they were made', async () => {
  const first = await paid('pm_card_visa')
  sandbox.control.advanceClock(60 * MINUTE)
  const second = await paid('pm_card_visa')
  const { data } = await stripe.paymentIntents.list({
    created: { gte: first.created + 1 },
    expand: ['data.latest_charge.refunds'],
  })
  expect(data.map(({ id }) => id)).toEqual([second.id])
})

test('what was still to come comes after a restart too', async () => {
  const folder = mkdtempSync(path.join(tmpdir(), 'dhow-sandbox-'))
  const stateFile = path.join(folder, 'sandbox.json')
  const first = await startSandbox({ stateFile })
  const before = sdkFor(first)
  const params = { amount: 14_950, currency: 'aed', confirm: true } as const
  const methods = { automatic_payment_methods: { enabled: true, allow_redirects: 'never' } } as const
  const held = await before.paymentIntents.create({
    ...params,
    ...methods,
    payment_method: 'pm_card_visa',
    capture_method: 'manual',
  })
  const slow = await before.paymentIntents.create({ ...params, ...methods, payment_method: 'pm_card_pendingRefund' })
  const refund = await before.refunds.create({ payment_intent: slow.id })
  const customer = await before.customers.create({})
  await first.close()

  const second = await startSandbox({ stateFile })
  second.control.advanceClock(7 * DAY)
  const after = sdkFor(second)
  expect(await after.paymentIntents.retrieve(held.id)).toMatchObject({ status: 'canceled' })
  expect(await after.refunds.retrieve(refund.id)).toMatchObject({ status: 'succeeded' })
  expect(await after.customers.retrieve(customer.id)).toMatchObject({ id: customer.id })
  await second.close()
  rmSync(folder, { recursive: true })
})
