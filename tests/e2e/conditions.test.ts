import { expect, test } from 'vitest'
import { faultsOfPage } from './accessible.ts'
import { visit } from './browser.ts'
import type { Visit, Visitor } from './browser.ts'
import { addToCart } from './checkout-steps.ts'
import { findChoice, takeGoods } from './goods.ts'
import { startShop } from './shop.ts'

const shop = await startShop()

/** How far things moved while the page was loading, as browsers count it (0 is not at all). */
function layoutShift({ page }: Visitor): Promise<number> {
  return page.evaluate(
    () =>
      new Promise<number>((resolve) => {
        let sum = 0
        const add = (entry: PerformanceEntry): void => {
          if ('value' in entry && typeof entry.value === 'number') sum += entry.value
        }
        new PerformanceObserver((list) => list.getEntries().forEach(add)).observe({
          type: 'layout-shift',
          buffered: true,
        })
        // Buffered entries are handed over before the second frame.
        requestAnimationFrame(() => requestAnimationFrame(() => resolve(sum)))
      }),
  )
}

test.each<Visit>([
  { window: 'desktop', locale: 'en' },
  { window: 'phone', locale: 'ar' },
])('pages stand still while they load ($window, $locale)', (wish) =>
  visit(shop, wish, async (visitor) => {
    const { page, open, locale } = visitor
    const { product } = await findChoice(shop, locale)
    await open(`/p/${product.slug}`)
    await addToCart(visitor)
    const shifts: Record<string, number> = {}
    for (const path of ['', `/c/${product.category.slug}`, `/p/${product.slug}`, '/cart']) {
      await open(path)
      await page.waitForLoadState('networkidle')
      shifts[path || 'home'] = await layoutShift(visitor)
    }
    expect(Object.entries(shifts).filter(([, shift]) => shift > 0.02)).toEqual([])
  }),
)

/** Bytes of a script over the wire, for a browser that knows gzip only. The smallest files are not worth compressing. */
async function gzipBytes(address: string): Promise<number> {
  const response = await fetch(address, { headers: { 'accept-encoding': 'gzip' } })
  await response.arrayBuffer()
  return Number(response.headers.get('content-length'))
}

test('a product and a category page send at most 100 kB of script', () =>
  visit(shop, {}, async ({ page, open, locale }) => {
    const { product } = await findChoice(shop, locale)
    for (const path of [`/p/${product.slug}`, `/c/${product.category.slug}`]) {
      const scripts = new Set<string>()
      page.on('request', (request) => request.resourceType() === 'script' && scripts.add(request.url()))
      await open(path)
      await page.waitForLoadState('networkidle')
      const sizes = await Promise.all([...scripts].map(gzipBytes))
      expect(sizes.length).toBeGreaterThan(1)
      expect([path, sizes.reduce((sum, size) => sum + size, 0)]).toSatisfy(
        ([, bytes]: [string, number]) => bytes <= 100_000,
      )
      page.removeAllListeners('request')
    }
  }))

test.each(['en', 'ar'] as const)(
  'while the shop’s heart is down a page says so, and the cart is there afterwards (%s)',
  (locale) =>
    visit(shop, { locale, expected: ['status of 500', 'status of 503'] }, async (visitor) => {
      const { page, t, at, settled } = visitor
      const goods = await takeGoods(shop)
      await visitor.open(`/p/${goods.slug[locale]}?variant=${goods.sku}`)
      await addToCart(visitor)
      await shop.withoutApi(async () => {
        const answer = await page.goto(at('/cart'))
        expect(answer?.status()).toBe(503)
        expect(answer?.headers()['cache-control']).toContain('no-store')
        await page.getByRole('heading', { level: 1, name: t('failure.title') }).waitFor()
        await settled()
        expect(await faultsOfPage(visitor, 'failure')).toEqual([])
        // What everybody sees is still in the website's memory.
        expect(
          (await page.goto(at(`/p/${encodeURIComponent(goods.slug[locale])}?variant=${goods.sku}`)))?.status(),
        ).toBe(200)
        await settled()
        await page.getByRole('button', { name: t('product.add') }).click()
        await page
          .getByRole('status')
          .getByText(t('problems.service/failed'))
          .or(page.getByRole('status').getByText(t('problems.service/unavailable')))
          .waitFor()
        await page.goto(at('/cart'))
      })
      await page.getByRole('link', { name: t('failure.retry') }).click()
      await page
        .getByRole('list', { name: t('cart.lines.label') })
        .getByRole('link', { name: goods.name[locale] })
        .waitFor()
    }),
)
