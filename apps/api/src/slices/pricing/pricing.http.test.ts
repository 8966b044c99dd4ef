import { getDeliveryPromise } from '@dhow/contracts/cart.ts'
import { money } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { rawRequest } from '../../../test/raw-request.ts'

const app = await startTestApp({ now: '2026-11-24T08:00:00.000Z' })
const { api, db, clock, ctx, baseUrl } = app

/** As after half a minute, when the process has forgotten its answers. */
const promise = () => {
  ctx.cache.clear()
  return api.call(getDeliveryPromise, {})
}
const optionsTo = async (emirate: string) =>
  (await promise()).emirates.find((entry) => entry.emirate === emirate)?.options

test('what delivery costs and when it comes is told for all seven emirates', async () => {
  const { freeOver, emirates } = await promise()
  expect(freeOver).toEqual(money(20_000))
  expect(emirates.map((entry) => [entry.emirate, entry.options.length])).toEqual([
    ['AE-DU', 2],
    ['AE-AZ', 1],
    ['AE-SH', 2],
    ['AE-AJ', 2],
    ['AE-UQ', 1],
    ['AE-RK', 1],
    ['AE-FU', 1],
  ])
  expect(await optionsTo('AE-DU')).toEqual([
    {
      method: 'standard',
      price: money(1500),
      wasPrice: null,
      earliest: '2026-11-25',
      latest: '2026-11-25',
      orderBefore: '2026-11-24T14:00:00.000Z',
    },
    {
      method: 'same-day',
      price: money(2500),
      wasPrice: null,
      earliest: '2026-11-24',
      latest: '2026-11-24',
      orderBefore: '2026-11-24T10:00:00.000Z',
    },
  ])
})

test('same-day delivery is no longer promised after its cut-off in Dubai, and again from midnight there', async () => {
  const methods = async () => (await optionsTo('AE-DU'))?.map((option) => option.method)
  clock.set('2026-11-24T10:00:00.000Z')
  expect(await methods()).toEqual(['standard'])
  clock.set('2026-11-24T19:59:59.000Z')
  expect(await methods()).toEqual(['standard'])
  clock.set('2026-11-24T20:00:00.000Z')
  expect(await methods()).toEqual(['standard', 'same-day'])
})

test('a rate counts from its first instant to its last', async () => {
  const rate = { method: 'standard', emirate: 'AE-FU', freeOverAmount: null, minDays: 1, maxDays: 1, cutoffMinute: 960 }
  const change = new Date('2026-12-01T00:00:00Z')
  await db.updateTable('deliveryRates').set({ validTo: change }).where('emirate', '=', 'AE-FU').execute()
  await db
    .insertInto('deliveryRates')
    .values({ ...rate, priceAmount: 900, validFrom: change, validTo: null })
    .execute()
  const price = async () => (await optionsTo('AE-FU'))?.map((option) => option.price.amount)
  clock.set('2026-11-30T23:59:59.999Z')
  expect(await price()).toEqual([2500])
  clock.set('2026-12-01T00:00:06.000Z')
  expect(await price()).toEqual([900])
})

test('the promise may be kept by caches, and is the same for those who have it', async () => {
  const url = `${baseUrl}/api/v1/delivery-promise`
  const first = await rawRequest(url)
  expect(first.headers.get('cache-control')).toMatch(/^public, max-age=0, s-maxage=60/)
  const etag = first.headers.get('etag') ?? ''
  for (const known of [etag, `W/${etag}`, `"other", ${etag}`, '*']) {
    const again = await rawRequest(url, { headers: { 'if-none-match': known } })
    expect([known, again.status, again.body, again.headers.get('etag')]).toEqual([known, 304, '', etag])
  }
  expect((await rawRequest(url, { headers: { 'if-none-match': '"other"' } })).status).toBe(200)
})
