import { findFreePort } from '../scripts/embedded/ports.ts'
import { buildIfChanged } from '../scripts/launcher/app-build.ts'
import { compare } from './load.ts'
import type { Compared } from './load.ts'
import { residentMb } from './shop.ts'
import type { BenchShop, Part } from './shop.ts'

interface Report {
  seconds: number
  say: (name: string, figure: string, budget?: string) => void
  sayCompared: (name: string, compared: Compared, budget: number) => void
}

async function startWeb(shop: BenchShop, env: Record<string, string>): Promise<Part> {
  const port = String(await findFreePort())
  return shop.start('apps/web/dist/server/main.js', { PORT: port, LISTEN_PORT: port, ...env })
}

/** A rendered category page of 24 cards: bytes from the cache, and rendered for every request. */
export async function measurePages(shop: BenchShop, report: Report): Promise<void> {
  const { seconds, say, sayCompared } = report
  await buildIfChanged('web')
  const web = await startWeb(shop, {})
  const uncached = await startWeb(shop, { PAGE_CACHE: 'false' })
  say('website cold start', `${web.startMs} ms to ready, ${residentMb(web.pid)} MB`)
  const path = '/en/c/home'
  const ceiling = (kind: string) => ({
    url: `${shop.ceilings.url}/${kind}?of=${encodeURIComponent(web.url + path)}`,
    seconds,
  })
  sayCompared(
    'category page of 24, cached',
    await compare({ url: web.url + path, seconds }, ceiling('same-bytes')),
    0.7,
  )
  sayCompared(
    'category page of 24, rendered',
    await compare({ url: uncached.url + path, seconds }, ceiling('same-markup')),
    0.4,
  )
}
