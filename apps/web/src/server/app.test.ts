import { afterAll, beforeAll, expect, test } from 'vitest'
import { cartKey, listen, slugs, startApi, startWebsite, variantId } from '../../test/website.ts'

const api = startApi()
let website: Awaited<ReturnType<typeof startWebsite>>
let orphan: Awaited<ReturnType<typeof startWebsite>>

beforeAll(async () => {
  website = await startWebsite(await listen(api))
  orphan = await startWebsite('http://127.0.0.1:9')
})

afterAll(() => {
  for (const server of [api, website.server, orphan.server]) server.close().closeAllConnections()
})

const get = (path: string, headers: Record<string, string> = {}) =>
  fetch(website.url + path, { headers, redirect: 'manual' })

const post = (path: string, fields: Record<string, string>, headers: Record<string, string> = {}) =>
  fetch(website.url + path, {
    method: 'POST',
    body: new URLSearchParams(fields),
    headers: { 'sec-fetch-site': 'same-origin', ...headers },
    redirect: 'manual',
  })

const add = { intent: 'add', variantId, quantity: '1' }

test('a cached page is the same for everybody and holds nothing of whoever asked', async () => {
  const first = await get('/en/shop?utm_source=x', { cookie: `__Host-dhow_cart=${cartKey}; __Host-dhow_cart_count=7` })
  const second = await get('/en/shop')
  const html = await first.text()
  expect(html).toBe(await second.text())
  expect(html).not.toContain(cartKey)
  expect(html).not.toContain('utm_source')
  expect(first.headers.get('set-cookie')).toBeNull()
  expect(first.headers.get('etag')).toBe(second.headers.get('etag'))
  expect(first.headers.get('cache-control')).toBe('public, max-age=0, s-maxage=30, stale-while-revalidate=300')
})

test('a browser that has the page is told so', async () => {
  const { headers } = await get('/en/shop')
  const again = await get('/en/shop', { 'if-none-match': headers.get('etag') ?? '' })
  expect([again.status, await again.text()]).toEqual([304, ''])
})

test('the footer names the ways to pay the shop has, once they are known, and waits for nothing to know them', async () => {
  const marksOf = async (at: string) => /aria-label="طرق الدفع">(.*?)<\/ul>/.exec(await (await fetch(at)).text())?.[1]
  await expect.poll(() => marksOf(`${website.url}/ar/orders`)).toContain('نقدًا عند التسليم')
  const marks = await marksOf(`${website.url}/ar/orders`)
  expect(marks).toContain('Visa')
  expect(marks).toContain('تابي')
  expect(marks).not.toContain('تمارا')
  expect(await marksOf(`${orphan.url}/ar/orders`)).toBeUndefined()
})

test('what a merchant typed cannot become markup', async () => {
  const html = await (await get('/en/shop')).text()
  expect(html).toContain('Layl &lt;Oud&gt;')
  expect(html).not.toContain('Layl <Oud>')
})

test('adding without a cart begins one and goes to it; its key is hidden from scripts', async () => {
  const answer = await post('/en/cart/add', add)
  expect([answer.status, answer.headers.get('location')]).toEqual([303, '/en/cart'])
  expect(answer.headers.getSetCookie()).toEqual([
    `__Host-dhow_cart=${cartKey}; Path=/; SameSite=Lax; Secure; Max-Age=2592000; HttpOnly`,
    '__Host-dhow_cart_count=1; Path=/; SameSite=Lax; Secure; Max-Age=2592000',
  ])
})

test('the same form sent by script is answered as data', async () => {
  const answer = await post('/en/cart/add', add, { accept: 'application/json' })
  expect(await answer.json()).toMatchObject({ kind: 'done', data: { itemCount: 1, line: { name: 'Layl Oud' } } })
  expect(answer.headers.get('cache-control')).toBe('private, no-store')
})

test('a refused form is shown again with its problem', async () => {
  const answer = await post('/en/cart/add', { ...add, quantity: '99' })
  expect(answer.status).toBe(422)
  expect(await answer.text()).toContain('Your cart is as it was.')
})

const foreign: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site' },
  { 'sec-fetch-site': 'same-site', origin: 'https://evil.example' },
]

test.for(foreign)('a form from another site is refused: %j', async (headers) => {
  expect((await post('/en/cart/add', add, headers)).status).toBe(403)
})

test('a slug of the other language leads to this language’s', async () => {
  const answer = await get('/ar/p/layl-oud?variant=LAYL')
  expect(answer.status).toBe(301)
  expect(answer.headers.get('location')).toBe(`/ar/p/${encodeURIComponent(slugs.ar)}?variant=LAYL`)
})

test('a product page carries its structured data', async () => {
  const html = await (await get('/en/p/layl-oud')).text()
  const [product, crumbs] = [...html.matchAll(/<script type="application\/ld\+json">(.*?)<\/script>/g)].map((match) =>
    JSON.parse(match[1] ?? ''),
  )
  expect(product).toMatchObject({
    '@type': 'Product',
    offers: [{ price: '325.00', priceCurrency: 'AED', availability: 'https://schema.org/InStock' }],
  })
  expect(crumbs).toMatchObject({
    '@type': 'BreadcrumbList',
    itemListElement: [{ position: 1 }, { name: 'Oud' }, { name: 'Layl <Oud>' }],
  })
})

test('the root goes to the language the browser asks for, by no cookie', async () => {
  const answer = await get('/', { 'accept-language': 'ar-AE,ar' })
  expect([answer.status, answer.headers.get('location'), answer.headers.get('set-cookie')]).toEqual([302, '/ar', null])
  expect(answer.headers.get('vary')).toContain('Accept-Language')
})

test.for(['/en/nothing-here', '/en/p/gone', '/nothing', '/ar/c/gone'])(
  '%s is a 404 in the shop’s own words, never cached',
  async (path) => {
    const answer = await get(path)
    expect(answer.status).toBe(404)
    expect(answer.headers.get('cache-control')).toBe('no-store')
    expect(answer.headers.get('content-security-policy')).toContain("default-src 'none'")
  },
)

test('without the API there is an apology with a reference, and the process goes on', async () => {
  const answer = await fetch(`${orphan.url}/en/shop`)
  const html = await answer.text()
  expect(answer.status).toBe(503)
  expect(html).toContain('Your cart is safe')
  expect(html).toContain(answer.headers.get('x-request-id'))
  expect((await fetch(`${orphan.url}/health/live`)).status).toBe(200)
  expect((await fetch(`${orphan.url}/en/about`)).status).toBe(200)
})

test('only renditions of pictures have an address', async () => {
  for (const path of ['/media/..%2f..%2fetc/passwd', '/media/x/320.svg', '/media/.env', '/media/x/320.avif'])
    expect((await get(path)).status, path).toBe(404)
})

test('a product says how it is paid in parts without script, the same to everybody', async () => {
  const html = await (await get(`/en/p/${slugs.en}`)).text()
  expect(html).toContain('4 payments of AED\u00A081.25 with Tabby')
  expect(html).not.toContain('Tamara')
})
