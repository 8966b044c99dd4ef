import type Stripe from 'stripe'
import { describe, expect, test } from 'vitest'
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
    latest_charge: { payment_method_details: { card: { brand: 'visa', last4: '4242' } } },
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
      captures: [],
      refunds: [],
      wallet: null,
      expiresAt: null,
      captureBefore: null,
      feeAmount: null,
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

  test('has no card while the charge is not expanded or not by card', () => {
    expect(truthFrom({ ...intent, latest_charge: 'ch_1' }).card).toBeNull()
    expect(truthFrom({ ...intent, latest_charge: null }).card).toBeNull()
  })
})
