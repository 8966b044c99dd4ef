import { paymentStates } from '@dhow/contracts/orders.ts'
import type { PaymentState } from '@dhow/contracts/orders.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { isBacked, isOver, mayMove } from './payment-state.ts'

const anyState = fc.constantFrom(...paymentStates)
const after = (news: readonly PaymentState[], start: PaymentState = 'pending'): PaymentState =>
  news.reduce((state, next) => (mayMove(state, next) ? next : state), start)

test('money that was taken stays taken, whatever older news comes after', () => {
  fc.assert(
    fc.property(fc.array(anyState), (news) => {
      expect(after(news, 'captured')).toBe('captured')
    }),
  )
})

test('a payment that is over comes back only with money that was taken all the same', () => {
  expect(paymentStates.filter((state) => mayMove('cancelled', state))).toEqual(['captured'])
})

test('held money is taken or let go, and nothing else', () => {
  expect(paymentStates.filter((state) => mayMove('authorised', state))).toEqual(['captured', 'cancelled'])
})

test('every payment that is not over may still be taken or end', () => {
  for (const state of paymentStates.filter((known) => !isOver(known))) {
    expect(mayMove(state, 'captured')).toBe(true)
    expect(mayMove(state, 'cancelled')).toBe(true)
  }
})

test('money stands behind what is held and what is taken', () => {
  expect(paymentStates.filter(isBacked)).toEqual(['authorised', 'captured'])
})

test('no move leads to where it began', () => {
  for (const state of paymentStates) expect(mayMove(state, state)).toBe(false)
})

test('news of one payment end the same in every order, late and doubled: the money decides', () => {
  // A payment ends once: its news hold one of the two ends, among any number of others.
  const news = fc
    .tuple(
      fc.constantFrom<PaymentState>('captured', 'cancelled'),
      fc.array(fc.constantFrom(...paymentStates.filter((state) => !isOver(state)))),
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
