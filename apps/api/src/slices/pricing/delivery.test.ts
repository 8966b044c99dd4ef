import { money } from '@dhow/money/money.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { offerOf, offersTo, untilFree } from './delivery.ts'
import type { DeliveryRate } from './delivery.ts'

const standard: DeliveryRate = {
  method: 'standard',
  emirate: 'AE-DU',
  price: money(1500),
  freeOver: money(20_000),
  minDays: 1,
  maxDays: 2,
  cutoffMinute: 18 * 60,
}
const sameDay: DeliveryRate = {
  ...standard,
  method: 'same-day',
  price: money(2500),
  freeOver: null,
  minDays: 0,
  maxDays: 0,
  cutoffMinute: 14 * 60,
}
/** Minutes after midnight in Dubai. */
const minuteOf = (now: Date): number => Math.floor(((now.getTime() + 4 * 3_600_000) % 86_400_000) / 60_000)
/** An instant by the clocks of Dubai, UTC+4 all year. */
const dubai = (local: string): Date => new Date(`${local}+04:00`)
const offer = (rate: DeliveryRate, local: string, subtotal = 5000) => offerOf(rate, money(subtotal), dubai(local))

describe('standard delivery', () => {
  test('counts from today until the cut-off', () => {
    expect(offer(standard, '2026-11-24T17:59:59.999')).toEqual({
      method: 'standard',
      price: money(1500),
      wasPrice: null,
      earliest: '2026-11-25',
      latest: '2026-11-26',
      orderBefore: dubai('2026-11-24T18:00').toISOString(),
    })
  })

  test('counts from tomorrow at the very minute of the cut-off', () => {
    expect(offer(standard, '2026-11-24T18:00')).toMatchObject({
      earliest: '2026-11-26',
      latest: '2026-11-27',
      orderBefore: dubai('2026-11-25T18:00').toISOString(),
    })
  })

  test('changes its day at midnight in Dubai, which is 20:00 UTC', () => {
    expect(offer(standard, '2026-11-24T23:59:59.999')).toMatchObject({ earliest: '2026-11-26' })
    expect(offer(standard, '2026-11-25T00:00')).toMatchObject({
      earliest: '2026-11-26',
      orderBefore: dubai('2026-11-25T18:00').toISOString(),
    })
  })

  test('goes over the ends of months and years', () => {
    expect(offer(standard, '2026-12-31T12:00')).toMatchObject({ earliest: '2027-01-01', latest: '2027-01-02' })
    expect(offer(standard, '2028-02-28T19:00')).toMatchObject({ earliest: '2028-03-01', latest: '2028-03-02' })
  })
})

describe('same-day delivery', () => {
  test('is offered until its cut-off and arrives today', () => {
    expect(offer(sameDay, '2026-11-24T00:00')).toMatchObject({ earliest: '2026-11-24', latest: '2026-11-24' })
    expect(offer(sameDay, '2026-11-24T13:59:59')).toMatchObject({
      latest: '2026-11-24',
      orderBefore: dubai('2026-11-24T14:00').toISOString(),
    })
  })

  test('is gone from the cut-off to midnight', () => {
    expect(offer(sameDay, '2026-11-24T14:00')).toBeUndefined()
    expect(offer(sameDay, '2026-11-24T23:59:59.999')).toBeUndefined()
  })
})

describe('free delivery', () => {
  test('begins at the threshold itself and says what it saves', () => {
    expect(offer(standard, '2026-11-24T12:00', 19_999)).toMatchObject({ price: money(1500), wasPrice: null })
    expect(offer(standard, '2026-11-24T12:00', 20_000)).toMatchObject({ price: money(0), wasPrice: money(1500) })
  })

  test('is not boasted of where delivery costs nothing anyway', () => {
    expect(offerOf({ ...standard, price: money(0) }, money(20_000), dubai('2026-11-24T12:00'))).toMatchObject({
      price: money(0),
      wasPrice: null,
    })
  })

  test('is so much away: nothing at the threshold, never where there is none, Dubai before an address', () => {
    const rates = [sameDay, standard, { ...standard, emirate: 'AE-RK' as const, freeOver: money(30_000) }]
    expect(untilFree(rates, 'AE-DU', money(19_999))).toEqual(money(1))
    expect(untilFree(rates, 'AE-DU', money(20_000))).toBeNull()
    expect(untilFree(rates, 'AE-RK', money(20_000))).toEqual(money(10_000))
    expect(untilFree(rates, null, money(0))).toEqual(money(20_000))
    expect(untilFree([sameDay], 'AE-DU', money(0))).toBeNull()
    expect(untilFree(rates, 'AE-FU', money(0))).toBeNull()
  })
})

test('offers to an emirate come cheapest first, and only its own', () => {
  const rates = [sameDay, standard, { ...standard, emirate: 'AE-AZ' as const }]
  const methods = (subtotal: number) =>
    offersTo(rates, 'AE-DU', money(subtotal), dubai('2026-11-24T10:00')).map((option) => option.method)
  expect(methods(5000)).toEqual(['standard', 'same-day'])
  expect(offersTo(rates, 'AE-FU', money(5000), dubai('2026-11-24T10:00'))).toEqual([])
})

test('an offer never promises a day that has passed in Dubai, nor a cut-off that is behind', () => {
  const instant = fc.date({ min: new Date('2026-01-01Z'), max: new Date('2030-01-01Z'), noInvalidDate: true })
  fc.assert(
    fc.property(instant, fc.constantFrom(standard, sameDay), fc.nat(1439), (now, rate, cutoffMinute) => {
      const made = offerOf({ ...rate, cutoffMinute }, money(5000), now)
      expect(made === undefined).toBe(rate.method === 'same-day' && minuteOf(now) >= cutoffMinute)
      fc.pre(made !== undefined)
      const today = new Intl.DateTimeFormat('en-CA', { timeZone: 'Asia/Dubai' }).format(now)
      expect(made.earliest >= today).toBe(true)
      expect(made.latest >= made.earliest).toBe(true)
      expect(Date.parse(made.orderBefore)).toBeGreaterThan(now.getTime())
    }),
  )
})
