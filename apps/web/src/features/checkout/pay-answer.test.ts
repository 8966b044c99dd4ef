import { expect, test } from 'vitest'
import { isUnanswered } from './pay-answer.ts'

const refused = (
  code: 'service/unavailable' | 'service/failed' | 'payments/provider-unavailable' | 'cart/total-changed',
) => ({
  intent: 'pay',
  values: {},
  errors: [],
  problem: { code, details: {} },
})

test('when we cannot say what became of the order, nobody is told merely that the shop is busy', () => {
  expect(isUnanswered(refused('service/unavailable'))).toBe(true)
  expect(isUnanswered(refused('service/failed'))).toBe(true)
})

test('what was refused for a reason says the reason', () => {
  expect(isUnanswered(refused('payments/provider-unavailable'))).toBe(false)
  expect(isUnanswered(refused('cart/total-changed'))).toBe(false)
})
