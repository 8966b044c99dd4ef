import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { paymentOf, placeOrderIn } from '../../../test/placed-order.ts'
import { atProvider } from '../../../test/provider.ts'
import { booksOf, startReconciled } from '../../../test/reconciliation.ts'

const app = await startReconciled()
const { db, sandbox, worker } = app
const { compare, differences, classes, lastRun, alerts } = booksOf(app)

const paid = async () => {
  const guest = await placeOrderIn(app)
  await guest.pay()
  await guest.refresh()
  await worker.runJobs()
  return guest
}
const payOutside = (orderId: string) =>
  atProvider(sandbox, '/payment_intents', {
    amount: '5000',
    currency: 'aed',
    confirm: 'true',
    payment_method: 'pm_card_visa',
    return_url: 'http://localhost/',
    'metadata[order_id]': orderId,
  })

describe('comparing payments', () => {
  test('puts right what neither webhook nor return told, by our own handler', async () => {
    const guest = await placeOrderIn(app)
    await guest.pay()
    expect((await guest.order()).state).toBe('awaiting-payment')
    await compare('stripe')
    expect(await guest.order()).toMatchObject({ state: 'confirmed', payment: { state: 'captured' } })
    expect(await classes(guest.intentId)).toEqual([])
    expect(await lastRun('stripe')).toMatchObject({ state: 'finished', healedCount: 1, differenceCount: 0 })
  })

  test('asks about what can still move, and gives up what the provider has given up', async () => {
    const guest = await placeOrderIn(app)
    sandbox.control.act('stripe', guest.intentId, 'expire')
    await compare('stripe', 'open')
    expect((await paymentOf(app, guest.view.number)).state).toBe('cancelled')
  })

  test('books a refund somebody made at the provider, and finds nothing left', async () => {
    const guest = await paid()
    expect(sandbox.control.act('stripe', guest.intentId, 'refund')).toBe(true)
    await compare('stripe')
    const payment = await paymentOf(app, guest.view.number)
    expect(payment.refundedAmount).toBe(payment.capturedAmount)
    expect(await classes(guest.intentId)).toEqual([])
  })

  test('finds money for an order nobody here knows, once, with an alert', async () => {
    const { id } = await payOutside(randomUUID())
    await compare('stripe')
    await compare('stripe')
    expect(await classes(id)).toEqual(['missing-here'])
    expect(alerts('reconciliation-difference', id)).toHaveLength(1)
    const counted = await app.ctx.metrics.reconciliationDifferences.get()
    expect(counted.values).toContainEqual(
      expect.objectContaining({ labels: { provider: 'stripe', class: 'missing-here' }, value: 1 }),
    )
  })

  test('leaves payments of other systems on the same account alone', async () => {
    const { id } = await payOutside('1043')
    await compare('stripe')
    expect(await classes(id)).toEqual([])
    expect((await lastRun('stripe')).totals).toMatchObject({ foreign: 1 })
  })

  test('finds a second payment of a paid order, and sees when it was given back', async () => {
    const guest = await paid()
    const { orderId } = await paymentOf(app, guest.view.number)
    const { id } = await payOutside(orderId)
    await compare('stripe')
    expect(await differences(id)).toMatchObject([{ class: 'duplicate', orderId }])
    await atProvider(sandbox, '/refunds', { payment_intent: id })
    await compare('stripe')
    expect(await classes(id)).toEqual([])
    expect(await differences(id, 'healed')).toHaveLength(1)
  })

  test('finds another amount and another currency, which our handler holds', async () => {
    const dearer = await placeOrderIn(app)
    await atProvider(sandbox, `/payment_intents/${dearer.intentId}`, { amount: '123456' })
    await dearer.pay()
    const foreign = await placeOrderIn(app)
    await atProvider(sandbox, `/payment_intents/${foreign.intentId}`, { currency: 'usd' })
    await foreign.pay()
    await compare('stripe')
    expect(await classes(dearer.intentId)).toEqual(['amount', 'state'])
    expect(await classes(foreign.intentId)).toEqual(['amount', 'currency', 'state'])
    expect((await paymentOf(app, dearer.view.number)).heldReason).toBe('amount-mismatch')
    const [{ ours, theirs } = {}] = await differences(dearer.intentId)
    expect([ours, theirs]).toMatchObject([{ captured: 0 }, { captured: 123_456 }])
  })

  test('finds money the provider does not know any more', async () => {
    const guest = await paid()
    sandbox.control.act('stripe', guest.intentId, 'lose')
    await compare('stripe')
    expect(await classes(guest.intentId)).toEqual(['missing-there'])
  })

  test('sees a payment that is older than its window when a difference is open about it', async () => {
    const guest = await paid()
    await db
      .updateTable('payments')
      .set({ refundRequestedAmount: 100, refundedAmount: 100, createdAt: new Date('2026-01-01T00:00:00Z') })
      .where('orderId', '=', (await paymentOf(app, guest.view.number)).orderId)
      .execute()
    await compare('stripe')
    expect(await classes(guest.intentId)).toContain('amount')
    await db
      .updateTable('payments')
      .set({ refundRequestedAmount: 0, refundedAmount: 0 })
      .where('orderId', '=', (await paymentOf(app, guest.view.number)).orderId)
      .execute()
    await compare('stripe', 'open')
    expect(await classes(guest.intentId)).toEqual([])
  })
})

describe('when the provider is away', () => {
  test('the run fails; after an hour without success somebody is told, and a nightly one is tried again', async () => {
    sandbox.control.addFault({ provider: 'stripe', kind: 'error500', times: 1_000 })
    await compare('stripe')
    expect(await lastRun('stripe')).toMatchObject({ state: 'failed', failureReason: 'no-answer' })
    expect(alerts('reconciliation-stale')).toHaveLength(0)
    app.clock.advance({ minutes: 61 })
    await compare('stripe')
    expect(alerts('reconciliation-stale')).toMatchObject([{ provider: 'stripe' }])
    await expect(compare('stripe', 'nightly')).rejects.toThrow('nightly reconciliation of stripe')
    sandbox.control.clearFaults()
  })

  test('somebody is told also while nothing of ours is open there: who asked nobody has learned nothing', async () => {
    await compare('tabby')
    sandbox.control.addFault({ provider: 'tabby', kind: 'error500', times: 1_000 })
    app.clock.advance({ minutes: 61 })
    await compare('tabby', 'open')
    expect(await lastRun('tabby')).toMatchObject({ kind: 'open', state: 'finished', comparedCount: 0 })
    await compare('tabby')
    expect(alerts('reconciliation-stale').at(-1)).toMatchObject({ provider: 'tabby' })
    sandbox.control.clearFaults()
  })
})
