import { createHmac } from 'node:crypto'
import Stripe from 'stripe'
import { describe, expect, test, vi } from 'vitest'
import { readStripeWebhook } from './webhook.ts'

const stripe = new Stripe('sk_test_1')
const secret = 'whsec_test_secret'
const nowSeconds = (): number => Math.floor(Date.now() / 1000)

const event = (extra: object = {}): string =>
  JSON.stringify(
    {
      id: 'evt_1',
      object: 'event',
      type: 'payment_intent.succeeded',
      data: { object: { id: 'pi_1', object: 'payment_intent' } },
      ...extra,
    },
    null,
    2,
  )
const v1 = (body: string, at: number, key = secret): string =>
  createHmac('sha256', key).update(`${at}.${body}`).digest('hex')
const signed = (body: string, at = nowSeconds()): string => `t=${at},v1=${v1(body, at)}`
const read = (body: string, header: string | undefined, secrets = [secret]) =>
  readStripeWebhook(stripe, secrets, Buffer.from(body), header)

describe('a webhook', () => {
  test('of the published vector is accepted, byte by byte, at its own time', () => {
    // stripe-node 23.1.0 generateTestHeaderString
    const payload = '{"id":"evt_1","object":"event","type":"payment_intent.succeeded"}'
    const header = 't=1700000000,v1=67da5088c63e080c71bd2bb0cb5c03d85a8fc6a21ce3aaf484df809654745b92'
    vi.useFakeTimers({ now: 1_700_000_000_000, toFake: ['Date'] })
    try {
      expect(read(payload, header)).toMatchObject({ eventId: 'evt_1', topic: 'other', objectRef: null })
      expect(read(`${payload}\n`, header)).toBeUndefined()
      expect(read(payload, header, ['whsec_other'])).toBeUndefined()
    } finally {
      vi.useRealTimers()
    }
  })

  test('that is signed and fresh names the payment it speaks of', () => {
    expect(read(event(), signed(event()))).toEqual({
      eventId: 'evt_1',
      type: 'payment_intent.succeeded',
      topic: 'payment',
      objectRef: 'pi_1',
      orderId: null,
    })
  })

  test.each([
    ['without a signature', event(), undefined],
    ['with an empty signature', event(), ''],
    ['signed with another secret', event(), `t=${nowSeconds()},v1=${v1(event(), nowSeconds(), 'whsec_wrong')}`],
    ['of which a byte was altered', event().replace('pi_1', 'pi_2'), signed(event())],
    ['that was serialised again', JSON.stringify(JSON.parse(event())), signed(event())],
    ['signed 301 seconds ago', event(), signed(event(), nowSeconds() - 301)],
    ['whose time was altered', event(), signed(event(), nowSeconds() - 10).replace(/t=\d+/, `t=${nowSeconds()}`)],
    ['with only a v0 signature', event(), signed(event()).replace('v1=', 'v0=')],
    ['that is signed but no JSON', 'nonsense', signed('nonsense')],
    ['that is signed but no event', '{"hello":1}', signed('{"hello":1}')],
  ])('%s is refused', (_what, body, header) => {
    expect(read(body, header)).toBeUndefined()
  })

  test('signed twice, while a secret is rolled, is accepted by either', () => {
    const at = nowSeconds()
    const header = `t=${at},v1=${'0'.repeat(64)},v1=${v1(event(), at)}`
    expect(read(event(), header)?.eventId).toBe('evt_1')
    expect(read(event(), signed(event()), ['whsec_new', secret])?.eventId).toBe('evt_1')
  })

  test.each([
    ['payment_intent.created', { object: { id: 'pi_1' } }],
    ['charge.succeeded', { object: { id: 'ch_1' } }],
    ['balance.available', { object: { object: 'balance' } }],
    ['something.unheard_of', { object: null }],
    ['v2.core.event', undefined],
  ])('of type %s is kept, and asks for nothing', (type, data) => {
    const body = event({ type, data })
    expect(read(body, signed(body))).toEqual({ eventId: 'evt_1', type, topic: 'other', objectRef: null, orderId: null })
  })

  const orderId = '0192a000-0000-7000-8000-0000000000aa'
  test.each([
    ['payment_intent.succeeded', { id: 'pi_7', metadata: { order_id: orderId } }, 'payment', 'pi_7', orderId],
    ['payment_intent.canceled', { id: 'pi_7', metadata: { order_id: '1043' } }, 'payment', 'pi_7', null],
    ['charge.expired', { id: 'ch_1', payment_intent: 'pi_7', metadata: {} }, 'payment', 'pi_7', null],
    [
      'charge.refunded',
      { id: 'ch_1', payment_intent: 'pi_7', metadata: { order_id: orderId } },
      'payment',
      'pi_7',
      orderId,
    ],
    ['refund.failed', { id: 're_1', payment_intent: 'pi_7', metadata: null }, 'payment', 'pi_7', null],
    ['refund.failed', { id: 're_1', payment_intent: null }, 'other', null, null],
    ['charge.dispute.created', { id: 'dp_1', payment_intent: 'pi_7' }, 'dispute', 'dp_1', null],
    ['payout.failed', { id: 'po_1' }, 'payout', 'po_1', null],
  ])('of type %s about %j is for the handler of its topic', (type, object, topic, objectRef, about) => {
    const body = event({ type, data: { object } })
    expect(read(body, signed(body))).toEqual({ eventId: 'evt_1', type, topic, objectRef, orderId: about })
  })
})
