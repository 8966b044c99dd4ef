import { describe, expect, test } from 'vitest'
import { createAddressList } from '../../../platform/auth/address-list.ts'
import type { IncomingWebhook } from '../port.ts'
import { readTabbyWebhook } from './webhook.ts'

const orderId = '0192a000-0000-7000-8000-0000000000aa'
const proof = {
  header: 'X-Dhow-Webhook',
  secrets: ['new-secret', 'old-secret'],
  addresses: createAddressList(['34.166.36.90', '34.93.76.191']),
}

const news = (change: object = {}): object => ({
  id: 'f0b1',
  created_at: '2026-11-24T08:00:00Z',
  status: 'authorized',
  amount: '149.50',
  captures: [],
  refunds: [],
  meta: { order_id: orderId },
  ...change,
})
const incoming = (body: unknown, change: Partial<IncomingWebhook> = {}): IncomingWebhook => ({
  rawBody: Buffer.from(typeof body === 'string' ? body : JSON.stringify(body)),
  headers: { 'x-dhow-webhook': 'new-secret' },
  query: new URLSearchParams(),
  remoteAddress: '34.166.36.90',
  now: new Date('2026-11-24T08:00:05Z'),
  ...change,
})
const read = (body: unknown, change: Partial<IncomingWebhook> = {}) => readTabbyWebhook(proof, incoming(body, change))

describe('a webhook', () => {
  test('with either secret speaks of a payment and its order', () => {
    const event = { type: 'authorized', topic: 'payment', objectRef: 'f0b1', orderId }
    expect(read(news())).toMatchObject(event)
    expect(read(news(), { headers: { 'x-dhow-webhook': 'old-secret' } })).toMatchObject(event)
  })

  test.each([
    ['a wrong secret', { headers: { 'x-dhow-webhook': 'new-secre7' } }],
    ['part of the secret', { headers: { 'x-dhow-webhook': 'new' } }],
    ['an empty header', { headers: { 'x-dhow-webhook': '' } }],
    ['two headers', { headers: { 'x-dhow-webhook': ['new-secret', 'new-secret'] } }],
    ['no header', { headers: {} }],
    ['another address', { remoteAddress: '203.0.113.9' }],
    ['no address', { remoteAddress: '' }],
  ] as [string, Partial<IncomingWebhook>][])('with %s is forged', (_, change) => {
    expect(read(news(), change)).toBeUndefined()
  })

  test('is never proven without a configured secret', () => {
    expect(readTabbyWebhook({ ...proof, secrets: [] }, incoming(news()))).toBeUndefined()
  })

  test('comes from anywhere when no addresses are configured', () => {
    const anywhere = { ...proof, addresses: createAddressList([]) }
    expect(readTabbyWebhook(anywhere, incoming(news(), { remoteAddress: '203.0.113.9' }))).toBeDefined()
  })

  test('is the same news while status, captures and refunds are the same, in any order', () => {
    const first = read(news({ captures: [{ id: 'c1' }, { id: 'c2' }] }))
    const again = read(news({ captures: [{ id: 'c2' }, { id: 'c1' }], refunds: null, amount: '1.00' }))
    expect(again?.eventId).toBe(first?.eventId)
    const others = [
      news(),
      news({ status: 'closed', captures: [{ id: 'c1' }, { id: 'c2' }] }),
      news({ status: 'closed', captures: [{ id: 'c1' }, { id: 'c2' }], refunds: [{ id: 'r1' }] }),
      news({ id: 'f0b2' }),
    ]
    const ids = [first, ...others.map((other) => read(other))].map((event) => event?.eventId)
    expect(new Set(ids).size).toBe(5)
  })

  test('tells of captures and refunds by its type', () => {
    expect(read(news({ captures: [{ id: 'c1' }] }))?.type).toBe('authorized.captured')
    expect(read(news({ status: 'closed', captures: [{ id: 'c1' }], refunds: [{ id: 'r1' }] }))?.type).toBe(
      'closed.refunded',
    )
  })

  test.each([
    ['upper-case status words, which only the API has', news({ status: 'AUTHORIZED' })],
    ['something else than a payment', { dispute: { id: 'd1' } }],
    ['a list', []],
  ])('with %s is kept, and asks for nothing', (_, body) => {
    expect(read(body)).toMatchObject({ type: 'unknown', topic: 'other', objectRef: null, orderId: null })
  })

  test.each(['', 'null', '"authorized"', '{"id":'])('of %j is unreadable', (body) => {
    expect(read(body)).toBeUndefined()
  })

  test('with an order number that is no id of ours names no order', () => {
    expect(read(news({ meta: { order_id: '1043' } }))).toMatchObject({ objectRef: 'f0b1', orderId: null })
    expect(read(news({ meta: null }))).toMatchObject({ orderId: null })
  })
})
