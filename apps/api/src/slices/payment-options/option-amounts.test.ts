import { money } from '@dhow/money/money.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { instalmentsOf } from './instalments.ts'
import { amountsOf } from './option-amounts.ts'
import type { AmountRules } from './option-amounts.ts'

const rules: AmountRules = { COD_FEE_FILS: 1_000, COD_ROUNDING: 'down_25' }
const amounts = (method: 'card' | 'cod' | 'store-credit', total: number, available = 0) =>
  Object.fromEntries(
    Object.entries(amountsOf(method, money(total), money(available), rules)).map(([name, value]) => [
      name,
      value.amount,
    ]),
  )

test('a card costs what was shown, to the fils', () => {
  expect(amounts('card', 12_345)).toEqual({ fee: 0, feeVat: 0, credit: 0, rounding: 0, due: 12_345 })
})

test('cash costs a fee with its VAT and is rounded down to the smallest coin', () => {
  expect(amounts('cod', 12_345)).toEqual({ fee: 1_000, feeVat: 48, credit: 0, rounding: -20, due: 13_325 })
})

test('store credit pays first, the fee included; what is left is rounded', () => {
  expect(amounts('cod', 12_345, 5_001)).toEqual({ fee: 1_000, feeVat: 48, credit: 5_001, rounding: -19, due: 8_325 })
})

test('never more credit is taken than the whole', () => {
  expect(amounts('store-credit', 12_345, 99_999)).toEqual({ fee: 0, feeVat: 0, credit: 12_345, rounding: 0, due: 0 })
  expect(amounts('cod', 12_345, 99_999)).toMatchObject({ credit: 13_345, due: 0 })
})

test('whatever the amounts, total and fee are credit and due, rounded', () => {
  const fils = fc.integer({ min: 0, max: 9_999_999 })
  fc.assert(
    fc.property(fc.constantFrom('card' as const, 'cod' as const), fils, fils, (method, total, available) => {
      const { fee, credit, due, rounding } = amountsOf(method, money(total), money(available), rules)
      expect(total + fee.amount + rounding.amount).toBe(credit.amount + due.amount)
      expect(due.amount).toBeGreaterThanOrEqual(0)
      expect(credit.amount).toBeLessThanOrEqual(available)
    }),
  )
})

test.each([
  [40_000, 4, 10_000, 10_000],
  [10_003, 4, 2_503, 2_500],
  [9_999, 3, 3_333, 3_333],
  [1_000, 6, 170, 166],
])('%i fils in %i parts are %i and then %i each', (due, count, first, each) => {
  expect(instalmentsOf(money(due), count)).toEqual({ count, first: money(first), each: money(each) })
})

test('instalments add up to what is due', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 9_999_999 }), fc.integer({ min: 2, max: 24 }), (due, count) => {
      const { first, each } = instalmentsOf(money(due), count)
      expect(first.amount + each.amount * (count - 1)).toBe(due)
      expect(first.amount - each.amount).toBeLessThan(count)
    }),
  )
})
