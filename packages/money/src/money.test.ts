import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import {
  add,
  allocate,
  includedVat,
  money,
  MoneyError,
  multiply,
  parseDecimal,
  subtract,
  sum,
  toDecimal,
} from './money.ts'

const fils = fc.integer({ min: -1_000_000_000, max: 1_000_000_000 })

describe('VAT contained in a gross amount', () => {
  test.each([
    // domain facts: gross fils → VAT fils at 5 %; 3550 → 169 is the tax authority's own sample
    [1, 0],
    [10, 0],
    [11, 1],
    [105, 5],
    [999, 48],
    [1000, 48],
    [1999, 95],
    [3550, 169],
    [12345, 588],
  ])('%i fils contain %i fils of VAT', (gross, vat) => {
    expect(includedVat(money(gross), 500)).toEqual(money(vat))
  })

  test('three lines of 9.99 carry more VAT than one line of 29.97, so the line is what is stored', () => {
    const three = sum([999, 999, 999].map((gross) => includedVat(money(gross), 500)))
    expect(three).toEqual(money(144))
    expect(includedVat(money(2997), 500)).toEqual(money(143))
  })

  test('agrees with floor((gross*10 + 105) / 210) for every non-negative amount', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 1_000_000_000 }), (gross) => {
        expect(includedVat(money(gross), 500).amount).toBe(Math.floor((gross * 10 + 105) / 210))
      }),
    )
  })

  test('a refund of the line carries exactly the VAT of the sale', () => {
    fc.assert(
      fc.property(fils, (gross) => {
        expect(add(includedVat(money(gross), 500), includedVat(money(-gross), 500))).toEqual(money(0))
      }),
    )
  })
})

describe('allocation', () => {
  const weights = fc.array(fc.integer({ min: 0, max: 100_000 }), { minLength: 1, maxLength: 30 })

  test('the parts always add up to the whole', () => {
    fc.assert(
      fc.property(fils, weights, (total, shares) => {
        fc.pre(shares.some((share) => share > 0))
        expect(sum(allocate(money(total), shares))).toEqual(money(total))
      }),
    )
  })

  test('no part is more than one fils away from its exact share', () => {
    fc.assert(
      fc.property(fils, weights, (total, shares) => {
        const whole = shares.reduce((all, share) => all + share, 0)
        fc.pre(whole > 0)
        for (const [index, part] of allocate(money(total), shares).entries())
          expect(Math.abs(part.amount - (total * (shares[index] ?? 0)) / whole)).toBeLessThan(1)
      }),
    )
  })

  test('the fils left over go to the largest remainders', () => {
    expect(allocate(money(100), [1, 1, 1])).toEqual([money(34), money(33), money(33)])
    expect(allocate(money(-100), [1, 1, 1])).toEqual([money(-34), money(-33), money(-33)])
  })

  test('weights that are all zero, negative or fractional are refused', () => {
    for (const bad of [
      [0, 0],
      [-1, 2],
      [0.5, 0.5],
    ])
      expect(() => allocate(money(100), bad)).toThrow(MoneyError)
  })
})

describe('arithmetic', () => {
  test('adding and subtracting the same amount changes nothing', () => {
    fc.assert(
      fc.property(fils, fils, (a, b) => {
        expect(subtract(add(money(a), money(b)), money(b))).toEqual(money(a))
      }),
    )
  })

  test('fractions, infinities and sums beyond the safe integers are refused', () => {
    expect(() => money(1.5)).toThrow(MoneyError)
    expect(() => money(Number.POSITIVE_INFINITY)).toThrow(MoneyError)
    expect(() => multiply(money(Number.MAX_SAFE_INTEGER), 2)).toThrow(MoneyError)
    expect(() => multiply(money(100), 1.15)).toThrow(MoneyError)
  })
})

describe('decimals at the edge', () => {
  test('printing and reading again is the identity', () => {
    fc.assert(
      fc.property(fils, (amount) => {
        expect(parseDecimal(toDecimal(money(amount)))).toEqual(money(amount))
      }),
    )
  })

  test.each(['', '12,50', '1.234', '0x10', '1e3', 'NaN', '٣٢٥', '--1', '9999999999999'])(
    '%j is not a price',
    (text) => {
      expect(parseDecimal(text)).toBeUndefined()
    },
  )
})
