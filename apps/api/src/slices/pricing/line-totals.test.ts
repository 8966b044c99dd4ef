import { money } from '@dhow/money/money.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { totalsOf, totalsOfLine } from './line-totals.ts'
import type { PricedLine } from './line-totals.ts'

const line = (fils: number, quantity = 1): PricedLine => ({ unitPrice: money(fils), quantity, vatRateBasisPoints: 500 })

describe('a line', () => {
  test.each([
    // domain facts §1.1: gross fils → VAT fils at 5 %; 3550 → 169 is the tax authority's own sample
    [1, 0],
    [10, 0],
    [11, 1],
    [105, 5],
    [999, 48],
    [1000, 48],
    [1999, 95],
    [3550, 169],
    [12345, 588],
  ])('of %i fils contains %i fils of VAT', (gross, vat) => {
    expect(totalsOfLine(line(gross))).toEqual({ total: money(gross), vat: money(vat) })
  })

  test('rounds its VAT once, on its total, not on each unit', () => {
    expect(totalsOfLine(line(999, 3)).vat).toEqual(money(143))
  })

  test('of a zero-rated product contains none', () => {
    expect(totalsOfLine({ ...line(999, 3), vatRateBasisPoints: 0 }).vat).toEqual(money(0))
  })
})

describe('an order', () => {
  test('of three lines of 9.99 has 144 fils of VAT, one more than its sum would give', () => {
    expect(totalsOf([line(999), line(999), line(999)], null)).toMatchObject({
      subtotal: money(2997),
      delivery: null,
      vat: money(144),
      grandTotal: money(2997),
    })
  })

  test('adds the VAT of its delivery, which is taxed like the goods', () => {
    expect(totalsOf([line(3550)], money(1500))).toMatchObject({
      deliveryVat: money(71),
      vat: money(169 + 71),
      grandTotal: money(5050),
    })
  })

  test('with free delivery has no VAT on it', () => {
    expect(totalsOf([line(3550)], money(0))).toMatchObject({ deliveryVat: money(0), vat: money(169) })
  })

  test('of nothing is nothing', () => {
    expect(totalsOf([], null)).toMatchObject({ lines: [], subtotal: money(0), vat: money(0), grandTotal: money(0) })
  })

  const anyLine = fc.record({
    unitPrice: fc.integer({ min: 1, max: 5_000_000 }).map((fils) => money(fils)),
    quantity: fc.integer({ min: 1, max: 20 }),
    vatRateBasisPoints: fc.constantFrom(0, 500),
  })

  test('is the sum of its lines and its delivery, in money and in VAT', () => {
    fc.assert(
      fc.property(fc.array(anyLine, { maxLength: 50 }), fc.nat(10_000), (lines, delivery) => {
        const totals = totalsOf(lines, money(delivery))
        const all = (of: 'total' | 'vat') => totals.lines.reduce((fils, { [of]: part }) => fils + part.amount, 0)
        expect(totals.grandTotal.amount).toBe(all('total') + delivery)
        expect(totals.vat.amount).toBe(all('vat') + totals.deliveryVat.amount)
      }),
    )
  })

  test('never has a line whose VAT is more than half a fils from 5/105 of it', () => {
    fc.assert(
      fc.property(anyLine, (priced) => {
        const { total, vat } = totalsOfLine({ ...priced, vatRateBasisPoints: 500 })
        expect(Math.abs(vat.amount * 21 - total.amount) * 2).toBeLessThanOrEqual(21)
      }),
    )
  })
})
