import { expect, test } from 'vitest'
import { dirhamsOf, filsOf } from './aed.ts'

test.each([
  ['2000', 200_000],
  ['2,000', 200_000],
  ['٢٠٠٠', 200_000],
  ['99.5', 9950],
  ['99.05', 9905],
  ['0', 0],
  ['', undefined],
  ['-5', undefined],
  ['1e3', undefined],
  ['12.345', undefined],
])('"%s" dirhams are %s fils', (typed, fils) => {
  expect(filsOf(typed)).toBe(fils)
})

test('what a field shows reads back as the same amount', () => {
  for (const fils of [0, 1, 99, 100, 9950, 200_000, 12_345_678]) expect(filsOf(dirhamsOf(fils))).toBe(fils)
})
