import {
  askProvider,
  capturePayment,
  getOrderLedger,
  getPayment,
  listPayments,
  voidPayment,
} from '@dhow/contracts/admin-payments.ts'
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
import { optionsOf, paidOrder, refunded } from '../../../../test/refunds.ts'

const app = await startTestApp({ env: { STRIPE_CAPTURE: 'on-fulfilment' } })
const { given, db, sandbox, worker, clock } = app
const owner = await given.staff()

/** An order whose card has only been held. */
async function heldOrder() {
  const order = await paidOrder(app)
  const payment = await paymentOf(app, order.number)
  expect(payment).toMatchObject({ state: 'authorised', authorisedAmount: payment.amount, capturedAmount: 0 })
  return { order, payment, params: { paymentId: payment.id }, total: payment.amount }
}

const key = () => randomUUID()
const take = (params: { paymentId: string }, body: { amount?: ReturnType<typeof money>; isFinal?: boolean } = {}) => {
  const amount = body.amount && { amount: { amount: body.amount.amount, currency: 'AED' as const } }
  return owner.call(capturePayment, { params, body: { ...body, ...amount }, idempotencyKey: key() })
}
const letGo = (params: { paymentId: string }, idempotencyKey: string = key()) =>
  owner.call(voidPayment, { params, body: { reason: 'out of stock after all' }, idempotencyKey })

const statusThere = (ref: string | null) => sandbox.control.findIntent(ref ?? '')?.status

async function balancesOf(number: string): Promise<Record<string, number>> {
  const { balances } = await owner.call(getOrderLedger, { params: { number } })
  return Object.fromEntries(balances.map(({ account, balance }) => [account, balance.amount]))
}

test('held money is taken whole, once, with name and ledger', async () => {
  const { order, params, total, payment } = await heldOrder()
  const taken = await take(params)
  expect(taken).toMatchObject({
    state: 'captured',
    captured: money(total),
    canCapture: false,
    canVoid: false,
    captures: [{ state: 'succeeded', amount: money(total), requestedBy: { id: owner.accountId } }],
  })
  expect(taken.timeline.map((row) => row.kind)).toContain('captured')
  expect(await balancesOf(order.number)).toMatchObject({ customer: 0, 'clearing:stripe': total })
  expect(statusThere(payment.providerRef)).toBe('succeeded')
  expect(await auditTrail(db, 'payment.capture-requested', params.paymentId)).toMatchObject([
    { actorId: owner.accountId, details: { amount: total, orderNumber: order.number } },
  ])
  expect(await codeOf(take(params))).toBe('payments/not-capturable')
})

test('part of it is taken and the rest let go: the sale is less by as much, VAT pro rata, and only that can go back', async () => {
  const { order, params, total } = await heldOrder()
  expect(await codeOf(take(params, { amount: money(total + 1) }))).toBe('payments/amount-too-high')
  const taken = await take(params, { amount: money(total - 3550) })
  expect(taken).toMatchObject({ state: 'captured', captured: money(total - 3550), captures: [{ isFinal: true }] })
  const vat = order.totals.vat.amount
  const released = Math.round((vat * 3550) / order.totals.grandTotal.amount)
  expect(await balancesOf(order.number)).toMatchObject({ customer: 0, vat: released - vat })
  expect(await optionsOf(owner, order)).toMatchObject({ paid: money(total - 3550), left: money(total - 3550) })
  await worker.settle()
  expect(await balancesOf(order.number)).toMatchObject({ customer: 0, vat: released - vat })
  await refunded(owner, order, { other: money(total - 3550) })
  expect(await optionsOf(owner, order)).toMatchObject({ left: money(0) })
})

test('five who take it at once take it once', async () => {
  const { params, total } = await heldOrder()
  const codes = await Promise.all(Array.from({ length: 5 }, () => codeOf(take(params))))
  const counted = countBy(codes, (code) => code)
  expect(counted['none']).toBe(1)
  expect((counted['payments/operation-in-progress'] ?? 0) + (counted['payments/not-capturable'] ?? 0)).toBe(4)
  await worker.settle()
  expect(await owner.call(getPayment, { params })).toMatchObject({ captured: money(total), captures: [{}] })
})

test('when nobody knows whether it was taken, the same id asks again and it is taken once', async () => {
  const { params, total } = await heldOrder()
  sandbox.control.addFault({ provider: 'stripe', kind: 'reset-after', path: '/v1/payment_intents/*/capture', times: 3 })
  const asked = await take(params)
  expect(asked.captures).toMatchObject([{ state: 'requested' }])
  expect(await codeOf(take(params))).toBe('payments/operation-in-progress')
  expect(await codeOf(letGo(params))).toBe('payments/operation-in-progress')
  clock.advance({ seconds: 31 })
  await worker.settle()
  expect(await owner.call(getPayment, { params })).toMatchObject({
    state: 'captured',
    captured: money(total),
    captures: [{ state: 'succeeded' }],
  })
})

test('a capture whose job is lost is finished by the sweep', async () => {
  const { params } = await heldOrder()
  sandbox.control.addFault({ provider: 'stripe', kind: 'error500', path: '/v1/payment_intents/*/capture', times: 3 })
  await take(params)
  await db
    .updateTable('captures')
    .set({ nextTryAt: new Date(clock.now().getTime() - 61_000) })
    .where('paymentId', '=', params.paymentId)
    .execute()
  await worker.runTask('payments.finish-operations')
  expect(await owner.call(getPayment, { params })).toMatchObject({
    state: 'captured',
    captures: [{ state: 'succeeded' }],
  })
})

test('one that nobody knows of after a day is looked up, not asked for again', async () => {
  const { params, payment } = await heldOrder()
  sandbox.control.addFault({
    provider: 'stripe',
    kind: 'reset-before',
    path: '/v1/payment_intents/*/capture',
    times: 3,
  })
  await take(params)
  await db
    .updateTable('captures')
    .set({ createdAt: new Date(clock.now().getTime() - 86_400_001) })
    .where('paymentId', '=', params.paymentId)
    .execute()
  const { id } = await db
    .selectFrom('captures')
    .select('id')
    .where('paymentId', '=', params.paymentId)
    .executeTakeFirstOrThrow()
  await worker.runTask('payments.capture', { captureId: id })
  expect(statusThere(payment.providerRef)).toBe('requires_capture')
  expect(await owner.call(getPayment, { params })).toMatchObject({
    state: 'authorised',
    captures: [{ state: 'failed', failureReason: 'never-reached-provider' }],
  })
  expect(app.logs.filter((line) => line['alert'] === 'capture-failed' && line['captureId'] === id)).toHaveLength(1)
})

test('letting go calls the order off: goods are back, the sale is undone, the shopper is told', async () => {
  const { order, params, payment } = await heldOrder()
  const gone = await letGo(params)
  expect(gone).toMatchObject({ state: 'cancelled', orderState: 'cancelled', canVoid: false })
  expect(statusThere(payment.providerRef)).toBe('canceled')
  expect(Object.values(await balancesOf(order.number)).every((balance) => balance === 0)).toBe(true)
  const variantId = order.lines[0]?.variantId ?? ''
  const level = await db
    .selectFrom('stockLevels')
    .select(['onHand', 'reserved'])
    .where('variantId', '=', variantId)
    .executeTakeFirstOrThrow()
  expect(level).toEqual({ onHand: 10, reserved: 0 })
  const mails = await mailsTo(app, order.contact.email)
  expect(mails.at(-1)?.subject).toBe(`Your order ${order.number} is cancelled`)
  expect(await auditTrail(db, 'payment.void-requested', params.paymentId)).toMatchObject([
    { reason: 'out of stock after all' },
  ])
  expect(await codeOf(letGo(params))).toBe('payments/not-voidable')
  expect(await codeOf(take(params))).toBe('payments/not-capturable')
})

test('taking and letting go at once: one of them happens, here and at the provider', async () => {
  for (let round = 0; round < 4; round += 1) {
    const { order, params, total, payment } = await heldOrder()
    const codes = await Promise.all([codeOf(take(params)), codeOf(letGo(params))])
    await worker.settle()
    const now = await owner.call(getPayment, { params })
    const isTaken = statusThere(payment.providerRef) === 'succeeded'
    expect(now).toMatchObject(
      isTaken
        ? { state: 'captured', orderState: 'confirmed', captured: money(total) }
        : { state: 'cancelled', orderState: 'cancelled', captured: money(0) },
    )
    expect(now.captures.every((capture) => capture.state !== 'requested')).toBe(true)
    expect((await balancesOf(order.number))['customer'] ?? 0).toBe(0)
    expect(codes).toContain('none')
  }
})

test('while the provider does not answer nothing is let go, and asking again is safe', async () => {
  const { params } = await heldOrder()
  sandbox.control.addFault({ provider: 'stripe', kind: 'error500', path: '/v1/payment_intents/*/cancel', times: 3 })
  expect(await codeOf(letGo(params))).toBe('payments/provider-unavailable')
  expect(await owner.call(getPayment, { params })).toMatchObject({ state: 'authorised', orderState: 'confirmed' })
  expect(await letGo(params)).toMatchObject({ state: 'cancelled', orderState: 'cancelled' })
})

test('letting go asked for again by its key goes on where it died, and is the same when it was done', async () => {
  const { params } = await heldOrder()
  const again = key()
  sandbox.control.addFault({ provider: 'stripe', kind: 'error500', path: '/v1/payment_intents/*/cancel', times: 3 })
  expect(await codeOf(letGo(params, again))).toBe('payments/provider-unavailable')
  const gone = await letGo(params, again)
  await db.deleteFrom('idempotencyKeys').execute() // as if the process had died before it kept them
  expect(await letGo(params, again)).toEqual(gone)
  expect(gone).toMatchObject({ state: 'cancelled', orderState: 'cancelled' })
  expect(await auditTrail(db, 'payment.void-requested', params.paymentId)).toHaveLength(1)
})

test('asking the provider finds what was done at its own page, though its webhook was lost', async () => {
  const { params, payment } = await heldOrder()
  sandbox.control.setWebhooks({ mode: 'drop' })
  await atProvider(sandbox, `/payment_intents/${payment.providerRef ?? ''}/capture`, {})
  sandbox.control.setWebhooks({ mode: 'normal' })
  expect(await owner.call(askProvider, { params })).toMatchObject({ state: 'captured' })
  expect(await auditTrail(db, 'payment.provider-asked', params.paymentId)).toMatchObject([
    { actorId: owner.accountId, details: { before: 'authorised', after: 'captured' } },
  ])
})

test('payments are found by state, method, order and whether they are overdue', async () => {
  const { params, order } = await heldOrder()
  await db.updateTable('payments').set({ alarmLevel: 50 }).where('id', '=', params.paymentId).execute()
  const idsOf = async (query: Parameters<typeof list>[0]) => (await list(query)).items.map((item) => item.id)
  const list = (query: {
    state?: 'authorised' | 'captured'
    method?: 'card' | 'tabby'
    overdue?: 'true'
    held?: 'true'
    orderNumber?: string
    limit?: number
    cursor?: string
  }) => owner.call(listPayments, { query })
  expect(await idsOf({ overdue: 'true' })).toEqual([params.paymentId])
  expect(await idsOf({ orderNumber: order.number })).toEqual([params.paymentId])
  expect((await list({ state: 'captured' })).items.every((item) => item.state === 'captured')).toBe(true)
  expect(await idsOf({ method: 'tabby' })).toEqual([])
  expect(await idsOf({ held: 'true' })).toEqual([])
  const first = await list({ limit: 2 })
  const rest = await list({ limit: 2, cursor: first.nextCursor ?? '' })
  const seen = [...first.items, ...rest.items].map((item) => item.id)
  expect(new Set(seen).size).toBe(4)
})

test('money is moved by whoever may, just after a second factor, with a key', async () => {
  const { params } = await heldOrder()
  const accountant = await given.staff({ roles: ['accountant'] })
  const tired = await given.staff({ secondFactorAt: new Date(clock.now().getTime() - 301_000) })
  const bodies = { capture: {}, void: { reason: 'out of stock' } }
  expect(await accountant.call(getPayment, { params })).toMatchObject({ id: params.paymentId })
  expect(await codeOf(accountant.call(capturePayment, { params, body: bodies.capture, idempotencyKey: key() }))).toBe(
    'auth/forbidden',
  )
  expect(await codeOf(accountant.call(voidPayment, { params, body: bodies.void, idempotencyKey: key() }))).toBe(
    'auth/forbidden',
  )
  expect(await codeOf(tired.call(capturePayment, { params, body: bodies.capture, idempotencyKey: key() }))).toBe(
    'auth/step-up-required',
  )
  expect(await codeOf(tired.call(voidPayment, { params, body: bodies.void, idempotencyKey: key() }))).toBe(
    'auth/step-up-required',
  )
  expect(await codeOf(owner.call(capturePayment, { params, body: bodies.capture }))).toBe('idempotency/key-required')
  const packer = await given.staff({ roles: ['packer'] })
  expect(await codeOf(packer.call(getPayment, { params }))).toBe('auth/forbidden')
  const nowhere = { paymentId: randomUUID() }
  expect(await codeOf(owner.call(getPayment, { params: nowhere }))).toBe('payments/not-found')
  expect(await codeOf(take(nowhere))).toBe('payments/not-found')
  expect(await codeOf(letGo(nowhere))).toBe('payments/not-found')
  expect(await owner.call(getPayment, { params })).toMatchObject({ state: 'authorised' })
})
