import { createClient } from '@redis/client'
import { request as httpRequest } from 'node:http'
import { gzipSync } from 'node:zlib'
import { createCart } from '@dhow/contracts/cart.ts'
import { getProduct, listProducts } from '@dhow/contracts/catalog.ts'
import { describe, expect, test, vi } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { asOwner } from '../../../test/as-owner.ts'
import { rawJson, rawRequest } from '../../../test/raw-request.ts'
import { jobHandlers } from '../../jobs.ts'
import { sha256 } from '../crypto/sealing.ts'

const app = await startTestApp()
const { api, given, db, baseUrl, ctx } = app
const carts = `${baseUrl}/api/v1/carts`
const json = { 'content-type': 'application/json' }
const countCarts = async () => (await db.selectFrom('carts').select('id').execute()).length

describe('a request that cannot be read', () => {
  test.each([
    [
      'a form',
      { 'content-type': 'application/x-www-form-urlencoded' },
      'locale=en',
      415,
      'request/unsupported-media-type',
    ],
    ['text', { 'content-type': 'text/plain' }, '{}', 415, 'request/unsupported-media-type'],
    ['a body without a type', {}, new Uint8Array(Buffer.from('{}')), 415, 'request/unsupported-media-type'],
    [
      'JSON in a charset that is not UTF-8',
      { 'content-type': 'application/json; charset=latin1' },
      '{}',
      415,
      'request/unsupported-media-type',
    ],
    ['an unknown compression', { ...json, 'content-encoding': 'snappy' }, '{}', 415, 'request/unsupported-media-type'],
    ['broken JSON', json, '{"locale":', 400, 'request/malformed'],
    ['JSON that is no object', json, '"en"', 400, 'request/malformed'],
    ['null', json, 'null', 400, 'request/malformed'],
    ['a list', json, '[]', 422, 'request/invalid'],
    [
      'bytes that are no UTF-8',
      json,
      new Uint8Array([0x7b, 0x22, 0xff, 0xfe, 0x22, 0x3a, 0x31, 0x7d]),
      400,
      'request/malformed',
    ],
    ['what says it is compressed and is not', { ...json, 'content-encoding': 'gzip' }, '{}', 400, 'request/malformed'],
    ['a hundred thousand brackets', json, '['.repeat(99_000), 400, 'request/malformed'],
    ['101 kB', json, JSON.stringify({ locale: 'x'.repeat(103_424) }), 413, 'request/too-large'],
    [
      '101 kB in a few bytes',
      { ...json, 'content-encoding': 'gzip' },
      new Uint8Array(gzipSync(JSON.stringify({ locale: 'x'.repeat(10_000_000) }))),
      413,
      'request/too-large',
    ],
  ])('%s is refused as a problem, and makes nothing', async (_what, headers, body, status, code) => {
    const before = await countCarts()
    const answer = await rawRequest(carts, { method: 'POST', headers, body })
    expect([answer.status, answer.code]).toEqual([status, code])
    expect(answer.headers.get('content-type')).toMatch(/^application\/problem\+json/)
    expect(await countCarts()).toBe(before)
  })

  test('because its address is malformed is 400', async () => {
    expect(await rawRequest(`${carts}/%E0%A4%A`)).toMatchObject({ status: 400, code: 'request/malformed' })
  })

  test('because a name stands twice in its query is 400, and unknown names are 422', async () => {
    const list = `${baseUrl}/api/v1/products`
    expect(await rawRequest(`${list}?sort=newest&sort=featured`)).toMatchObject({
      status: 400,
      code: 'request/malformed',
    })
    expect(await rawRequest(`${list}?__proto__=1`)).toMatchObject({
      status: 422,
      body: { errors: [{ pointer: '?__proto__', code: 'unknown-field' }] },
    })
    expect(await rawRequest(`${baseUrl}/api/v1/delivery-promise?nocache=1`)).toMatchObject({ status: 422 })
  })

  test('because nothing is there is 404, and by another method 405 with those that are', async () => {
    expect(await rawRequest(`${baseUrl}/api/v1/nothing`)).toMatchObject({ status: 404, code: 'request/not-found' })
    expect(await rawRequest(`${baseUrl}/`)).toMatchObject({ status: 404 })
    const other = await rawRequest(carts, { method: 'DELETE' })
    expect([other.status, other.code, other.headers.get('allow')]).toEqual([405, 'request/method-not-allowed', 'POST'])
    const line = await rawRequest(`${carts}/AAAAAAAAAAAAAAAAAAAAAA/lines/x`, { method: 'POST' })
    expect(line.headers.get('allow')).toBe('PATCH, DELETE')
  })
})

describe('every answer', () => {
  test('has a request id: the caller’s if it is one, else ours', async () => {
    const mine = await rawRequest(carts, { headers: { 'x-request-id': 'trace-1234-abcd' } })
    expect([mine.headers.get('x-request-id'), mine.body]).toMatchObject([
      'trace-1234-abcd',
      { requestId: 'trace-1234-abcd' },
    ])
    for (const odd of ['short', 'x'.repeat(65), 'a b c d e f g h', '<script>alert(1)</script>']) {
      const answer = await rawRequest(carts, { headers: { 'x-request-id': odd } })
      expect(answer.headers.get('x-request-id')).toMatch(/^[0-9a-f-]{36}$/)
    }
  })

  test('says what it is and does not say what made it', async () => {
    const answer = await rawJson(carts, 'POST', {})
    expect(answer.headers.get('content-type')).toMatch(/^application\/json/)
    expect(answer.headers.get('x-content-type-options')).toBe('nosniff')
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect([answer.headers.get('x-powered-by'), answer.headers.get('server')]).toEqual([null, null])
  })

  test.each([
    ['ar', 'ar'],
    ['ar-AE,ar;q=0.9,en;q=0.8', 'ar'],
    ['en-AE,en;q=0.9,ar;q=0.8', 'en'],
    ['fr-FR, ar;q=0.5', 'ar'],
    ['fr', 'en'],
    ['', 'en'],
  ])('asked for in %j is in %s', async (accepted, locale) => {
    const answer = await rawJson(carts, 'POST', {}, { 'accept-language': accepted })
    expect(answer.headers.get('content-language')).toBe(locale)
  })

  test('of an unexpected failure has a request id and no reason; the log has the reason', async () => {
    const broken = await startTestApp()
    await asOwner(broken.env['DATABASE_URL'] ?? '', 'drop table carts cascade')
    const answer = await rawJson(`${broken.baseUrl}/api/v1/carts`, 'POST', {})
    expect(answer).toMatchObject({ status: 500, code: 'service/failed' })
    expect(JSON.stringify(answer.body)).not.toMatch(/relation|select|stack|node_modules/)
    const requestId = answer.headers.get('x-request-id')
    const line = broken.logs.find((entry) => entry['requestId'] === requestId)
    expect(JSON.stringify(line)).toContain('relation \\"carts\\" does not exist')
  })
})

describe('limits', () => {
  test('refuse the request too many with 429, until when, and count each address by itself', async () => {
    const limited = await startTestApp({ env: { RATE_LIMIT_CART_PER_MINUTE: '2' } })
    const create = (from: string) => rawJson(`${limited.baseUrl}/api/v1/carts`, 'POST', {}, { 'x-forwarded-for': from })
    const statuses = [
      await create('192.0.2.1'),
      await create('192.0.2.1'),
      await create('192.0.2.1'),
      await create('192.0.2.2'),
    ]
    expect(statuses.map((answer) => answer.status)).toEqual([201, 201, 429, 201])
    expect(statuses[2]?.code).toBe('request/rate-limited')
    const seconds = Number(statuses[2]?.headers.get('retry-after'))
    expect(seconds).toBeGreaterThan(0)
    expect(seconds).toBeLessThanOrEqual(60)
  })

  test('come before the body is read', async () => {
    const limited = await startTestApp({ env: { RATE_LIMIT_CART_PER_MINUTE: '1' } })
    const send = () =>
      rawRequest(`${limited.baseUrl}/api/v1/carts`, { method: 'POST', headers: json, body: '{"broken' })
    expect([(await send()).status, (await send()).status]).toEqual([400, 429])
  })

  test('are counted together by all processes, and by each alone while Redis is away', async () => {
    const env = { RATE_LIMIT_CART_PER_MINUTE: '3' }
    const first = await startTestApp({ env })
    const create = () => rawJson(`${first.baseUrl}/api/v1/carts`, 'POST', {}).then((answer) => answer.status)
    const redis = createClient({ url: first.env['REDIS_URL'] ?? '' })
    await redis.connect()
    expect(await create()).toBe(201)
    const keys = await redis.keys('limit:cart*')
    expect(keys).toHaveLength(1)
    await redis.set(keys[0] ?? '', '3', { KEEPTTL: true })
    expect(await create()).toBe(429)
    await redis.flushDb()
    expect(await create()).toBe(201)
    redis.destroy()
    first.ctx.redis?.destroy()
    expect([await create(), await create(), await create(), await create()]).toEqual([201, 201, 201, 429])
  })
})

describe('answers kept in the process', () => {
  const etagOf = async (url: string, locale = 'en') =>
    (await rawRequest(url, { headers: { 'accept-language': locale } })).headers.get('etag')

  test('are the same until the product changes, then new at once, in both languages', async () => {
    const product = await given.product({ name: { en: 'Before', ar: 'قبل' } })
    const read = (locale: 'en' | 'ar') => api.call(getProduct, { params: { slug: product.slugs[locale] }, locale })
    expect([(await read('en')).name, (await read('ar')).name]).toEqual(['Before', 'قبل'])
    const url = `${baseUrl}/api/v1/products/${product.slugs.en}`
    const etag = await etagOf(url)
    await db.updateTable('products').set({ nameEn: 'After', nameAr: 'بعد' }).where('id', '=', product.id).execute()
    expect([(await read('en')).name, (await read('ar')).name]).toEqual(['Before', 'قبل'])
    expect(await etagOf(url)).toBe(etag)

    await jobHandlers['catalog.refresh-cards']?.(ctx, { productId: product.id })
    await vi.waitFor(async () => expect([(await read('en')).name, (await read('ar')).name]).toEqual(['After', 'بعد']))
    expect(await etagOf(url)).not.toBe(etag)
  })

  test('are one for each language, and say so to caches between', async () => {
    await given.product()
    const url = `${baseUrl}/api/v1/products`
    const [english, arabic] = [await rawRequest(url), await rawRequest(url, { headers: { 'accept-language': 'ar' } })]
    expect([english.headers.get('content-language'), arabic.headers.get('content-language')]).toEqual(['en', 'ar'])
    expect(english.headers.get('vary')).toBe('Accept-Language')
    expect(english.headers.get('etag')).not.toBe(arabic.headers.get('etag'))
  })

  test('asked for by HEAD have the same headers and no body', async () => {
    const url = `${baseUrl}/api/v1/products`
    const [get, head] = [await rawRequest(url), await rawRequest(url, { method: 'HEAD' })]
    expect([head.status, head.body, head.headers.get('etag')]).toEqual([200, '', get.headers.get('etag')])
  })

  test('are read once for all who ask at the same moment', async () => {
    ctx.cache.clear()
    const answers = await given.many(20, () => rawRequest(`${baseUrl}/api/v1/products?sort=newest`))
    expect(new Set(answers.map((answer) => answer.headers.get('etag'))).size).toBe(1)
  })

  test('hold no problem: what failed once is asked again', async () => {
    const url = `${baseUrl}/api/v1/products/not-yet`
    expect((await rawRequest(url)).status).toBe(404)
    const product = await given.product()
    await db.updateTable('products').set({ slugEn: 'not-yet' }).where('id', '=', product.id).execute()
    await jobHandlers['catalog.refresh-cards']?.(ctx, { productId: product.id })
    expect((await rawRequest(url)).status).toBe(200)
    await api.call(listProducts, {})
  })
})

describe('health', () => {
  test('is told to machines: live, ready with the state of Redis, and metrics only from here', async () => {
    expect((await rawRequest(`${baseUrl}/health/live`)).body).toEqual({ status: 'live' })
    expect((await rawRequest(`${baseUrl}/health/ready`)).body).toEqual({ status: 'ready', redis: 'up' })
    expect((await rawRequest(`${baseUrl}/metrics`)).body).toContain('# TYPE')
    expect((await rawRequest(`${baseUrl}/metrics`, { headers: { 'x-forwarded-for': '192.0.2.1' } })).status).toBe(404)
  })

  test('is 503 while the process drains', async () => {
    const draining = await startTestApp()
    draining.ctx.lifecycle.isDraining = true
    expect(await rawRequest(`${draining.baseUrl}/health/ready`)).toMatchObject({
      status: 503,
      body: { status: 'draining' },
    })
  })
})

describe('an Idempotency-Key', () => {
  const create = (key: string, locale?: string) =>
    rawJson(carts, 'POST', locale ? { locale } : {}, { 'idempotency-key': key })

  test('whose first request still runs is answered with 409 and when to come back', async () => {
    const key = 'still-running-1'
    const now = ctx.clock.now()
    const claim = {
      scope: createCart.id,
      keyHash: sha256(key),
      bodyHash: sha256(JSON.stringify([undefined, {}])),
      createdAt: now,
    }
    await db
      .insertInto('idempotencyKeys')
      .values({ ...claim, status: null, response: null, lockedUntil: new Date(now.getTime() + 10_000) })
      .execute()
    const waiting = await create(key)
    expect([waiting.status, waiting.code, waiting.headers.get('retry-after')]).toEqual([
      409,
      'idempotency/in-progress',
      '1',
    ])
    app.clock.advance({ seconds: 11 })
    expect((await create(key)).status).toBe(201)
    expect((await create(key)).headers.get('idempotent-replayed')).toBe('true')
  })

  test('of a request that failed may be used again, also for another body', async () => {
    expect((await create('failed-once-1', 'fr')).status).toBe(422)
    expect((await create('failed-once-1', 'ar')).status).toBe(201)
  })

  test('is forgotten after thirty days, and only then', async () => {
    const first = await create('kept-long-1')
    app.clock.advance({ days: 29 })
    await app.worker.runTask('platform.clean-up')
    expect((await create('kept-long-1')).body).toEqual(first.body)
    app.clock.advance({ days: 2 })
    await app.worker.runTask('platform.clean-up')
    expect((await create('kept-long-1')).body).not.toEqual(first.body)
  })
})

test('a body that never comes to its end keeps nobody else waiting', async () => {
  const hanging = httpRequest(carts, { method: 'POST', headers: { ...json, 'content-length': '100' } })
  hanging.on('error', () => undefined)
  hanging.write('{"lo')
  expect((await rawJson(carts, 'POST', {})).status).toBe(201)
  hanging.destroy()
})
