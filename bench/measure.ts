import pg from 'pg'
import { send } from './http.ts'
import { compare, load } from './load.ts'
import type { Compared, Load } from './load.ts'
import { residentMb } from './shop.ts'
import type { BenchShop } from './shop.ts'
import { buy, buyFor } from './shopper.ts'
import type { Market, PathFigures } from './shopper.ts'

/** Public reads, with the cache of finished answers on and off, against their ceilings. */
export async function measureReads(shop: BenchShop, slug: string, seconds: number) {
  const list = '/api/v1/products?limit=24'
  const detail = `/api/v1/products/${slug}`
  const sameBytes = (path: string) => ({
    url: `${shop.ceilings.url}/same-bytes?of=${encodeURIComponent(path)}`,
    seconds,
  })
  const oneQuery = (path: string) => ({ url: `${shop.ceilings.url}/one-query/${path}`, seconds })
  const results: Record<'list cached' | 'list uncached' | 'detail cached' | 'detail uncached', Compared> = {
    'list cached': await compare({ url: shop.api.url + list, seconds }, sameBytes(list)),
    'list uncached': await compare({ url: shop.apiUncached.url + list, seconds }, oneQuery('list')),
    'detail cached': await compare({ url: shop.api.url + detail, seconds }, sameBytes(detail)),
    'detail uncached': await compare({ url: shop.apiUncached.url + detail, seconds }, oneQuery(`detail?slug=${slug}`)),
  }
  return results
}

/** Adding to carts of their own, one per connection, beside bare Express committing three inserts. */
export async function measureAddToCart(
  shop: BenchShop,
  market: Market,
  seconds: number,
): Promise<{ ours: Load; bareOrder: Load }> {
  const cart = await send<{ id: string }>({ method: 'POST', url: `${market.apiUrl}/api/v1/carts`, json: {} })
  const body = JSON.stringify({ variantId: market.variantIds[0], quantity: 1 })
  const headers = { 'content-type': 'application/json' }
  const url = `${market.apiUrl}/api/v1/carts/${cart.body.id}/lines`
  await load({ url, method: 'POST', body, headers, seconds: 1, connections: 1 })
  const ours = await addToManyCarts(market, seconds)
  const bareOrder = await load({ url: `${shop.ceilings.url}/one-order`, method: 'POST', seconds, connections: 8 })
  return { ours, bareOrder }
}

async function addToManyCarts(market: Market, seconds: number): Promise<Load> {
  const times: number[] = []
  const startedAt = performance.now()
  const until = startedAt + seconds * 1000
  let failed = 0
  async function shop(shopper: number): Promise<void> {
    let cart = await send<{ id: string }>({ method: 'POST', url: `${market.apiUrl}/api/v1/carts`, json: {} })
    for (let round = 0; performance.now() < until; round += 1) {
      if (round % 20 === 19)
        cart = await send<{ id: string }>({ method: 'POST', url: `${market.apiUrl}/api/v1/carts`, json: {} })
      const variantId = market.variantIds[(shopper * 31 + round) % market.variantIds.length]
      const before = performance.now()
      const answer = await send({
        method: 'POST',
        url: `${market.apiUrl}/api/v1/carts/${cart.body.id}/lines`,
        json: { variantId, quantity: 1 },
      })
      if (answer.status !== 201) failed += 1
      times.push(performance.now() - before)
    }
  }
  await Promise.all(Array.from({ length: 8 }, (_, index) => shop(index)))
  const sorted = times.toSorted((a, b) => a - b)
  const at = (share: number): number => Math.round(sorted[Math.floor(sorted.length * share)] ?? 0)
  return {
    perSecond: Math.round(times.length / ((performance.now() - startedAt) / 1000)),
    p50: at(0.5),
    p99: at(0.99),
    failed,
  }
}

export interface PurchaseFigures extends PathFigures {
  statementsPerPurchase: number
  loadedMb: number
}

const jobsLeft = `select count(*)::int as left from graphile_worker._private_jobs jobs
  join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
  where tasks.identifier in ('payments.webhook', 'notifications.order-confirmed', 'catalog.refresh-cards')`

/** Waits until the worker has done what purchases caused, so that every statement of theirs has been counted. */
async function waitForQuiet(client: pg.Client): Promise<void> {
  for (;;) {
    const { rows } = await client.query(jobsLeft)
    if (rows[0]?.left === 0) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
}

/** The whole purchase path with the worker running, and the SQL statements one purchase causes, the worker's included. */
export async function measurePurchases(shop: BenchShop, market: Market, seconds: number): Promise<PurchaseFigures> {
  await buyFor(market, { shoppers: 8, seconds: 2 })
  const client = new pg.Client({ connectionString: shop.databaseUrl })
  await client.connect()
  await waitForQuiet(client)
  await client.query('select pg_stat_statements_reset()')
  const figures = await buyFor(market, { shoppers: 8, seconds })
  const loadedMb = residentMb(shop.api.pid)
  await waitForQuiet(client)
  const { rows } = await client.query(
    "select sum(calls)::int as calls from pg_stat_statements where query not ilike '%count(*)::int as left from graphile_worker%' and query not ilike '%pg_stat_statements%'",
  )
  await client.end()
  return { ...figures, statementsPerPurchase: Math.round((rows[0]?.calls / figures.paid) * 10) / 10, loadedMb }
}

/** Fifty shoppers after one last unit: exactly one may pay. */
export async function measureLastUnit(
  market: Market,
  lastVariantId: string,
): Promise<{ paid: number; refused: number; ms: number }> {
  const startedAt = performance.now()
  const outcomes = await Promise.all(Array.from({ length: 50 }, () => buy(market, [lastVariantId])))
  return {
    paid: outcomes.filter((outcome) => outcome === 'paid').length,
    refused: outcomes.filter((outcome) => outcome === 'out-of-stock').length,
    ms: Math.round(performance.now() - startedAt),
  }
}
