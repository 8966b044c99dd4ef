import { paymentStates } from '@dhow/contracts/orders.ts'
import type { PaymentState } from '@dhow/contracts/orders.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isTerminal, mayMove } from './payment-state.ts'

const anyState = fc.constantFrom(...paymentStates)
const after = (news: readonly PaymentState[], start: PaymentState = 'pending'): PaymentState =>
  news.reduce((state, next) => (mayMove(state, next) ? next : state), start)

test('captured and cancelled are left by no path', () => {
  expect(paymentStates.filter(isTerminal)).toEqual(['captured', 'cancelled'])
  fc.assert(
    fc.property(fc.constantFrom<PaymentState>('captured', 'cancelled'), fc.array(anyState), (start, news) => {
      expect(after(news, start)).toBe(start)
    }),
  )
})

test('every other state may still become captured or cancelled', () => {
  for (const state of paymentStates.filter((known) => !isTerminal(known))) {
    expect(mayMove(state, 'captured')).toBe(true)
    expect(mayMove(state, 'cancelled')).toBe(true)
  }
})

test('no move leads to where it began', () => {
  for (const state of paymentStates) expect(mayMove(state, state)).toBe(false)
})

test('news of one payment end the same in every order, late and doubled: the money decides', () => {
  // A payment ends once: its news hold one of the two ends, among any number of others.
  const news = fc
    .tuple(
      fc.constantFrom<PaymentState>('captured', 'cancelled'),
      fc.array(fc.constantFrom(...paymentStates.filter((state) => !isTerminal(state)))),
    )
    .chain(([end, open]) =>
      fc.record({
        end: fc.constant(end),
        order: fc.shuffledSubarray([...open, ...open, end, end, end], { minLength: open.length * 2 + 3 }),
      }),
    )
  fc.assert(
    fc.property(news, ({ end, order }) => {
      expect(after(order)).toBe(end)
    }),
  )
})
