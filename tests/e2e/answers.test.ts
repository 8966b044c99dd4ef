import { getProduct } from '@dhow/contracts/catalog.ts'
import { toDecimal } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import { ask, cartCookie, languagesOf, policyOf, post, structuredData } from './answers.ts'
import { takeGoods } from './goods.ts'
import { buyDirectly } from './orders.ts'
import { startShop } from './shop.ts'

const shop = await startShop()
const goods = await takeGoods(shop)
const publicPaths = ['/en', '/ar', '/en/shop', `/en/p/${goods.slug.en}`, '/en/search?q=oud', '/en/about']

test('every class of page forbids what it does not need, and says nothing of what runs it', async () => {
  const cookie = await cartCookie(shop, goods)
  const pages = [...publicPaths, '/en/cart', '/ar/orders', '/en/nothing-here', '/en/checkout/review?method=card']
  for (const path of pages) {
    const response = await ask(shop, path, { cookie })
    const isPayment = path.includes('review')
    const provider = isPayment ? [shop.sandbox.url] : []
    expect(Object.fromEntries(response.headers), path).toMatchObject({
      'x-content-type-options': 'nosniff',
      'referrer-policy': 'strict-origin-when-cross-origin',
      'cross-origin-opener-policy': 'same-origin-allow-popups',
      'cross-origin-resource-policy': 'same-site',
      'permissions-policy': expect.stringContaining(isPayment ? `payment=(self "${shop.sandbox.url}")` : 'payment=()'),
    })
    expect(policyOf(response), path).toMatchObject({
      'default-src': ["'none'"],
      'base-uri': ["'none'"],
      'object-src': ["'none'"],
      'frame-ancestors': ["'none'"],
      // Where one pays, a form may end at the lenders' pages: the sandbox is all of them.
      'form-action': ["'self'", ...provider],
      'script-src': ["'self'", ...provider],
      'style-src': ["'self'"],
      'connect-src': ["'self'", ...provider],
      ...(isPayment ? { 'frame-src': provider } : {}),
    })
    for (const name of ['server', 'x-powered-by']) expect(response.headers.has(name), `${path} ${name}`).toBe(false)
    const isShared = publicPaths.includes(path)
    expect(response.headers.get('cache-control'), path).toMatch(isShared ? /^public, max-age=0, s-maxage=/ : /no-store/)
  }
})

test('files with a hash in their name are kept for ever, pictures for a day, and all say what they are', async () => {
  const html = await (await ask(shop, '/en')).text()
  const [, script = ''] = /src="(\/assets\/[^"]+\.js)"/.exec(html) ?? []
  const [, picture = ''] = /(\/media\/[^" ]+\.avif)/.exec(html) ?? []
  for (const [path, type, kept] of [
    [script, 'text/javascript', 'immutable'],
    [picture, 'image/avif', 'max-age=86400'],
  ] as const) {
    const response = await ask(shop, path)
    expect(response.status, path).toBe(200)
    expect(response.headers.get('content-type'), path).toContain(type)
    expect(response.headers.get('cache-control'), path).toContain(kept)
    expect(response.headers.get('x-content-type-options'), path).toBe('nosniff')
  }
})

test('the cart’s key is out of reach of scripts, and cookies stay on our own site', async () => {
  const response = await post(shop, '/en/cart/add', { intent: 'add', variantId: goods.variantId })
  expect(response.status).toBe(303)
  const cookies = response.headers.getSetCookie()
  const cartKey = cookies.find((cookie) => cookie.startsWith('dhow_cart='))
  expect(cartKey).toMatch(/^dhow_cart=[\w-]{22}; Path=\/; SameSite=Lax; Max-Age=2592000; HttpOnly$/)
  expect(cookies.find((cookie) => cookie.startsWith('dhow_cart_count='))).toMatch(/=1; Path=\/; SameSite=Lax/)
  const { number, token } = await buyDirectly(shop, goods)
  const opened = await ask(shop, `/en/orders/${number}?key=${token}`)
  expect(opened.headers.get('location')).toBe(`/en/orders/${number}`)
  expect(opened.headers.getSetCookie()).toEqual([expect.stringMatching(/^dhow_order_.+; SameSite=Lax; .*HttpOnly$/)])
})

test('a form of another site is refused and changes nothing', async () => {
  const cookie = await cartCookie(shop, goods)
  const foreign: Record<string, string>[] = [
    { origin: 'https://evil.example', 'sec-fetch-site': 'cross-site' },
    { origin: 'null' },
    {},
  ]
  for (const headers of foreign)
    for (const path of [
      '/en/cart/add',
      '/en/cart',
      '/en/checkout/contact',
      '/ar/orders',
      '/en/checkout/review?method=card',
    ]) {
      const response = await post(shop, path, { intent: 'add', variantId: goods.variantId }, { ...headers, cookie })
      expect([path, response.status]).toEqual([path, 403])
      expect(response.headers.getSetCookie()).toEqual([])
    }
})

test('a page kept for everybody holds nothing of the shopper who saw it first', async () => {
  const { number, token } = await buyDirectly(shop, goods)
  const cookie = `${await cartCookie(shop, goods)}; dhow_cart_count=7; dhow_order_${number}=${token}`
  for (const path of [...publicPaths, `/en/p/${goods.slug.en}?variant=${goods.sku}`]) {
    const seen = await ask(shop, path, { cookie })
    expect(seen.headers.getSetCookie(), path).toEqual([])
    const html = await seen.text()
    for (const secret of [...cookie.matchAll(/=([\w-]{20,})/g)].map(([, value = '']) => value))
      expect(html).not.toContain(secret)
    expect(await (await ask(shop, path)).text(), path).toBe(html)
  }
})

test('a product’s address in the other language leads to its own', async () => {
  for (const [path, to] of [
    [`/ar/p/${goods.slug.en}`, `/ar/p/${encodeURIComponent(goods.slug.ar)}`],
    [`/en/p/${encodeURIComponent(goods.slug.ar)}`, `/en/p/${goods.slug.en}`],
  ] as const) {
    const response = await ask(shop, path)
    expect([response.status, response.headers.get('location')]).toEqual([301, to])
  }
})

test('the sitemaps name every page in both languages, and what they name answers with the same pair', async () => {
  const robots = await (await ask(shop, '/robots.txt')).text()
  expect(robots).toContain(`Sitemap: ${shop.url}/sitemap.xml`)
  for (const path of ['cart', 'checkout', 'orders']) expect(robots).toContain(`Disallow: /en/${path}`)
  const index = await (await ask(shop, '/sitemap.xml')).text()
  const { rows } = await shop.db.query<{ count: string }>("select count(*) from products where status = 'active'")
  for (const locale of ['en', 'ar']) {
    expect(index).toContain(`<loc>${shop.url}/sitemap-${locale}.xml</loc>`)
    const sitemap = await (await ask(shop, `/sitemap-${locale}.xml`)).text()
    const addresses = [...sitemap.matchAll(/<loc>([^<]+)<\/loc>/g)].map(([, address = '']) => address)
    const products = addresses.filter((address) => address.startsWith(`${shop.url}/${locale}/p/`))
    expect(products.length).toBe(Number(rows[0]?.count))
    for (const address of [products[0] ?? '', products.at(-1) ?? '', addresses[1] ?? '', addresses[0] ?? '']) {
      const html = await (await fetch(address)).text()
      const languages = languagesOf(html)
      expect(html).toContain(`<link rel="canonical" href="${address}">`)
      expect(languages[`${locale}-AE`]).toBe(address)
      for (const [language, href] of Object.entries(languages).filter(([language]) => language !== 'x-default'))
        expect(sitemap).toContain(`hreflang="${language}" href="${href}"`)
    }
  }
})

test.each(['en', 'ar'] as const)('structured data tells the price and stock that are shown (%s)', async (locale) => {
  const product = await shop.api.call(getProduct, { params: { slug: goods.slug.en }, locale })
  const html = await (await ask(shop, `/${locale}/p/${encodeURIComponent(product.slug)}`)).text()
  const data = structuredData(html)
  expect(data.get('Product')).toMatchObject({
    name: product.name,
    brand: { name: product.brand.name },
    offers: product.variants.map(({ sku, price }) => ({ sku, price: toDecimal(price), priceCurrency: 'AED' })),
  })
  expect(data.get('BreadcrumbList')).toMatchObject({
    itemListElement: [{ position: 1 }, { position: 2 }, { position: 3 }],
  })
  const home = structuredData(await (await ask(shop, `/${locale}`)).text())
  expect(home.get('Organization')).toMatchObject({ url: shop.url, vatID: expect.stringMatching(/^1\d{14}$/) })
})

test.each(['/en/cart', '/en/orders', '/ar/checkout', '/en/nothing-here'])(
  '%s is nothing for search engines',
  async (path) => {
    const response = await fetch(shop.url + path)
    expect(await response.text()).toContain('<meta name="robots" content="noindex">')
  },
)
