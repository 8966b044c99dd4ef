import { money } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import type { OrderData } from './order-data.ts'
import { isGivenBack, isStillToCome, takenBy } from './order-standing.ts'

type Standing = Parameters<typeof isStillToCome>[0]

const payment: OrderData['payment'] = {
  method: 'card',
  state: 'captured',
  amount: money(10_000),
  captured: money(10_000),
  refunded: money(0),
  card: null,
  wallet: null,
  declineReason: null,
}

const confirmed = (part: Partial<Standing> = {}): Standing => ({
  state: 'confirmed',
  payment,
  storeCredit: money(0),
  refunds: [],
  cash: null,
  ...part,
})

const refund = (
  amount: number,
  state: OrderData['refunds'][number]['state'] = 'succeeded',
): OrderData['refunds'][number] => ({
  id: `r-${amount}`,
  amount: money(amount),
  destination: 'original',
  state,
  when: '23 November 2026',
})

const inCash = (state: NonNullable<OrderData['cash']>['state']) => confirmed({ cash: { state, deliveryCode: null } })

test('packing and the courier are told of while they are ahead', () => {
  expect(isStillToCome(confirmed())).toBe(true)
  expect(isStillToCome(inCash('pending'))).toBe(true)
  expect(isStillToCome(confirmed({ refunds: [refund(4_000)] }))).toBe(true)
})

test('nothing is still to come of an order that waits, was cancelled, or whose cash the courier has', () => {
  for (const state of ['awaiting-payment', 'cancelled'] as const)
    expect(isStillToCome(confirmed({ state }))).toBe(false)
  for (const state of ['collected', 'remitted', 'reconciled'] as const) expect(isStillToCome(inCash(state))).toBe(false)
})

test('an order is given back when refunds that did not fail come to all that was paid, store credit included', () => {
  const half = confirmed({ storeCredit: money(4_000), refunds: [refund(10_000)] })
  expect(isGivenBack(half)).toBe(false)
  const whole = { ...half, refunds: [refund(10_000), refund(4_000, 'requested')] }
  expect(isGivenBack(whole)).toBe(true)
  expect(isStillToCome(whole)).toBe(false)
  expect(isGivenBack({ ...half, refunds: [refund(10_000), refund(4_000, 'failed')] })).toBe(false)
  expect(isGivenBack(confirmed({ payment: { ...payment, captured: money(0) } }))).toBe(false)
})

test('what was taken is what arrived: a courier may have got less, store credit has no provider', () => {
  expect(takenBy(confirmed({ payment: { ...payment, captured: money(9_000) } }))).toEqual(money(9_000))
  const byCredit = { ...payment, method: 'store-credit', amount: money(0), captured: money(0) } as const
  expect(takenBy(confirmed({ payment: byCredit, storeCredit: money(23_900) }))).toEqual(money(23_900))
})
