import type { OrderView } from '@dhow/contracts/orders.ts'
import { expect, test } from 'vitest'
import { outcomeOf } from './payment-outcome.ts'

type State = OrderView['state']
type PaymentState = OrderView['payment']['state']

const order = (
  state: State,
  payment: PaymentState,
  method: OrderView['payment']['method'] = 'card',
): Pick<OrderView, 'state' | 'payment'> => ({
  state,
  payment: {
    id: 'p',
    method,
    state: payment,
    amount: { amount: 1, currency: 'AED' },
    captured: { amount: 0, currency: 'AED' },
    refunded: { amount: 0, currency: 'AED' },
    wallet: null,
    card: null,
    declineReason: null,
  },
})

test('only a confirmed order counts as paid', () => {
  expect(outcomeOf(order('confirmed', 'captured'))).toBe('paid')
  expect(outcomeOf(order('awaiting-payment', 'captured'))).toBe('confirming')
})

test('what is not known yet is never called a failure', () => {
  for (const state of ['pending', 'processing', 'requires-action'] as const)
    expect(outcomeOf(order('awaiting-payment', state))).toBe('confirming')
})

test('a declined card may be tried again, a cancelled order is shown as it is', () => {
  expect(outcomeOf(order('awaiting-payment', 'failed'))).toBe('again')
  expect(outcomeOf(order('cancelled', 'cancelled'))).toBe('cancelled')
})

test('what was stopped or has run out at the provider is not waited for: the order can be paid again', () => {
  for (const method of ['tabby', 'tamara', 'card'] as const)
    expect(outcomeOf(order('awaiting-payment', 'cancelled', method))).toBe('again')
})

test('cash waits for the code, which no asking brings', () => {
  expect(outcomeOf(order('awaiting-payment', 'requires-action', 'cod'))).toBe('code')
  expect(outcomeOf(order('confirmed', 'authorised', 'cod'))).toBe('paid')
})
