import { orderStates, paymentStates } from '@dhow/contracts/orders.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { truthOf } from '../../../test/truth.ts'
import type { PaymentTruth } from '../../providers/payments/port.ts'
import { judge } from './judge-truth.ts'

const orderId = '0192a000-0000-7000-8000-00000000aaaa'
const waiting = { id: orderId, state: 'awaiting-payment' } as const
const confirmed = { id: orderId, state: 'confirmed' } as const
const cancelled = { id: orderId, state: 'cancelled' } as const
const payment = { providerRef: 'pi_1', currency: 'AED', amount: 11_500, capturedAmount: 0, supersededAt: null }
const replaced = { ...payment, supersededAt: new Date() }

const unpaid = truthOf({ orderId })
const held: PaymentTruth = { ...unpaid, state: 'authorised', authorisedAmount: 11_500 }
const taken: PaymentTruth = { ...held, state: 'captured', capturedAmount: 11_500 }

describe('money', () => {
  test.each([
    ['in another amount', { amount: 200, authorisedAmount: 200, capturedAmount: 200 }, 'amount-mismatch'],
    ['in another currency', { currency: 'USD' }, 'currency-mismatch'],
    ['for another order', { orderId: '0192a000-0000-7000-8000-00000000bbbb' }, 'order-mismatch'],
    ['for no order', { orderId: null }, 'order-mismatch'],
    ['by another payment', { providerRef: 'pi_2' }, 'reference-mismatch'],
    ['more than was asked for', { capturedAmount: 11_501 }, 'captured-amount-mismatch'],
    ['less than the order costs', { capturedAmount: 11_499 }, 'captured-amount-mismatch'],
    ['given back beyond what was taken', { refundedAmount: 11_501 }, 'refunded-amount-mismatch'],
  ])('%s is held', (_what, change, reason) => {
    expect(judge(payment, waiting, { ...taken, ...change })).toEqual({ kind: 'hold', reason })
  })

  test('held for less than the order costs does not back it', () => {
    expect(judge(payment, waiting, { ...held, authorisedAmount: 11_499 })).toEqual({
      kind: 'hold',
      reason: 'authorised-amount-mismatch',
    })
  })

  test('that fits moves the payment', () => {
    for (const truth of [held, taken]) expect(judge(payment, waiting, truth)).toEqual({ kind: 'apply' })
  })

  test('of a confirmed order may be taken in part: by ourselves', () => {
    expect(judge(payment, confirmed, { ...taken, capturedAmount: 5000 })).toEqual({ kind: 'apply' })
  })

  test('taken by a replaced attempt, or of an order that was given up, is booked and waits for a person', () => {
    expect(judge(replaced, confirmed, taken)).toEqual({ kind: 'book-and-hold', reason: 'paid-twice' })
    expect(judge(replaced, waiting, taken)).toEqual({ kind: 'book-and-hold', reason: 'paid-twice' })
    expect(judge(payment, cancelled, taken)).toEqual({ kind: 'book-and-hold', reason: 'captured-after-cancel' })
  })

  test('that is known to be there is no news, also where it is of no use', () => {
    expect(judge({ ...replaced, capturedAmount: 11_500 }, confirmed, taken)).toEqual({ kind: 'apply' })
  })

  test('held by a replaced attempt moves it, so that it can be let go', () => {
    expect(judge(replaced, confirmed, held)).toEqual({ kind: 'apply' })
  })
})

describe('no money', () => {
  test('of a foreign payment changes nothing', () => {
    for (const state of ['pending', 'failed', 'cancelled'] as const)
      expect(judge(payment, waiting, { ...unpaid, state, providerRef: 'pi_2' })).toEqual({ kind: 'ignore' })
  })

  test('of our own that was cancelled ends it, whatever its amount', () => {
    expect(judge(payment, waiting, { ...unpaid, state: 'cancelled', amount: 1 })).toEqual({ kind: 'apply' })
  })
})

test('only a truth of this order, payment, amount and currency ever moves an attempt to money', () => {
  const anyTruth = fc.record({
    ...Object.fromEntries(Object.entries(taken).map(([name, value]) => [name, fc.constant(value)])),
    orderId: fc.constantFrom(orderId, null, 'other'),
    providerRef: fc.constantFrom('pi_1', 'pi_2'),
    currency: fc.constantFrom('AED', 'USD'),
    amount: fc.constantFrom(11_500, 200),
    state: fc.constantFrom(...paymentStates),
    capturedAmount: fc.constantFrom(0, 200, 11_500, 20_000),
  })
  const anyOrder = fc.constantFrom(...orderStates).map((state) => ({ id: orderId, state }))
  fc.assert(
    fc.property(anyTruth, anyOrder, fc.constantFrom(payment, replaced), (change, order, attempt) => {
      const truth = { ...taken, ...change }
      const verdict = judge(attempt, order, truth)
      const isMoney = truth.capturedAmount > 0 || truth.state === 'authorised' || truth.state === 'captured'
      if (!isMoney || verdict.kind === 'hold' || verdict.kind === 'ignore') return
      expect([truth.orderId, truth.providerRef, truth.currency, truth.amount]).toEqual([orderId, 'pi_1', 'AED', 11_500])
      expect(truth.capturedAmount).toBeLessThanOrEqual(11_500)
      const isUseless = attempt === replaced || order.state === 'cancelled'
      expect(isUseless || verdict.kind !== 'book-and-hold').toBe(true)
    }),
  )
})
