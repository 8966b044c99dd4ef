import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { truthOf } from '../../../test/truth.ts'
import type { PaymentTruth } from '../../providers/payments/port.ts'
import { compareLedger, comparePayment, holdsMoney, isNews } from './compare-payment.ts'
import type { Compared } from './compare-payment.ts'

const states = ['pending', 'requires-action', 'processing', 'failed', 'authorised', 'captured', 'cancelled'] as const

const payment: fc.Arbitrary<Compared> = fc
  .record({
    state: fc.constantFrom(...states),
    amount: fc.integer({ min: 1, max: 1_000_000 }),
    captured: fc.integer({ min: 0, max: 100 }),
    refunded: fc.integer({ min: 0, max: 100 }),
  })
  .map(({ state, amount, captured, refunded }) => {
    const capturedAmount = state === 'captured' ? Math.ceil((amount * captured) / 100) : 0
    const refundedAmount = Math.floor((capturedAmount * refunded) / 100)
    const bookedAmount = capturedAmount - refundedAmount
    return { state, currency: 'AED', amount, authorisedAmount: amount, capturedAmount, refundedAmount, bookedAmount }
  })

const asOurs = (ours: Compared, change: Partial<PaymentTruth> = {}): PaymentTruth => truthOf({ ...ours, ...change })
const classes = (ours: Compared, theirs: PaymentTruth): string[] => comparePayment(ours, theirs).map((one) => one.class)

test('what both have alike is no difference, and no news', () => {
  fc.assert(
    fc.property(payment, (ours) => {
      expect(comparePayment(ours, asOurs(ours))).toEqual([])
      expect(compareLedger(ours)).toEqual([])
      expect(isNews(ours, asOurs(ours))).toBe(false)
    }),
  )
})

test('a fil that was taken or given back on one side alone is always found', () => {
  fc.assert(
    fc.property(payment, fc.constantFrom('capturedAmount', 'refundedAmount' as const), (ours, column) => {
      const theirs = asOurs(ours, { [column]: ours[column] + 1 })
      const isUnpaid = ours.state !== 'captured' && ours.state !== 'authorised'
      if (column === 'refundedAmount' && isUnpaid) return // gives back what nobody has taken
      expect(classes(ours, theirs)).toContain('amount')
      expect(isNews(ours, theirs)).toBe(true)
    }),
  )
})

const open: Compared = {
  state: 'pending',
  currency: 'AED',
  amount: 5000,
  authorisedAmount: 0,
  capturedAmount: 0,
  refundedAmount: 0,
  bookedAmount: 0,
}
const paid: Compared = { ...open, state: 'captured', authorisedAmount: 5000, capturedAmount: 5000, bookedAmount: 5000 }

describe.each([
  ['declined here, open there', { ...open, state: 'failed' }, asOurs(open, { state: 'pending' }), []],
  ['given up here, open there', { ...open, state: 'cancelled' }, asOurs(open, { state: 'failed' }), []],
  ['open here, held there', open, asOurs(open, { state: 'authorised', authorisedAmount: 5000 }), ['state']],
  ['open here, taken there', open, asOurs(paid), ['amount', 'state']],
  ['another amount, unpaid', open, asOurs(open, { amount: 6000 }), []],
  ['another amount, paid', paid, asOurs(paid, { amount: 6000, capturedAmount: 6000 }), ['amount']],
  ['another currency', paid, asOurs(paid, { currency: 'USD' }), ['currency']],
  ['taken here, unknown money there', paid, asOurs(open, { state: 'cancelled' }), ['amount', 'state']],
] as const)('%s', (_what, ours, theirs, expected) => {
  test(`is ${expected.length === 0 ? 'no difference' : expected.join(' and ')}`, () => {
    expect(classes({ ...ours }, theirs)).toEqual(expected)
  })
})

test('the ledger must have what was taken less what was given back', () => {
  expect(compareLedger({ ...paid, bookedAmount: 4999 })).toMatchObject([{ class: 'ledger', ours: { booked: 4999 } }])
  expect(compareLedger({ ...paid, refundedAmount: 1000, bookedAmount: 4000 })).toEqual([])
})

test('money matters while it stands there or is on its way', () => {
  expect(holdsMoney(asOurs(paid))).toBe(true)
  expect(holdsMoney(asOurs(paid, { refundedAmount: 5000 }))).toBe(false)
  expect(holdsMoney(asOurs(open))).toBe(false)
  expect(holdsMoney(asOurs(open, { state: 'processing' }))).toBe(true)
})
