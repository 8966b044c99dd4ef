/**
 * `npm run bench`: what the shop does per second on this machine, as ratios against ceilings measured in the same run, with
 * the budget of each beside it. Figures of other machines or other moments are never compared. `--quick` measures shorter.
 */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import pg from 'pg'
import { benchCatalogue } from './catalogue.ts'
import { closeConnections } from './http.ts'
import type { Compared } from './load.ts'
import { measureAddToCart, measureLastUnit, measurePurchases, measureReads } from './measure.ts'
import { measurePages } from './pages.ts'
import { measureSignIns } from './sign-ins.ts'
import { measureSignedIn } from './signed-in.ts'
import { measureWebhooks } from './webhooks.ts'
import { residentMb, startBenchShop } from './shop.ts'
import type { BenchShop } from './shop.ts'

const PRODUCTS = 1_000
/** Recorded on two quiet cores, one process, 1,000 products; those shops cannot be installed by this script. */
const peers = { path: 8.0, list: 545, detail: 123, addToCart: 110 }

const isQuick = process.argv.includes('--quick')
const seconds = isQuick ? 2 : 5
const lines: string[] = []

function say(name: string, figure: string, budget = ''): void {
  const line = `${name.padEnd(34)} ${figure.padEnd(58)} ${budget}`.trimEnd()
  lines.push(line)
  process.stdout.write(`${line}\n`)
}

const percent = (ratio: number): string => `${Math.round(ratio * 100)} %`
const times = (figure: number, peer: number): string => `${(figure / peer).toFixed(1)} ×`

function sayCompared(name: string, { ours, ceiling, ratio }: Compared, budget: number): void {
  const verdict = ratio >= budget ? 'met' : 'MISSED'
  const failed = ours.failed > 0 ? `, ${ours.failed} failed` : ''
  say(
    name,
    `${ours.perSecond}/s of ${ceiling.perSecond}/s = ${percent(ratio)}${failed}`,
    `budget ≥ ${percent(budget)} ${verdict}`,
  )
}

async function prepare(home: string, shop: BenchShop): Promise<void> {
  const file = path.join(home, 'catalogue.csv')
  writeFileSync(file, benchCatalogue(PRODUCTS))
  const startedAt = performance.now()
  await shop.run('apps/api/src/import.ts', [file])
  say('import of 2,000 rows', `${Math.round(performance.now() - startedAt)} ms`)
  const client = new pg.Client({ connectionString: shop.databaseUrl })
  await client.connect()
  await client.query('create extension if not exists pg_stat_statements')
  await client.query(
    "update stock_levels set on_hand = 1 where variant_id = (select id from variants where sku = 'BENCH-1-0')",
  )
  await client.query('analyze')
  await client.end()
}

async function readMarket(shop: BenchShop) {
  const client = new pg.Client({ connectionString: shop.databaseUrl })
  await client.connect()
  const { rows } = await client.query("select id, sku from variants where sku <> 'BENCH-1-0' order by sku limit 400")
  const last = await client.query("select id from variants where sku = 'BENCH-1-0'")
  const slug = await client.query("select slug_en from products where handle = 'bench-7'")
  await client.end()
  const variantIds = rows.map((row: { id: string }) => row.id)
  return {
    market: { apiUrl: shop.api.url, sandboxUrl: shop.sandbox.url, variantIds },
    lastVariantId: String(last.rows[0]?.id),
    slug: String(slug.rows[0]?.slug_en),
  }
}

async function measureAll(shop: BenchShop): Promise<void> {
  const { market, lastVariantId, slug } = await readMarket(shop)
  const idleMb = residentMb(shop.api.pid)
  say('API start', `${shop.apiFirstStartMs} ms to ready the first time, ${shop.api.startMs} ms after`)
  const reads = await measureReads(shop, slug, seconds)
  sayCompared('product list of 24, cached', reads['list cached'], 0.7)
  sayCompared('product list of 24, uncached', reads['list uncached'], 0.5)
  sayCompared('product detail, cached', reads['detail cached'], 0.7)
  sayCompared('product detail, uncached', reads['detail uncached'], 0.5)
  say('list beside the recorded best peer', times(reads['list cached'].ours.perSecond, peers.list), 'budget ≥ 10 ×')
  say(
    'detail beside the recorded best peer',
    times(reads['detail cached'].ours.perSecond, peers.detail),
    'budget ≥ 40 ×',
  )
  await measurePages(shop, { seconds, say, sayCompared })
  const { ours, bareOrder } = await measureAddToCart(shop, market, seconds)
  say(
    'add to cart',
    `${ours.perSecond}/s, p50 ${ours.p50} ms, p99 ${ours.p99} ms, ${ours.failed} failed`,
    `${times(ours.perSecond, peers.addToCart)} the recorded best peer, budget ≥ 20 ×`,
  )
  say('bare Express + 3 inserts + commit', `${bareOrder.perSecond}/s (ceiling of a write)`)
  await shop.start('apps/api/src/worker.ts', {
    WORKER_PORT: shop.env['WORKER_PORT'] ?? '0',
    LISTEN_PORT: new URL(shop.api.url).port,
  })
  const bought = await measurePurchases(shop, market, seconds * 2)
  say(
    'whole guest purchase, 8 shoppers',
    `${bought.perSecond}/s, p50 ${bought.p50} p95 ${bought.p95} p99 ${bought.p99} ms`,
    `${times(bought.perSecond, peers.path)} the recorded best peer, budget ≥ 25 ×`,
  )
  const webhooks = await measureWebhooks(shop, seconds * 2)
  say(
    'webhooks, 10,000 a minute offered',
    `${webhooks.perSecond}/s answered, p50 ${webhooks.p50} p95 ${webhooks.p95} p99 ${webhooks.p99} ms, ${webhooks.failed} failed`,
    `budget p95 ≤ 100 ms; ${webhooks.backlog} left to handle, done ${webhooks.handledAfter} s later`,
  )
  sayCompared('an order, signed in beside by token', await measureSignedIn(market, seconds), 1 / 1.15)
  const signIns = await measureSignIns(shop.api.url)
  say(
    '50 sign-ins by password at once',
    `${signIns.answered} answered, ${signIns.sentAway} sent away in ${signIns.ms} ms`,
    `event loop p99 ${signIns.loopP99Ms} ms, longest ${signIns.loopLongestMs} ms, budget ≤ 200 ms`,
  )
  say('SQL statements a purchase', `${bought.statementsPerPurchase} with the worker's`, 'budget ≤ 45')
  say('resident memory of the API', `${idleMb} MB idle, ${bought.loadedMb} MB under load`, 'budget ≤ 150 / ≤ 300 MB')
  const race = await measureLastUnit(market, lastVariantId)
  say('last unit, 50 shoppers', `${race.paid} paid, ${race.refused} refused in ${race.ms} ms`, 'must be 1 and 49')
}

const home = mkdtempSync(path.join(tmpdir(), 'dhow-bench-'))
const shop = await startBenchShop(home, (started) => prepare(home, started))
try {
  await measureAll(shop)
} finally {
  closeConnections()
  await shop.stop()
  rmSync(home, { recursive: true, force: true })
}
