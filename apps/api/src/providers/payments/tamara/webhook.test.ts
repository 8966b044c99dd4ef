import { generateKeyPairSync } from 'node:crypto'
import { SignJWT, UnsecuredJWT } from 'jose'
import { describe, expect, test } from 'vitest'
import type { IncomingWebhook } from '../port.ts'
import { readTamaraWebhook } from './webhook.ts'

const secret = 'notification-token-1'
// Provider facts, test-vectors.json: checked with node:crypto and Tamara's own verifier.
const vector =
  'eyJ0eXAiOiJKV1QiLCJhbGciOiJIUzI1NiJ9.eyJleHAiOjE3MDAwMDA5MDAsImlhdCI6MTcwMDAwMDAwMCwiaXNzIjoiVGFtYXJhIn0.h4dEo_0g0yJrmM9XoLktZkRuqnLjqL7G3KcgP5OM9CM'
const issuedAt = 1_700_000_000

const orderId = '0192a000-0000-7000-8000-0000000000aa'
const body = (change: object = {}): string =>
  JSON.stringify({
    order_id: 'f177da1c-e205-48c3-a619-c4762b479f79',
    order_reference_id: `${orderId}_0123456789ab`,
    order_number: 'DH-7K3M-9QX2',
    event_type: 'order_approved',
    data: [],
    ...change,
  })

type Wish = {
  token?: string
  header?: string | string[]
  query?: string
  text?: string
  after?: number
  secrets?: string[]
}

const read = ({
  token = vector,
  header = `Bearer ${token}`,
  query = '',
  text = body(),
  after = 10,
  secrets,
}: Wish = {}) => {
  const webhook: IncomingWebhook = {
    rawBody: Buffer.from(text),
    headers: header === '' ? {} : { authorization: header },
    query: new URLSearchParams(query),
    remoteAddress: '127.0.0.1',
    now: new Date((issuedAt + after) * 1000),
  }
  return readTamaraWebhook(secrets ?? [secret], webhook)
}

const sign = (
  claims: object,
  alg = 'HS256',
  key: Parameters<SignJWT['sign']>[0] = Buffer.from(secret),
): Promise<string> =>
  new SignJWT({ iss: 'Tamara', iat: issuedAt, exp: issuedAt + 900, ...claims }).setProtectedHeader({ alg }).sign(key)

describe('a webhook of Tamara', () => {
  test('of the published vector names the order it speaks of, and ours', async () => {
    expect(await read()).toEqual({
      eventId: expect.stringMatching(/^tamara_[0-9a-f]{64}$/),
      type: 'order_approved',
      objectRef: 'f177da1c-e205-48c3-a619-c4762b479f79',
      topic: 'payment',
      orderId,
    })
  })

  test('is proven by the query where there is no header, and the header counts where there is one', async () => {
    expect(await read({ header: '', query: `tamaraToken=${vector}` })).toBeDefined()
    expect(await read({ header: 'Bearer x.y.z', query: `tamaraToken=${vector}` })).toBeUndefined()
  })

  test('is proven by either token while one is changed', async () => {
    expect(await read({ secrets: ['new-token', secret] })).toBeDefined()
    expect(await read({ secrets: [] })).toBeUndefined()
  })

  test('holds for its fifteen minutes and a minute of differing clocks', async () => {
    expect(await read({ after: -59 })).toBeDefined()
    expect(await read({ after: 959 })).toBeDefined()
    expect(await read({ after: 960 })).toBeUndefined()
    expect(await read({ after: -61 })).toBeUndefined()
  })

  const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 }).privateKey
  test.each<[string, () => Wish | Promise<Wish>]>([
    ['without a token', () => ({ header: '' })],
    ['with two headers', () => ({ header: [`Bearer ${vector}`, `Bearer ${vector}`] })],
    ['with a token that is none', () => ({ token: 'nonsense' })],
    ['with an endless token', () => ({ token: `${vector}${'a'.repeat(2_000)}` })],
    ['signed with another secret', () => ({ secrets: ['another'] })],
    ['of which a byte was altered', () => ({ token: `${vector.slice(0, -2)}QQ` })],
    [
      'with alg none',
      () => ({ token: new UnsecuredJWT({ iss: 'Tamara', iat: issuedAt, exp: issuedAt + 900 }).encode() }),
    ],
    ['with an RS256 header', async () => ({ token: await sign({}, 'RS256', rsa) })],
    ['with an HS512 header', async () => ({ token: await sign({}, 'HS512', Buffer.alloc(64, secret)) })],
    ['of another issuer', async () => ({ token: await sign({ iss: 'tamara' }) })],
    ['without an expiry', async () => ({ token: await sign({ exp: undefined }) })],
    ['without a time of issue', async () => ({ token: await sign({ iat: undefined }) })],
    ['good for a day', async () => ({ token: await sign({ exp: issuedAt + 86_400 }) })],
    ['issued in the future', async () => ({ token: await sign({ iat: issuedAt + 500 }) })],
    ['that is no JSON', () => ({ text: 'nonsense' })],
    ['that is no event', () => ({ text: '{"hello":1}' })],
    ['of the old notifications', () => ({ text: body({ event_type: undefined, order_status: 'approved' }) })],
  ])('%s is refused', async (_what, wish) => {
    expect(await read(await wish())).toBeUndefined()
  })

  test('comes twice as the same event, and of another movement as another', async () => {
    const idOf = async (change: object) => (await read({ text: body(change) }))?.eventId
    const capture = (capture_id: string) => ({ event_type: 'order_captured', data: { capture_id } })
    const refund = (refund_id: string) => ({ event_type: 'order_refunded', data: { refund_id, capture_id: 'c1' } })
    const ids = await Promise.all([
      idOf({}),
      idOf({ event_type: 'order_authorised' }),
      idOf({ order_id: 'another' }),
      idOf(capture('c1')),
      idOf(capture('c2')),
      idOf(refund('r1')),
      idOf(refund('r2')),
    ])
    expect(new Set(ids).size).toBe(ids.length)
    expect(await idOf({ order_number: 'changed', data: {} })).toBe(ids[0])
    expect(await idOf(capture('c1'))).toBe(ids[3])
  })

  test('of a type we do not know is kept, and asks for nothing', async () => {
    expect(await read({ text: body({ event_type: 'dispute_created' }) })).toMatchObject({
      topic: 'other',
      objectRef: null,
    })
  })

  test('about somebody else’s reference leads to no order of ours', async () => {
    expect(await read({ text: body({ order_reference_id: '100000123' }) })).toMatchObject({
      topic: 'payment',
      orderId: null,
    })
    expect(await read({ text: body({ order_reference_id: null }) })).toMatchObject({ orderId: null })
  })
})
