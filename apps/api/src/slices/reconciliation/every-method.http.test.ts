import { cancelOrder } from '@dhow/contracts/orders.ts'
import type { PaidMethod } from '@dhow/contracts/cart.ts'
import { money } from '@dhow/money/money.ts'
import { describe, expect, test } from 'vitest'
import { collectedOrder, promisedOrder } from '../../../test/cash.ts'
import { giveCredit } from '../../../test/credit.ts'
import { paymentOf } from '../../../test/placed-order.ts'
import { booksOf, startReconciled } from '../../../test/reconciliation.ts'
import { refunded } from '../../../test/refunds.ts'
import { booksToCompare } from './run-reconciliation.ts'

const app = await startReconciled()
const { db, sandbox, worker, given } = app
const { control } = sandbox
const { compare, classes, lastRun } = booksOf(app)
const staff = await given.staff()
type Provider = 'stripe' | 'tabby' | 'tamara'
const methodOf: Record<Provider, PaidMethod> = { stripe: 'card', tabby: 'tabby', tamara: 'tamara' }

/** Somebody has paid at the provider, and nobody told us. */
async function paidUnheard(provider: Provider) {
  const guest = await given.guestAtCheckout({ paymentMethod: methodOf[provider] })
  const placed = await guest.placeOrder()
  if (placed.code !== undefined) throw placed.problem
  const number = placed.order.number
  const { providerRef } = await paymentOf(app, number)
  control.act(provider, providerRef ?? '', 'approve')
  return { guest, number, ref: providerRef ?? '', order: () => guest.order() }
}

describe.each<Provider>(['stripe', 'tabby', 'tamara'])('at %s', (provider) => {
  test('what webhook and return did not tell is found and put right', async () => {
    const { ref, order } = await paidUnheard(provider)
    await compare(provider)
    await worker.runJobs()
    expect((await order()).state).toBe('confirmed')
    await compare(provider)
    expect(await classes(ref)).toEqual([])
    expect(await lastRun(provider)).toMatchObject({ state: 'finished', differenceCount: 0 })
  })

  test('a refund by hand is booked, and a payment that lapsed is over here too', async () => {
    const { ref, number } = await paidUnheard(provider)
    await compare(provider)
    await worker.runJobs()
    expect(control.act(provider, ref, 'refund')).toBe(true)
    await compare(provider)
    const payment = await paymentOf(app, number)
    expect(payment.refundedAmount).toBe(payment.amount)
    const left = await given.guestAtCheckout({ paymentMethod: methodOf[provider] })
    const placed = await left.placeOrder()
    if (placed.code !== undefined) throw placed.problem
    const waiting = await paymentOf(app, placed.order.number)
    expect(control.act(provider, waiting.providerRef ?? '', 'expire')).toBe(true)
    await compare(provider, 'open')
    expect((await paymentOf(app, placed.order.number)).state).toBe('cancelled')
  })

  test('money the provider has forgotten is missing there', async () => {
    const { ref } = await paidUnheard(provider)
    await compare(provider)
    await worker.runJobs()
    control.act(provider, ref, 'lose')
    await compare(provider)
    expect(await classes(ref)).toEqual(['missing-there'])
    await db.deleteFrom('reconciliationDifferences').where('providerRef', '=', ref).execute()
    await db
      .updateTable('payments')
      .set({ createdAt: new Date('2026-01-01') })
      .where('providerRef', '=', ref)
      .execute()
  })
})

test('whatever shoppers and staff do rightly, by any method, is no difference', async () => {
  const customer = await given.customer()
  await giveCredit(app, customer, 5000)
  const paid = await Promise.all((['stripe', 'tabby', 'tamara'] as const).map((provider) => paidUnheard(provider)))
  for (const { order, guest } of paid) {
    await guest.refresh()
    await worker.runJobs()
    expect((await order()).state).toBe('confirmed')
  }
  for (const { number } of paid) await refunded(staff, { number }, { delivery: money(500), other: money(100) })
  await worker.runJobs()
  await given.guestAtCheckout({ paymentMethod: 'tabby' }).then((guest) => guest.placeOrder())
  const called = await given.order({ state: 'awaiting-payment' })
  const placed = await called.placeOrder()
  if (placed.code === undefined)
    await app.api.call(cancelOrder, { params: { number: placed.order.number }, orderToken: placed.token })
  await promisedOrder(app)
  await collectedOrder(app, staff)
  await given.order({ customer, useStoreCredit: true })
  await worker.runJobs()
  for (const provider of booksToCompare(app.ctx)) {
    await compare(provider, 'nightly')
    const run = await lastRun(provider)
    expect([provider, run.state, run.differenceCount]).toEqual([provider, 'finished', 0])
    expect(run.comparedCount).toBeGreaterThan(0)
  }
})
