import { expect, test } from 'vitest'
import { judgeRow, varianceOf } from './judge-row.ts'
import type { KnownCash } from './judge-row.ts'

const row = { collected: 12_500, fee: 500, remitted: 12_000 }
const collected: KnownCash = { state: 'collected', collected: 12_500 }

test.each<[string, Partial<typeof row>, KnownCash | undefined, boolean, string]>([
  ['fits', {}, collected, false, 'matched'],
  ['names an order nobody knows', {}, undefined, false, 'unknown-order'],
  [
    'has another amount than the courier took',
    { collected: 12_400, remitted: 11_900 },
    collected,
    false,
    'amount-differs',
  ],
  ['brings less than what was collected less the fee', { remitted: 11_900 }, collected, false, 'fee-differs'],
  ['comes a second time in the file', {}, collected, true, 'duplicate'],
  ['comes again after it was remitted', {}, { state: 'remitted', collected: 12_500 }, false, 'duplicate'],
  ['comes again after it was reconciled', {}, { state: 'reconciled', collected: 12_500 }, false, 'duplicate'],
  ['is of cash nobody wrote down', {}, { state: 'pending', collected: null }, false, 'not-collected'],
  ['is of an order that was never promised', {}, { state: null, collected: null }, false, 'not-collected'],
  ['is of an order that was refused', {}, { state: 'refused', collected: null }, false, 'not-collected'],
])('a row that %s', (_what, change, known, isAgain, outcome) => {
  expect(judgeRow({ ...row, ...change }, known, isAgain).outcome).toBe(outcome)
})

test('what is missing is below zero, what nobody expected above', () => {
  expect(varianceOf({ fee: 500, remitted: 12_000, expected: 12_500 })).toBe(0)
  expect(varianceOf({ fee: 500, remitted: 11_000, expected: 12_500 })).toBe(-1_000)
  expect(varianceOf({ fee: 500, remitted: 12_000, expected: null })).toBe(12_500)
})
