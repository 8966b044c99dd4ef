import { orderStates } from '@dhow/contracts/orders.ts'
import { expect, test } from 'vitest'
import { isOpen, mayMove } from './order-state.ts'

test('an order is confirmed once and cancelled once, and nothing brings a cancelled one back', () => {
  const allowed = orderStates.flatMap((from) => orderStates.filter((to) => mayMove(from, to)).map((to) => [from, to]))
  expect(allowed).toEqual([
    ['awaiting-payment', 'confirmed'],
    ['awaiting-payment', 'cancelled'],
    ['confirmed', 'cancelled'],
  ])
})

test('only an order that waits for its payment is open', () => {
  expect(orderStates.filter(isOpen)).toEqual(['awaiting-payment'])
})
