import { expect, test } from 'vitest'
import { isEnded, mayMoveDispute } from './dispute-state.ts'

test.each(['won', 'lost', 'closed'] as const)('%s is the end, whatever older news arrives', (end) => {
  expect(isEnded(end)).toBe(true)
  for (const state of ['inquiry', 'needs-response', 'under-review'] as const)
    expect(mayMoveDispute(end, { state, isAppeal: false })).toBe(false)
})

test('an appeal opens what was won or lost again, and nothing that was closed', () => {
  const appeal = { state: 'needs-response', isAppeal: true } as const
  expect(['won', 'lost', 'closed'].map((from) => mayMoveDispute(from as 'won', appeal))).toEqual([true, true, false])
})

test('an inquiry becomes a dispute, and a dispute never an inquiry', () => {
  expect(mayMoveDispute('inquiry', { state: 'needs-response', isAppeal: false })).toBe(true)
  expect(mayMoveDispute('needs-response', { state: 'inquiry', isAppeal: false })).toBe(false)
})
