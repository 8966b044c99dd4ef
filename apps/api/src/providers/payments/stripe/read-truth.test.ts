import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { expect, test } from 'vitest'
import { startStripe } from '../../../../test/stripe.ts'
import type { PaymentTruth } from '../port.ts'

const shop = await startStripe()
const HOUR = 3_600_000

async function listed(from: Date, to: Date): Promise<PaymentTruth[]> {
  const truths: PaymentTruth[] = []
  for await (const truth of shop.stripe().list?.({ from, to }) ?? []) truths.push(truth)
  return truths
}
/** By the sandbox's clock, which a test moves by whole hours. */
const at = (hours: number): Date => new Date(Date.now() + hours * HOUR)

test('payments of a time are listed with all of their money, and those of another time are not', async () => {
  const old = await shop.paid()
  shop.control.advanceClock(2 * HOUR)
  const payment = await shop.paid()
  const [truth, ...rest] = await listed(at(1), at(3))
  expect(rest).toEqual([])
  expect(truth).toEqual(await shop.truthOf(payment))
  expect((await listed(at(-1), at(1))).map(({ providerRef }) => providerRef)).toEqual([old.providerRef])
})

test('an older payment is listed when something has happened to it since', async () => {
  const [quiet, refunded] = [await shop.paid(), await shop.paid()]
  shop.control.advanceClock(48 * HOUR)
  await shop
    .stripe()
    .refund(refunded, { refundId: randomUUID(), amount: money(1_000), otherRefs: [], reason: 'return' })
  const truths = await listed(at(47), at(49))
  expect(truths.map(({ providerRef, refundedAmount }) => [providerRef, refundedAmount])).toEqual([
    [refunded.providerRef, 1_000],
  ])
  expect(truths.map(({ providerRef }) => providerRef)).not.toContain(quiet.providerRef)
})

test('more than a page of them are all listed, once', async () => {
  const payments = []
  for (let made = 0; made < 101; made += 1) payments.push(shop.begun())
  await Promise.all(payments)
  const truths = await listed(at(-1), at(1))
  expect(new Set(truths.map(({ providerRef }) => providerRef)).size).toBe(101)
  expect(truths).toHaveLength(101)
})

test('a list that cannot be read to its end throws, so that nothing is taken for missing', async () => {
  await shop.begun()
  shop.control.addFault({ provider: 'stripe', method: 'GET', path: '/v1/events', kind: 'error500', times: 2 })
  await expect(listed(at(-1), at(1))).rejects.toThrow('as ordered')
})
