import { once } from 'node:events'
import { createServer } from 'node:net'
import { sql } from 'kysely'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { TestApp } from '../../../test/app.ts'
import { countBy } from '../../../test/count-by.ts'
import { inTransaction } from '../db/database.ts'

const nowhere = 'redis://127.0.0.1:1'

/** A limited request of each kind that costs nothing and changes nothing, as somebody at an address. */
const requests = {
  'sign-in': (app: TestApp, ip: string) => post(app, ip, '/auth/password/forgot', { email: 'nobody@example.ae' }),
  'one-time-code': (app: TestApp, ip: string) => post(app, ip, '/auth/otp', { phone: '+97143456789' }),
  'token-refresh': (app: TestApp, ip: string) => post(app, ip, '/auth/logout', { refreshToken: 'x'.repeat(43) }),
  'staff-sign-in': (app: TestApp, ip: string) =>
    post(app, ip, '/admin/auth/login', { email: 'nobody@example.ae', password: 'x' }),
  'order-lookup': (app: TestApp, ip: string) =>
    post(app, ip, '/orders/lookup', { number: 'DH-0000-0000', phoneOrEmail: 'nobody@example.ae' }),
  checkout: (app: TestApp, ip: string) => post(app, ip, `/carts/${'x'.repeat(22)}/checkout`, {}),
  cart: (app: TestApp, ip: string) => post(app, ip, '/carts', {}),
  browse: (app: TestApp, ip: string) => get(app, ip, '/categories'),
} as const

const two = {
  RATE_LIMIT_SIGN_IN_PER_10_MINUTES: '2',
  RATE_LIMIT_ONE_TIME_CODE_PER_10_MINUTES: '2',
  RATE_LIMIT_TOKEN_REFRESH_PER_MINUTE: '2',
  RATE_LIMIT_STAFF_SIGN_IN_PER_10_MINUTES: '2',
  RATE_LIMIT_ORDER_LOOKUP_PER_HOUR: '2',
  RATE_LIMIT_CHECKOUT_PER_MINUTE: '2',
  RATE_LIMIT_CART_PER_MINUTE: '2',
  RATE_LIMIT_BROWSE_PER_MINUTE: '2',
  PUBLIC_CACHE_SECONDS: '0',
}

const headersOf = (app: TestApp, ip: string) => ({ 'X-Forwarded-For': ip, Origin: app.ctx.config.ADMIN_URL })
const get = (app: TestApp, ip: string, path: string) =>
  fetch(`${app.baseUrl}/api/v1${path}`, { headers: headersOf(app, ip) })
const post = (app: TestApp, ip: string, path: string, body: object) =>
  fetch(`${app.baseUrl}/api/v1${path}`, {
    method: 'POST',
    headers: { ...headersOf(app, ip), 'content-type': 'application/json' },
    body: JSON.stringify(body),
  })

const guarded = ['sign-in', 'one-time-code', 'token-refresh', 'staff-sign-in', 'order-lookup', 'checkout'] as const
const open = ['cart', 'browse'] as const

/** How many of twenty at once are let past the limit. */
async function letThrough(app: TestApp, name: keyof typeof requests, ip = '192.0.2.1'): Promise<number> {
  const answers = await Promise.all(Array.from({ length: 20 }, () => requests[name](app, ip)))
  return 20 - (countBy(answers, (answer) => answer.status)[429] ?? 0)
}

describe('limits', () => {
  test.each([...guarded, ...open])('%s is two for twenty at once, and another address has its own', async (name) => {
    const app = await startTestApp({ env: two })
    expect(await letThrough(app, name)).toBe(2)
    expect(await letThrough(app, name, '198.51.100.7')).toBe(2)
  })

  test.each(guarded)('F5: without Redis, %s holds all the same, for all processes together', async (name) => {
    const app = await startTestApp({ env: { ...two, REDIS_URL: nowhere } })
    expect(await letThrough(app, name)).toBe(2)
    app.clock.advance({ hours: 1, seconds: 1 })
    expect(await letThrough(app, name)).toBe(2)
  })

  test.each(['sign-in', 'one-time-code', 'staff-sign-in'] as const)(
    'F5: a Redis that was flushed gives nobody new tries: %s',
    async (name) => {
      const app = await startTestApp({ env: two })
      expect(await letThrough(app, name)).toBe(2)
      await app.ctx.redis?.flushDb()
      expect(await letThrough(app, name)).toBe(0)
    },
  )

  test('F5: a Redis that takes connections and never answers is as good as none', async () => {
    const deaf = createServer((socket) => void socket.on('error', () => undefined)).listen(0, '127.0.0.1')
    await once(deaf, 'listening')
    onTestFinished(() => void deaf.close())
    const address = deaf.address()
    const port = typeof address === 'object' && address ? address.port : 0
    const app = await startTestApp({ env: { ...two, REDIS_URL: `redis://127.0.0.1:${port}` } })
    expect(await letThrough(app, 'sign-in')).toBe(2)
  })

  test('F5: when neither Redis nor PostgreSQL can count, nobody signs in', async () => {
    const app = await startTestApp({ env: { ...two, REDIS_URL: nowhere } })
    const statuses = await inTransaction(app.db, async (tx) => {
      await sql`lock table rate_limits in access exclusive mode`.execute(tx)
      const answers = [requests['sign-in'](app, '192.0.2.1'), requests.cart(app, '192.0.2.1')]
      return (await Promise.all(answers)).map(({ status }) => status)
    })
    expect(statuses).toEqual([503, 201])
  })

  test('an address of a subscriber’s IPv6 network counts as the subscriber', async () => {
    const app = await startTestApp({ env: two })
    const answers = await Promise.all(
      Array.from({ length: 10 }, (_, index) => requests.cart(app, `2001:db8:7:1${index}::1`)),
    )
    expect(countBy(answers, ({ status }) => status)).toEqual({ 201: 2, 429: 8 })
    expect((await requests.cart(app, '2001:db8:8::1')).status).toBe(201)
  })
})

describe('what a caller is told', () => {
  test('each answer of a limited endpoint says what is left, a refused one when to come back', async () => {
    const app = await startTestApp({ env: two })
    const headers = []
    for (const _ of [1, 2, 3]) {
      const answer = await requests.cart(app, '192.0.2.1')
      headers.push([answer.status, answer.headers.get('ratelimit'), answer.headers.get('retry-after')])
      expect(answer.headers.get('ratelimit-policy')).toBe('"cart";q=2;w=60')
    }
    expect(headers).toEqual([
      [201, expect.stringMatching(/^"cart";r=1;t=\d+$/), null],
      [201, expect.stringMatching(/^"cart";r=0;t=\d+$/), null],
      [429, expect.stringMatching(/^"cart";r=0;t=\d+$/), expect.stringMatching(/^\d+$/)],
    ])
  })

  test('an answer caches share says nothing of one caller', async () => {
    const app = await startTestApp()
    const answer = await requests.browse(app, '192.0.2.1')
    expect([answer.status, answer.headers.get('ratelimit')]).toEqual([200, null])
  })

  test('who runs into a limit that guards accounts is written down once a minute; a shopper with a full cart is not', async () => {
    const app = await startTestApp({ env: two })
    await letThrough(app, 'sign-in')
    await letThrough(app, 'cart')
    const hits = () =>
      app.db.selectFrom('auditEvents').select(['objectId', 'network']).where('action', '=', 'auth.limit-hit').execute()
    expect(await hits()).toEqual([{ objectId: 'sign-in', network: '192.0.2.0/24' }])
    const metrics = await app.ctx.metrics.rateLimited.get()
    expect(metrics.values.map(({ labels, value }) => [labels.limit, value])).toEqual([
      ['sign-in', 18],
      ['cart', 18],
    ])
  })
})

test('RL-1: a forwarded address from a peer that is no proxy of ours changes nothing', async () => {
  const app = await startTestApp({ env: { ...two, TRUST_PROXY: '192.0.2.200' } })
  const answers = []
  for (let index = 0; index < 6; index += 1) answers.push(await requests['sign-in'](app, `203.0.113.${index}`))
  expect(countBy(answers, ({ status }) => status)).toEqual({ 202: 2, 429: 4 })
  const forged = { 'CF-Connecting-IP': '203.0.113.9', Forwarded: 'for=203.0.113.9', 'X-Real-IP': '203.0.113.9' }
  const body = JSON.stringify({ email: 'nobody@example.ae' })
  const headers = { ...forged, 'content-type': 'application/json' }
  const again = await fetch(`${app.baseUrl}/api/v1/auth/password/forgot`, { method: 'POST', headers, body })
  expect(again.status).toBe(429)
})

test('RL-1: behind a proxy of ours, only the address it adds counts', async () => {
  const app = await startTestApp({ env: { ...two, TRUST_PROXY: '1' } })
  const answers = []
  for (let index = 0; index < 6; index += 1)
    answers.push(await requests['sign-in'](app, `203.0.113.${index}, 198.51.100.7`))
  expect(countBy(answers, ({ status }) => status)).toEqual({ 202: 2, 429: 4 })
})
