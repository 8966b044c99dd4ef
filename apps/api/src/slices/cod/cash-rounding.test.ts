import { money } from '@dhow/money/money.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { cashRounding } from './cash-rounding.ts'

const rounded = (rule: 'none' | 'nearest_25' | 'down_25') => (fils: number) =>
  fils + cashRounding(money(fils), rule).amount

test.each([
  [1012, 1000],
  [1037, 1025],
  [1050, 1050],
  [9999, 9975],
])('down_25 makes %i fils %i', (due, paid) => {
  expect(rounded('down_25')(due)).toBe(paid)
})

test.each([
  [1012, 1000],
  [1013, 1025],
  [1037, 1025],
  [1038, 1050],
  [9999, 10_000],
])('nearest_25 makes %i fils %i', (due, paid) => {
  expect(rounded('nearest_25')(due)).toBe(paid)
})

test('none leaves every fils', () => {
  expect([1, 24, 1012, 9999].map(rounded('none'))).toEqual([1, 24, 1012, 9999])
})

test('whatever is due, what is paid is whole coins, and by default never more than was shown', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 99_999_999 }), (due) => {
      const [down, near] = [rounded('down_25')(due), rounded('nearest_25')(due)]
      expect([down % 25, near % 25]).toEqual([0, 0])
      expect(due - down).toBeGreaterThanOrEqual(0)
      expect(due - down).toBeLessThan(25)
      expect(Math.abs(due - near)).toBeLessThanOrEqual(12)
    }),
  )
})
