import { includedVat, money } from '@dhow/money/money.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { amountOfUnits, vatOfPart } from './allocate-refund.ts'
import type { SoldUnits } from './allocate-refund.ts'

interface Given {
  quantity: number
  amount: number
  vatAmount: number
}

const lineOf = (quantity: number, amount: number, vatAmount: number): SoldUnits => ({
  quantity,
  amount,
  vatAmount,
  givenQuantity: 0,
  givenAmount: 0,
  givenVatAmount: 0,
})

const add = (line: SoldUnits, given: Given, sign: 1 | -1): SoldUnits => ({
  ...line,
  givenQuantity: line.givenQuantity + sign * given.quantity,
  givenAmount: line.givenAmount + sign * given.amount,
  givenVatAmount: line.givenVatAmount + sign * given.vatAmount,
})

function giveUnits(line: SoldUnits, quantity: number): Given {
  const amount = amountOfUnits(line, quantity)
  return { quantity, amount, vatAmount: vatOfPart(line, amount) }
}

const anyLine = fc
  .record({ quantity: fc.integer({ min: 1, max: 20 }), amount: fc.integer({ min: 1, max: 5_000_000 }) })
  .map(({ quantity, amount }) => lineOf(quantity, amount, includedVat(money(amount), 500).amount))

describe('UAE facts §1.1: the VAT of a line comes back with its money', () => {
  test.each([
    // three units of 9.99 at 5 %: 2997 fils with 143 of VAT
    [lineOf(3, 2997, 143), [999, 999, 999], [48, 47, 48]],
    // the authority's own sample, 35.50 with 1.69, as three that do not divide
    [lineOf(3, 3550, 169), [1183, 1184, 1183], [56, 57, 56]],
    [lineOf(1, 1, 0), [1], [0]],
    [lineOf(2, 11, 1), [6, 5], [1, 0]],
  ])('unit by unit, the last takes what is left: %j', (sold, amounts, vats) => {
    let line = sold
    const given = amounts.map(() => {
      const unit = giveUnits(line, 1)
      line = add(line, unit, 1)
      return unit
    })
    expect(given.map((unit) => unit.amount)).toEqual(amounts)
    expect(given.map((unit) => unit.vatAmount)).toEqual(vats)
  })

  test('in whatever steps units are given back, the sums are those of the sale, and no step is a fils off its share', () => {
    fc.assert(
      fc.property(anyLine, fc.infiniteStream(fc.integer({ min: 1, max: 20 })), (sold, steps) => {
        let line = sold
        while (line.givenQuantity < line.quantity) {
          const wanted = steps.next().value ?? 1
          const given = giveUnits(line, Math.min(wanted, line.quantity - line.givenQuantity))
          expect(Math.abs(given.amount - (sold.amount * given.quantity) / sold.quantity)).toBeLessThanOrEqual(1)
          expect(Math.abs(given.vatAmount - (sold.vatAmount * given.amount) / sold.amount)).toBeLessThanOrEqual(1)
          line = add(line, given, 1)
        }
        expect(line).toMatchObject({ givenAmount: sold.amount, givenVatAmount: sold.vatAmount })
      }),
    )
  })

  test('with amounts, units and refunds that fail mixed at random, nothing is exceeded and the end is exact', () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('units' as const), size: fc.integer({ min: 1, max: 20 }) }),
      fc.record({ kind: fc.constant('amount' as const), size: fc.integer({ min: 1, max: 5_000_000 }) }),
      fc.record({ kind: fc.constant('fail' as const), size: fc.integer({ min: 0, max: 1_000 }) }),
    )
    fc.assert(
      fc.property(anyLine, fc.array(step, { maxLength: 40 }), (sold, steps) => {
        let line = sold
        const alive: Given[] = []
        const give = (given: Given): void => {
          expect(given.vatAmount).toBeGreaterThanOrEqual(0)
          expect(given.vatAmount).toBeLessThanOrEqual(given.amount)
          line = add(line, given, 1)
          expect(line.givenAmount).toBeLessThanOrEqual(sold.amount)
          expect(line.givenVatAmount).toBeLessThanOrEqual(sold.vatAmount)
          // as the database has it
          expect(line.givenAmount < sold.amount || line.givenVatAmount === sold.vatAmount).toBe(true)
          alive.push(given)
        }
        for (const { kind, size } of steps) {
          const left = line.amount - line.givenAmount
          const units = line.quantity - line.givenQuantity
          if (kind === 'fail' && alive.length > 0) {
            const [failed] = alive.splice(size % alive.length, 1)
            if (failed) line = add(line, failed, -1)
          }
          if (kind === 'units' && units > 0) give(giveUnits(line, Math.min(size, units)))
          if (kind === 'amount' && left > 0) {
            const amount = Math.min(size, left)
            give({ quantity: 0, amount, vatAmount: vatOfPart(line, amount) })
          }
        }
        const rest = line.amount - line.givenAmount
        give({ quantity: 0, amount: rest, vatAmount: vatOfPart(line, rest) })
        expect(line.givenVatAmount).toBe(sold.vatAmount)
      }),
    )
  })
})
