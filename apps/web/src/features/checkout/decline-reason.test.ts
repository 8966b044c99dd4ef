import { expect, test } from 'vitest'
import { troubleOf } from './decline-reason.ts'

const cardError = (code: string, decline_code?: string) => ({ type: 'card_error', code, decline_code })

test('a reason the shopper can act on is told', () => {
  expect(troubleOf(cardError('card_declined', 'insufficient_funds'))).toEqual({
    kind: 'declined',
    reason: 'insufficient-funds',
  })
  expect(troubleOf(cardError('expired_card'))).toEqual({ kind: 'declined', reason: 'expired-card' })
})

test('lost, stolen and fraudulent cards are declined and no more', () => {
  for (const code of ['lost_card', 'stolen_card', 'fraudulent', 'generic_decline'])
    expect(troubleOf(cardError('card_declined', code))).toEqual({ kind: 'declined', reason: 'declined' })
})

test('a failed 3-D Secure is an authentication that failed, although its type is another', () => {
  const error = { type: 'invalid_request_error', code: 'payment_intent_authentication_failure' }
  expect(troubleOf(error)).toEqual({ kind: 'declined', reason: 'authentication-failed' })
})

test('fields that are not filled in say so themselves', () => {
  expect(troubleOf({ type: 'validation_error', code: 'incomplete_number' })).toEqual({ kind: 'incomplete' })
})

test('a broken connection or an unexpected state is unknown: money may have moved', () => {
  expect(troubleOf({ type: 'api_connection_error' })).toEqual({ kind: 'unknown' })
  expect(troubleOf({ type: 'invalid_request_error', code: 'payment_intent_unexpected_state' })).toEqual({
    kind: 'unknown',
  })
})
