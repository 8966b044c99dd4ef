import { getProduct } from '@dhow/contracts/catalog.ts'
import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { expect, onTestFinished, test, vi } from 'vitest'
import { startTestApp } from '../../apps/api/test/app.ts'
import type { TestApp } from '../../apps/api/test/app.ts'
import { faultsInBooks } from '../../apps/api/test/books.ts'
import { countBy } from '../../apps/api/test/count-by.ts'
import { startRealProcess } from '../../apps/api/test/process.ts'
import { startRedis } from '../../scripts/embedded/embedded-redis.ts'
import { startTcpProxy } from './tcp-proxy.ts'
import { createClient } from 'redis'

/** A Redis of the test's own, which it may stop. */
async function startOwnRedis() {
  const directory = mkdtempSync(path.join(tmpdir(), 'dhow-faults-'))
  const redis = await startRedis({ port: 0, logFile: path.join(directory, 'redis.log') })
  if (redis.kind !== 'server') throw new Error(redis.reason)
  onTestFinished(async () => {
    await redis.stop()
    rmSync(directory, { recursive: true, force: true })
  })
  return redis
}

async function buy({ given, worker }: TestApp): Promise<string> {
  const guest = await given.guestAtCheckout()
  await guest.placeOrder()
  await guest.pay()
  await worker.settle()
  return (await guest.order()).state
}

test('Redis emptied, stopped and never back: purchases go on', async () => {
  const redis = await startOwnRedis()
  const app = await startTestApp({ env: { REDIS_URL: redis.url, RATE_LIMIT_CHECKOUT_PER_MINUTE: '1000' } })
  expect(await buy(app)).toBe('confirmed')
  const client = createClient({ url: redis.url })
  await client.connect()
  await client.flushAll()
  client.destroy()
  expect(await buy(app)).toBe('confirmed')
  await redis.stop()
  expect(await buy(app)).toBe('confirmed')
  const ready = await fetch(`${app.baseUrl}/health/ready`)
  expect([ready.status, await ready.json()]).toEqual([200, { status: 'ready', redis: 'down' }])
  expect(await faultsInBooks(app)).toEqual([])
})

test('Redis stopped in the middle of traffic fails no request', async () => {
  const redis = await startOwnRedis()
  const app = await startTestApp({ env: { REDIS_URL: redis.url } })
  const traffic = { isOver: false }
  const shoppers = Array.from({ length: 4 }, async () => {
    const states = [await buyAlone(app)]
    while (!traffic.isOver) states.push(await buyAlone(app))
    return [...states, await buyAlone(app)]
  })
  await vi.waitUntil(async () => (await app.db.selectFrom('orders').select('id').execute()).length > 8, {
    timeout: 30_000,
  })
  await redis.stop()
  traffic.isOver = true
  const states = (await Promise.all(shoppers)).flat()
  expect(countBy(states, (state) => state)).toEqual({ confirmed: states.length })
  await app.worker.settle()
  expect(await faultsInBooks(app)).toEqual([])
})

/** A purchase confirmed by the return alone, so that many may go on at once. */
async function buyAlone({ given }: TestApp): Promise<string> {
  const guest = await given.guestAtCheckout()
  await guest.placeOrder()
  await guest.pay()
  return (await guest.refresh()).state
}

/** Asks PostgreSQL directly, on a session of its own. Gives how many rows there were. */
async function countInDatabase(databaseUrl: string, query: string): Promise<number> {
  const client = new pg.Client({ connectionString: databaseUrl })
  await client.connect()
  try {
    return (await client.query(query)).rowCount ?? 0
  } finally {
    await client.end()
  }
}

/** Ends every session on the app's database but our own, as a restart of PostgreSQL does. */
const terminateSessions = (databaseUrl: string): Promise<number> =>
  countInDatabase(
    databaseUrl,
    'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
  )

test('all sessions of PostgreSQL ended again and again in the middle of traffic: no answered order is lost, and it recovers by itself', async () => {
  const app = await startTestApp()
  const databaseUrl = app.env['DATABASE_URL'] ?? ''
  const promised: string[] = []
  const refusals: string[] = []
  const day = { isOver: false }

  const traffic = Array.from({ length: 6 }, async () => {
    while (!day.isOver) {
      try {
        const guest = await app.given.guestAtCheckout()
        const answer = await guest.placeOrder()
        if (answer.order) promised.push(answer.order.number)
        else refusals.push(answer.code)
      } catch (error) {
        // What the builders themselves ran into: the same refusals, or their own lost connection.
        refusals.push(error instanceof Error && 'code' in error ? String(error.code) : 'no-answer')
      }
    }
  })
  for (let round = 1; round <= 4; round += 1) {
    await vi.waitUntil(() => promised.length >= round * 4, { timeout: 60_000 })
    expect(await terminateSessions(databaseUrl)).toBeGreaterThan(1)
  }
  const before = promised.length
  await vi.waitUntil(() => promised.length >= before + 10, { timeout: 60_000 })
  day.isOver = true
  await Promise.all(traffic)

  const stored = (await app.db.selectFrom('orders').select('number').execute()).map((order) => order.number)
  expect(promised.filter((number) => !stored.includes(number))).toEqual([])
  expect(refusals).not.toContain('service/failed')
  expect(await faultsInBooks({ db: app.db })).toEqual([])

  app.clock.advance({ minutes: 31 })
  for (let left = Number.POSITIVE_INFINITY; left > 0;) {
    await app.worker.runTask('payments.sweep')
    left = (await app.db.selectFrom('orders').select('id').where('state', '=', 'awaiting-payment').execute()).length
  }
  await app.worker.settle()
  expect(await faultsInBooks(app)).toEqual([])
})

test('after its listening session was ended, the API hears of changes again', async () => {
  const app = await startTestApp()
  const product = await app.given.product({ name: { en: 'Before', ar: 'قبل' } })
  const name = async () => (await app.api.call(getProduct, { params: { slug: product.slugs.en } })).name
  expect(await name()).toBe('Before')
  const databaseUrl = app.env['DATABASE_URL'] ?? ''
  const listeners = `select from pg_stat_activity where application_name = 'dhow-listen' and datname = current_database()`
  await terminateSessions(databaseUrl)
  await vi.waitUntil(async () => (await countInDatabase(databaseUrl, listeners)) === 1, { timeout: 30_000 })
  await app.db.updateTable('products').set({ nameEn: 'After' }).where('id', '=', product.id).execute()
  await app.worker.runTask('catalog.refresh-cards', { productId: product.id })
  await vi.waitFor(async () => expect(await name()).toBe('After'))
})

test('while PostgreSQL cannot be reached the answer is 503 and when to come back, and then all is well without a restart', async () => {
  const app = await startTestApp()
  const address = new URL(app.env['DATABASE_URL'] ?? '')
  const proxy = await startTcpProxy({ host: address.hostname, port: Number(address.port) })
  address.port = String(proxy.port)
  const api = await startRealProcess({ entry: 'main', env: { ...app.env, DATABASE_URL: address.href } })
  const json = { 'content-type': 'application/json' }
  const create = () => fetch(`${api.baseUrl}/api/v1/carts`, { method: 'POST', headers: json, body: '{}' })
  const isReady = async () => (await fetch(`${api.baseUrl}/health/ready`)).status
  expect([(await create()).status, await isReady()]).toEqual([201, 200])

  await proxy.cut()
  const refused = await create()
  expect([refused.status, refused.headers.get('retry-after'), await isReady()]).toEqual([503, '2', 503])
  expect(await refused.json()).toMatchObject({ code: 'service/unavailable' })
  expect((await fetch(`${api.baseUrl}/health/live`)).status).toBe(200)

  await proxy.heal()
  await vi.waitFor(async () => expect(await isReady()).toBe(200))
  expect((await create()).status).toBe(201)
})
