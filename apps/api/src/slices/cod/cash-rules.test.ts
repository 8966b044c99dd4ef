import { expect, test } from 'vitest'
import { cashRefusal, refusalsCountFrom } from './cash-rules.ts'
import type { CashFacts, CashRules } from './cash-rules.ts'

const rules: CashRules = {
  COD_EMIRATES: ['AE-DU', 'AE-SH'],
  COD_BLOCKED_CATEGORIES: ['gold', 'gift-cards'],
  COD_OPEN_ORDERS: 3,
  COD_REFUSALS: 2,
  COD_REFUSAL_DAYS: 180,
}
const facts: CashFacts = { emirate: 'AE-DU', categories: ['perfume', 'oud'], openOrders: 0, refusals: 0 }

test.each<[string, Partial<CashFacts>, string | null]>([
  ['in an emirate it is offered in', {}, null],
  ['before there is an address', { emirate: null }, null],
  ['in another emirate', { emirate: 'AE-RK' }, 'not-in-this-emirate'],
  [
    'for goods of a category, or of one above it, that is kept from it',
    { categories: ['rings', 'gold'] },
    'not-for-these-goods',
  ],
  ['with as many open orders as are allowed but one', { openOrders: 2 }, null],
  ['with as many open orders as are allowed', { openOrders: 3 }, 'too-many-open-orders'],
  ['after one refusal', { refusals: 1 }, null],
  ['after as many refusals as block', { refusals: 2 }, 'refused-before'],
  [
    'when several things speak against it, by what cannot be changed',
    { emirate: 'AE-RK', refusals: 9 },
    'not-in-this-emirate',
  ],
])('cash %s', (_when, change, refusal) => {
  expect(cashRefusal(rules, { ...facts, ...change })).toBe(refusal)
})

test('no list of emirates means all of them', () => {
  expect(cashRefusal({ ...rules, COD_EMIRATES: [] }, { ...facts, emirate: 'AE-FU' })).toBeNull()
})

test('a refusal is forgotten after so many days', () => {
  expect(refusalsCountFrom(rules, new Date('2026-11-23T08:00:00Z')).toISOString()).toBe('2026-05-27T08:00:00.000Z')
})
