import { maxCartLines, maxLineQuantity } from '@dhow/contracts/primitives.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { mergeLines } from './merge-lines.ts'
import type { LineToMerge } from './merge-lines.ts'

const variantIds = Array.from({ length: 70 }, (_, index) => `variant-${index}`)

/** Stock of every variant, and two carts of some of them, each within the limits. */
const twoCarts = fc.record({
  stock: fc.array(fc.integer({ min: 0, max: 30 }), { minLength: 70, maxLength: 70 }),
  kept: fc.uniqueArray(fc.tuple(fc.nat(69), fc.integer({ min: 1, max: maxLineQuantity })), {
    selector: ([variant]) => variant,
    maxLength: maxCartLines,
  }),
  poured: fc.uniqueArray(fc.tuple(fc.nat(69), fc.integer({ min: 1, max: maxLineQuantity })), {
    selector: ([variant]) => variant,
    maxLength: maxCartLines,
  }),
})

const linesOf = (name: string, lines: readonly (readonly [number, number])[], stock: readonly number[]) =>
  lines.map(([variant, quantity]): LineToMerge => ({
    id: `${name}-${variant}`,
    variantId: variantIds[variant] ?? '',
    quantity,
    available: stock[variant] ?? 0,
  }))

/** What is in the cart afterwards, as `pourLines` writes it. */
function pour(kept: LineToMerge[], poured: LineToMerge[]): Map<string, number> {
  const { raised, movedIds } = mergeLines(kept, poured)
  const after = new Map(kept.map((line) => [line.variantId, line.quantity]))
  for (const { id, quantity } of raised) after.set(kept.find((line) => line.id === id)?.variantId ?? '', quantity)
  for (const line of poured) if (movedIds.includes(line.id)) after.set(line.variantId, line.quantity)
  return after
}

describe('one cart poured into another', () => {
  test('has of each variant the sum, as far as the limit and stock let it, and never less than either had', () => {
    fc.assert(
      fc.property(twoCarts, ({ stock, kept, poured }) => {
        const [own, guests] = [linesOf('own', kept, stock), linesOf('guest', poured, stock)]
        const after = pour(own, guests)
        for (const line of own) {
          const other = guests.find((guest) => guest.variantId === line.variantId)?.quantity ?? 0
          const sum = Math.min(line.quantity + other, maxLineQuantity, line.available)
          expect(after.get(line.variantId)).toBe(Math.max(line.quantity, other, sum))
        }
      }),
    )
  })

  test('loses nothing there is room for: what only the other had comes over as it was, oldest first', () => {
    fc.assert(
      fc.property(twoCarts, ({ stock, kept, poured }) => {
        const [own, guests] = [linesOf('own', kept, stock), linesOf('guest', poured, stock)]
        const after = pour(own, guests)
        const owned = new Set(own.map((line) => line.variantId))
        const news = guests.filter((line) => !owned.has(line.variantId))
        const room = maxCartLines - own.length
        for (const [index, line] of news.entries())
          expect(after.get(line.variantId)).toBe(index < room ? line.quantity : undefined)
        expect(after.size).toBe(Math.min(own.length + news.length, maxCartLines))
      }),
    )
  })

  test('poured when it is empty changes nothing', () => {
    fc.assert(
      fc.property(twoCarts, ({ stock, kept }) => {
        expect(mergeLines(linesOf('own', kept, stock), [])).toEqual({ raised: [], movedIds: [] })
      }),
    )
  })

  test('without a limit by stock only the limit of a line counts', () => {
    const line = (id: string, quantity: number): LineToMerge => ({ id, variantId: 'v', quantity, available: Infinity })
    expect(mergeLines([line('own', 15)], [line('guest', 15)])).toEqual({
      raised: [{ id: 'own', quantity: maxLineQuantity }],
      movedIds: [],
    })
  })
})
