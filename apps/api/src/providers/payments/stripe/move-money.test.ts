import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { startStripe } from '../../../../test/stripe.ts'
import type { CaptureRequest, PaymentTruth, RefundRequest } from '../port.ts'

const shop = await startStripe({ STRIPE_CAPTURE: 'on-fulfilment' })
const { control, paid, truthOf } = shop
const atOnce = () => shop.openWith({ STRIPE_CAPTURE: 'at-once' })

const MINUTE = 60_000
const capture: { path: string; method: string; provider: 'stripe' } = {
  provider: 'stripe',
  method: 'POST',
  path: '/v1/payment_intents/{id}/capture',
}
const refunds = { provider: 'stripe', method: 'POST', path: '/v1/refunds' } as const

const taking = (amount: number, isFinal = true): CaptureRequest => ({
  captureId: randomUUID(),
  amount: money(amount),
  isFinal,
  takenBefore: 0,
  shipment: null,
})
const givingBack = (amount: number): RefundRequest => ({
  refundId: randomUUID(),
  amount: money(amount),
  otherRefs: [],
  reason: 'return',
})
const made = (endpoint: string) => shop.calls(endpoint)

async function captured(card?: string) {
  const payment = await shop.begun(undefined, atOnce())
  await shop.confirm(payment, card)
  return payment
}
const moneyOf = (truth: PaymentTruth) => [
  truth.state,
  truth.authorisedAmount,
  truth.capturedAmount,
  truth.refundedAmount,
]

describe('taking money that is held', () => {
  test('takes all of it, once, however often it is asked', async () => {
    const payment = await paid()
    expect(moneyOf(await truthOf(payment))).toEqual(['authorised', 14_950, 0, 0])
    const request = taking(14_950)
    const first = await shop.stripe().capture(payment, request)
    expect(first).toMatchObject({
      kind: 'done',
      truth: { state: 'captured', feeAmount: 534, captures: [{ ourId: request.captureId, amount: 14_950 }] },
    })
    expect(await shop.stripe().capture(payment, request)).toEqual(first)
    expect(await shop.stripe().capture(payment, taking(14_950))).toMatchObject({ kind: 'refused' })
  })

  test('takes a part and lets go of the rest; a part that is not the last is refused', async () => {
    const payment = await paid()
    expect(await shop.stripe().capture(payment, taking(10_000, false))).toEqual({
      kind: 'refused',
      reason: 'only-one-capture',
    })
    const done = await shop.stripe().capture(payment, taking(10_000))
    expect(done.kind === 'done' && moneyOf(done.truth)).toEqual(['captured', 14_950, 10_000, 0])
  })

  test('more than is held is refused and takes nothing', async () => {
    const payment = await paid()
    expect(await shop.stripe().capture(payment, taking(14_951))).toMatchObject({
      kind: 'refused',
      reason: 'amount_too_large',
    })
    expect(moneyOf(await truthOf(payment))).toEqual(['authorised', 14_950, 0, 0])
  })

  test('is done when only the answer was lost', async () => {
    const payment = await paid()
    control.addFault({ ...capture, kind: 'reset-after', times: 3 })
    const request = taking(14_950)
    const first = await shop.stripe().capture(payment, request)
    const again = await shop.stripe().capture(payment, request)
    expect([first.kind, again.kind]).toEqual(['unknown', 'done'])
    expect(moneyOf(await truthOf(payment))).toEqual(['captured', 14_950, 14_950, 0])
  })

  test('goes on under another key when Stripe keeps repeating a failure of its own', async () => {
    const payment = await paid()
    control.addFault({ ...capture, kind: 'error500-kept' })
    expect((await shop.stripe().capture(payment, taking(14_950))).kind).toBe('done')
  })

  test('can be let go instead, and after seven days the banks do', async () => {
    const payment = await paid()
    expect(await shop.stripe().cancel(payment, 'shop')).toMatchObject({
      kind: 'cancelled',
      truth: { capturedAmount: 0 },
    })
    const late = await paid()
    const { captureBefore } = await truthOf(late)
    expect(Date.parse(captureBefore ?? '') - Date.now()).toBeGreaterThan(6 * 24 * 60 * MINUTE)
    control.advanceClock(7 * 24 * 60 * MINUTE)
    expect(await truthOf(late)).toMatchObject({ state: 'cancelled', cancelledBy: 'shop', captureBefore: null })
    expect(await shop.stripe().capture(late, taking(14_950))).toMatchObject({ kind: 'refused' })
  })
})

describe('giving money back', () => {
  test('in parts adds up, and each part carries our id', async () => {
    const payment = await captured()
    const [first, second] = [givingBack(5_000), givingBack(9_950)]
    expect(await shop.stripe().refund(payment, first)).toMatchObject({ kind: 'done', truth: { refundedAmount: 5_000 } })
    const all = await shop.stripe().refund(payment, second)
    expect(all.kind === 'done' && all.truth.refunds.map(({ ourId, amount, state }) => [ourId, amount, state])).toEqual([
      [second.refundId, 9_950, 'succeeded'],
      [first.refundId, 5_000, 'succeeded'],
    ])
    expect(await shop.stripe().refund(payment, givingBack(1))).toEqual({
      kind: 'refused',
      reason: 'charge_already_refunded',
    })
  })

  test('with the same id gives nothing twice, also when Stripe has forgotten the key', async () => {
    const payment = await captured()
    const request = givingBack(5_000)
    const first = await shop.stripe().refund(payment, request)
    expect(await shop.stripe().refund(payment, request)).toEqual(first)
    expect(made('POST /v1/refunds')).toBe(1)
  })

  test('is found again when only the answer was lost', async () => {
    const payment = await captured()
    control.addFault({ ...refunds, kind: 'reset-after', times: 3 })
    const request = givingBack(5_000)
    const outcomes = [await shop.stripe().refund(payment, request), await shop.stripe().refund(payment, request)]
    expect(outcomes.map(({ kind }) => kind)).toEqual(['unknown', 'done'])
    expect((await truthOf(payment)).refundedAmount).toBe(5_000)
  })

  test('goes on under another key after a failure that is kept, and gives nothing twice', async () => {
    const payment = await captured()
    control.addFault({ ...refunds, kind: 'error500-kept' })
    expect((await shop.stripe().refund(payment, givingBack(5_000))).kind).toBe('done')
    expect((await truthOf(payment)).refunds).toHaveLength(1)
  })

  test('may be pending first', async () => {
    const payment = await captured('pm_card_pendingRefund')
    const request = givingBack(5_000)
    expect(await shop.stripe().refund(payment, request)).toMatchObject({
      kind: 'pending',
      truth: { refundedAmount: 0, refunds: [{ ourId: request.refundId, state: 'pending' }] },
    })
    control.advanceClock(MINUTE)
    expect(await truthOf(payment)).toMatchObject({ refundedAmount: 5_000, refunds: [{ state: 'succeeded' }] })
  })

  test('may succeed and fail later: the truth says so, and why', async () => {
    const payment = await captured('pm_card_refundFail')
    const request = givingBack(5_000)
    expect((await shop.stripe().refund(payment, request)).kind).toBe('done')
    control.advanceClock(MINUTE)
    expect(await truthOf(payment)).toMatchObject({
      refundedAmount: 0,
      refunds: [{ ourId: request.refundId, state: 'failed', failureReason: 'expired_or_canceled_card' }],
    })
  })

  test('of a disputed payment is refused', async () => {
    const payment = await captured('pm_card_createDispute')
    expect(await shop.stripe().refund(payment, givingBack(5_000))).toEqual({
      kind: 'refused',
      reason: 'charge_disputed',
    })
  })

  test('of a payment with more refunds than a charge brings along tells all of them', async () => {
    const payment = await captured()
    for (let part = 0; part < 11; part += 1) await shop.stripe().refund(payment, givingBack(100))
    const { refunds: told, refundedAmount } = await truthOf(payment)
    expect([told.length, refundedAmount]).toEqual([11, 1_100])
  })
})
