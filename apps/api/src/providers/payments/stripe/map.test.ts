import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
import type { PaymentTruth } from '../port.ts'
import { declineReasonOf, stateOf, truthFrom } from './map.ts'

const declined = { code: 'card_declined', decline_code: 'generic_decline' } as Stripe.PaymentIntent.LastPaymentError

describe('the state of a payment', () => {
  test.each([
    ['succeeded', null, 'captured'],
    ['canceled', null, 'cancelled'],
    ['processing', null, 'processing'],
    ['requires_capture', null, 'authorised'],
    ['requires_action', null, 'requires-action'],
    ['requires_confirmation', null, 'pending'],
    ['requires_payment_method', null, 'pending'],
    ['requires_payment_method', declined, 'failed'],
    ['succeeded', declined, 'captured'],
    ['canceled', declined, 'cancelled'],
    ['requires_action', declined, 'requires-action'],
  ] as const)('%s with the error %j is %s', (status, last_payment_error, state) => {
    expect(stateOf({ status, last_payment_error })).toBe(state)
  })
})

describe('why a card was declined', () => {
  test.each([
    ['insufficient_funds', 'insufficient-funds'],
    ['expired_card', 'expired-card'],
    ['incorrect_cvc', 'incorrect-cvc'],
    ['invalid_cvc', 'incorrect-cvc'],
    ['incorrect_number', 'incorrect-number'],
    ['processing_error', 'processing-error'],
    ['authentication_required', 'authentication-failed'],
    ['generic_decline', 'declined'],
    ['card_velocity_exceeded', 'declined'],
    ['something_new', 'declined'],
  ])('%s is told as %s', (decline_code, reason) => {
    expect(declineReasonOf({ code: 'card_declined', decline_code })).toBe(reason)
  })

  test.each(['lost_card', 'stolen_card', 'fraudulent', 'pickup_card', 'merchant_blacklist', 'restricted_card'])(
    'is never told when it is %s',
    (decline_code) => {
      expect(declineReasonOf({ code: 'card_declined', decline_code })).toBe('declined')
    },
  )

  test.each([
    ['expired_card', 'expired-card'],
    ['incorrect_cvc', 'incorrect-cvc'],
    ['payment_intent_authentication_failure', 'authentication-failed'],
  ])('comes from the code %s when there is no decline code', (code, reason) => {
    expect(declineReasonOf({ code, decline_code: null })).toBe(reason)
  })

  test('is nothing while nothing was declined', () => {
    expect(declineReasonOf(null)).toBeNull()
  })
})

describe('the truth of a PaymentIntent', () => {
  const orderId = '0192a000-0000-7000-8000-0000000000aa'
  // oxlint-disable-next-line no-unsafe-type-assertion -- only what is read of it
  const intent = {
    id: 'pi_1',
    status: 'succeeded',
    amount: 14_950,
    amount_received: 14_950,
    currency: 'aed',
    metadata: { order_id: orderId },
    last_payment_error: null,
    cancellation_reason: null,
    amount_capturable: 0,
    latest_charge: {
      id: 'ch_1',
      status: 'succeeded',
      amount: 14_950,
      amount_captured: 14_950,
      captured: true,
      created: 1_764_000_000,
      currency: 'aed',
      balance_transaction: { currency: 'aed', fee: 534 },
      refunds: { data: [], has_more: false },
      payment_method_details: { card: { brand: 'visa', last4: '4242', wallet: { type: 'apple_pay' } } },
    },
  } as unknown as Stripe.PaymentIntent

  test('is in our words', () => {
    expect(truthFrom(intent)).toEqual({
      providerRef: 'pi_1',
      orderId,
      state: 'captured',
      amount: 14_950,
      currency: 'AED',
      providerState: 'succeeded',
      needsAuthorise: false,
      authorisedAmount: 14_950,
      capturedAmount: 14_950,
      refundedAmount: 0,
      captures: [{ providerRef: 'ch_1', ourId: null, amount: 14_950 }],
      refunds: [],
      wallet: 'apple-pay',
      expiresAt: null,
      captureBefore: null,
      feeAmount: 534,
      card: { brand: 'visa', last4: '4242' },
      declineReason: null,
      cancelledBy: null,
    })
  })

  test.each<Record<string, string>>([{}, { order_id: '1043' }, { order_id: '' }, { order_id: `${orderId}'--` }])(
    'is about no order of ours when it says %j',
    (metadata) => {
      expect(truthFrom({ ...intent, metadata }).orderId).toBeNull()
    },
  )

  test('tells who cancelled', () => {
    const by = (cancellation_reason: Stripe.PaymentIntent.CancellationReason | null) =>
      truthFrom({ ...intent, status: 'canceled', cancellation_reason }).cancelledBy
    expect(by('requested_by_customer')).toBe('shopper')
    expect(by('abandoned')).toBe('shop')
    expect(by(null)).toBe('shop')
  })

  const charge = intent.latest_charge as Stripe.Charge
  const changed = (change: object, changeOfCharge: object): PaymentTruth =>
    truthFrom({ ...intent, ...change, latest_charge: { ...charge, ...changeOfCharge } })
  const captureId = '0192a000-0000-7000-8000-0000000000c1'
  const refundId = '0192a000-0000-7000-8000-0000000000f1'

  test('of held money says until when it can be taken: as the bank said, or a week', () => {
    const held = { status: 'requires_capture', amount_received: 0, amount_capturable: 14_950 }
    const open = { captured: false, amount_captured: 0, balance_transaction: null }
    expect(changed(held, open)).toMatchObject({
      state: 'authorised',
      authorisedAmount: 14_950,
      capturedAmount: 0,
      captures: [],
      feeAmount: null,
      captureBefore: new Date((1_764_000_000 + 7 * 86_400) * 1000).toISOString(),
    })
    const said = { payment_method_details: { card: { capture_before: 1_764_100_000 } } }
    expect(changed(held, { ...open, ...said }).captureBefore).toBe(new Date(1_764_100_000_000).toISOString())
  })

  test('of a part that was taken keeps what was held, and whose capture it was', () => {
    const partly = { amount_received: 10_000, metadata: { order_id: orderId, capture_id: captureId } }
    expect(changed(partly, { amount_captured: 10_000 })).toMatchObject({
      authorisedAmount: 14_950,
      capturedAmount: 10_000,
      captures: [{ providerRef: 'ch_1', ourId: captureId, amount: 10_000 }],
    })
  })

  test('counts as given back only what has succeeded', () => {
    const refund = (id: string, amount: number, status: string, more = {}) => ({
      id,
      amount,
      status,
      metadata: {},
      ...more,
    })
    const data = [
      refund('re_1', 1_000, 'succeeded', { metadata: { refund_id: refundId } }),
      refund('re_2', 500, 'pending'),
      refund('re_3', 700, 'failed', { failure_reason: 'lost_or_stolen_card' }),
      refund('re_4', 40, 'canceled'),
      refund('re_5', 20, 'requires_action'),
    ]
    const { refunds, refundedAmount } = changed({}, { refunds: { data, has_more: false } })
    expect(refundedAmount).toBe(1_000)
    expect(refunds.map(({ state }) => state)).toEqual(['succeeded', 'pending', 'failed', 'failed', 'pending'])
    expect(refunds[0]).toEqual({
      providerRef: 're_1',
      ourId: refundId,
      amount: 1_000,
      state: 'succeeded',
      failureReason: null,
    })
    expect(refunds[2]?.failureReason).toBe('lost_or_stolen_card')
  })

  test('knows no fee that is booked in another currency', () => {
    expect(changed({}, { balance_transaction: { currency: 'usd', fee: 145 } }).feeAmount).toBeNull()
    expect(changed({}, { balance_transaction: 'txn_1' }).feeAmount).toBeNull()
  })

  test('has no card while the charge is not expanded or not by card', () => {
    expect(truthFrom({ ...intent, latest_charge: 'ch_1' }).card).toBeNull()
    expect(truthFrom({ ...intent, latest_charge: null }).card).toBeNull()
  })
})
