import { getProduct, listCategories, listProducts, listSitemapEntries } from '@dhow/contracts/catalog.ts'
import type { ProductList } from '@dhow/contracts/catalog.ts'
import { money } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { refreshProductCards } from './refresh-cards.ts'

const app = await startTestApp()
const { api, given } = app

const colour = {
  code: 'colour',
  nameEn: 'Colour',
  nameAr: 'اللون',
  values: [
    { code: 'black', nameEn: 'Black', nameAr: 'أسود', hex: '#000000' },
    { code: 'white', nameEn: 'White', nameAr: 'أبيض', hex: '#ffffff' },
  ],
}
const size = {
  code: 'size',
  nameEn: 'Size',
  nameAr: 'المقاس',
  values: ['s', 'm', 'l'].map((code) => ({ code, nameEn: code.toUpperCase(), nameAr: code.toUpperCase(), hex: null })),
}
const robes = { handle: 'robes', name: { en: 'Robes', ar: 'أثواب' } }
const [raya, nakhwa] = ['raya', 'nakhwa'].map((slug) => ({ slug, name: { en: slug, ar: `دار ${slug}` } }))

/** Five robes: black S at 100, black M at 150 (Raya); white M at 200, white L at 250 (Nakhwa); one black L sold out (Raya). */
const robesThere = await Promise.all(
  (
    [
      ['black', 's', 10_000, raya, 9],
      ['black', 'm', 15_000, raya, 3],
      ['white', 'm', 20_000, nakhwa, 9],
      ['white', 'l', 25_000, nakhwa, 9],
      ['black', 'l', 30_000, raya, 0],
    ] as const
  ).map(([colourCode, sizeCode, price, brand, onHand]) =>
    given.product({
      name: { en: `Robe ${colourCode} ${sizeCode}`, ar: `ثوب ${colourCode} ${sizeCode}` },
      category: robes,
      brand,
      tags: onHand === 0 ? ['gone'] : ['robe', 'eid'],
      options: [colour, size],
      variants: [{ options: { colour: colourCode, size: sizeCode }, price: money(price), onHand }],
    }),
  ),
)

const list = (query: object) => api.call(listProducts, { query: { category: 'robes', ...query } })
const names = (page: ProductList) => page.items.map((item) => item.name).toSorted()

test('categories come in the language asked for, with how many products they show', async () => {
  const english = await api.call(listCategories, {})
  const arabic = await api.call(listCategories, { locale: 'ar' })
  expect(english.items.find((item) => item.slug === 'robes')).toMatchObject({ name: 'Robes', productCount: 5 })
  expect(arabic.items.find((item) => item.slugs.en === 'robes')).toMatchObject({ name: 'أثواب', slug: 'robes-عربي' })
})

test('a category is found by its slug in either language', async () => {
  const byArabic = await api.call(listProducts, { query: { category: 'robes-عربي' }, locale: 'ar' })
  expect(byArabic.items).toHaveLength(5)
  expect(byArabic.items[0]?.name).toMatch(/^ثوب/)
  expect(byArabic.items[0]?.slug).toMatch(/^منتج-/)
  expect(byArabic).toMatchObject({ total: null, facets: null, nextCursor: null, previousCursor: null })
})

test('an unknown category is a problem, an empty list is not', async () => {
  await expect(list({ category: 'nowhere' })).rejects.toMatchObject({ code: 'catalog/category-not-found', status: 404 })
  await expect(list({ tag: 'nothing-has-this' })).resolves.toMatchObject({ items: [] })
})

test('options are any within one and all across, brands any of, prices inclusive', async () => {
  expect(names(await list({ options: 'colour:black,colour:white' }))).toHaveLength(4)
  expect(names(await list({ options: 'colour:black,size:m' }))).toEqual(['Robe black m'])
  expect(names(await list({ brand: 'nakhwa,nobody' }))).toEqual(['Robe white l', 'Robe white m'])
  expect(names(await list({ priceMin: '15000', priceMax: '٢٠٠٠٠' }))).toEqual(['Robe black m', 'Robe white m'])
  expect(names(await list({ available: 'true' }))).not.toContain('Robe black l')
  expect(names(await list({ available: 'false' }))).toEqual(['Robe black l'])
  expect(names(await list({ tag: 'gone' }))).toEqual(['Robe black l'])
})

test('a facet is counted without its own choice, and with all others', async () => {
  const { facets, total } = await list({ facets: 'true', options: 'colour:black', brand: 'raya' })
  expect(total).toBe(2)
  expect(facets?.options.find((option) => option.code === 'colour')?.values).toEqual([
    { code: 'black', name: 'Black', count: 2, hex: '#000000', selected: true },
  ])
  expect(facets?.brands).toEqual([{ code: 'raya', name: 'raya', count: 2, hex: null, selected: true }])
  const whole = await list({ facets: 'true', options: 'colour:black' })
  expect(
    whole.facets?.options.find((option) => option.code === 'colour')?.values.map(({ code, count }) => [code, count]),
  ).toEqual([
    ['black', 2],
    ['white', 2],
  ])
  expect(whole.facets?.options.find((option) => option.code === 'size')?.values.map(({ code }) => code)).toEqual([
    's',
    'm',
  ])
  expect(whole.facets).toMatchObject({ price: { min: money(10_000), max: money(15_000) }, inStock: 2 })
})

test('a choice nothing is left of stays listed, so that it can be taken back', async () => {
  const { facets, items } = await api.call(listProducts, {
    query: { category: 'robes', facets: 'true', options: 'size:s', brand: 'nakhwa' },
    locale: 'ar',
  })
  expect(items).toEqual([])
  expect(facets?.options.find((option) => option.code === 'size')?.values).toContainEqual({
    code: 's',
    name: 'S',
    count: 0,
    hex: null,
    selected: true,
  })
  expect(facets?.brands.map(({ code, count }) => [code, count])).toEqual([
    ['raya', 1],
    ['nakhwa', 0],
  ])
})

test.each(['featured', 'newest', 'price-asc', 'price-desc'] as const)(
  'sorted by %s, every product comes once, forwards and back again',
  async (sort) => {
    const forwards: string[][] = []
    let cursor: string | undefined
    let last: ProductList | undefined
    do {
      last = await list({ sort, limit: '2', cursor })
      forwards.push(last.items.map((item) => item.id))
      cursor = last.nextCursor ?? undefined
    } while (cursor !== undefined)
    expect(forwards.map((page) => page.length)).toEqual([2, 2, 1])
    expect(new Set(forwards.flat()).size).toBe(5)
    const second = await list({ sort, limit: '2', cursor: last.previousCursor ?? '' })
    expect(second.items.map((item) => item.id)).toEqual(forwards[1])
    const first = await list({ sort, limit: '2', cursor: second.previousCursor ?? '' })
    expect(first.items.map((item) => item.id)).toEqual(forwards[0])
    expect(first.previousCursor).toBeNull()
    const again = await list({ sort, limit: '2', cursor: first.nextCursor ?? '' })
    expect(again.items.map((item) => item.id)).toEqual(forwards[1])
  },
)

test('prices are sorted as they are shown', async () => {
  const amounts = (page: ProductList) => page.items.map((item) => item.price.amount)
  expect(amounts(await list({ sort: 'price-asc' }))).toEqual([10_000, 15_000, 20_000, 25_000, 30_000])
  expect(amounts(await list({ sort: 'price-desc' }))).toEqual([30_000, 25_000, 20_000, 15_000, 10_000])
})

test('cursors of another sort and made-up ones are refused', async () => {
  const { nextCursor } = await list({ sort: 'newest', limit: '1' })
  await expect(list({ sort: 'featured', cursor: nextCursor ?? '' })).rejects.toMatchObject({
    code: 'catalog/cursor-invalid',
  })
  await expect(list({ cursor: 'x' })).rejects.toMatchObject({ code: 'catalog/cursor-invalid', status: 400 })
})

test('queries that are not ours are refused with the place of the fault', async () => {
  await expect(list({ options: 'black' })).rejects.toMatchObject({ errors: [{ pointer: '?options', code: 'invalid' }] })
  await expect(list({ limit: '500' })).rejects.toMatchObject({ errors: [{ pointer: '?limit', code: 'invalid' }] })
  await expect(list({ price: '1' })).rejects.toMatchObject({ errors: [{ pointer: '?price', code: 'unknown-field' }] })
  const nul = await fetch(`${app.baseUrl}/api/v1/products/%00`)
  expect(nul.status).toBe(400)
})

test('a card says how many are left when few are, and offers quick add for a single variant', async () => {
  const { items } = await list({ sort: 'price-asc' })
  expect(items[0]).toMatchObject({
    availability: 'in-stock',
    left: null,
    quickAddVariantId: robesThere[0]?.variants[0]?.id,
  })
  expect(items[1]).toMatchObject({ availability: 'low', left: 3, colours: ['#000000'], variantCount: 1 })
  expect(items[4]).toMatchObject({ availability: 'out', left: null, quickAddVariantId: null })
})

test('a product is found by its slug in either language, with its variants and what is related', async () => {
  const [robe] = robesThere
  const english = await api.call(getProduct, { params: { slug: robe?.slugs.en ?? '' } })
  const arabic = await api.call(getProduct, { params: { slug: robe?.slugs.ar ?? '' }, locale: 'ar' })
  expect(english).toMatchObject({
    name: 'Robe black s',
    brand: { slug: 'raya', name: 'raya' },
    category: { slug: 'robes', name: 'Robes' },
    vatRateBasisPoints: 500,
    variants: [{ price: money(10_000), options: { colour: 'black', size: 's' }, availability: 'in-stock' }],
    options: [
      { code: 'colour', name: 'Colour', values: [{ code: 'black', name: 'Black', hex: '#000000' }] },
      { code: 'size', values: [{ code: 's' }] },
    ],
  })
  expect(arabic).toMatchObject({ name: 'ثوب black s', slugs: english.slugs, options: [{ name: 'اللون' }, {}] })
  expect(names({ ...(await list({})), items: english.related })).toEqual([
    'Robe black m',
    'Robe white l',
    'Robe white m',
  ])
})

test('a product that is not there or not published is not found', async () => {
  const draft = await given.product({ status: 'draft' })
  for (const slug of ['nothing', draft.slugs.en])
    await expect(api.call(getProduct, { params: { slug } })).rejects.toMatchObject({
      code: 'catalog/product-not-found',
      status: 404,
    })
})

test('the sitemap lists published products, and goes on after a cursor', async () => {
  const { items, nextCursor } = await api.call(listSitemapEntries, { query: {} })
  expect(items.map((item) => item.slugs.en)).toEqual(expect.arrayContaining(robesThere.map((robe) => robe.slugs.en)))
  expect(nextCursor).toBeNull()
  const last = robesThere
    .map((robe) => robe.id)
    .toSorted()
    .at(-1)
  const rest = await api.call(listSitemapEntries, { query: { cursor: last } })
  expect(rest.items).toEqual([])
})

test('what is cached is purged when a card changes, and a refresh that changes nothing announces nothing', async () => {
  const robe = await given.product({ category: { handle: 'lamps', name: { en: 'Lamps', ar: 'مصابيح' } } })
  const read = () => fetch(`${app.baseUrl}/api/v1/products?category=lamps`)
  const before = await read()
  expect(before.headers.get('cache-tag')).toBe('catalog')
  const etag = before.headers.get('etag') ?? ''
  await inTransaction(app.db, (tx) => refreshProductCards(tx, [robe.id]))
  const cards = await app.db.selectFrom('productCards').select('updatedAt').where('productId', '=', robe.id).execute()
  await app.db
    .updateTable('stockLevels')
    .set({ onHand: 2 })
    .where('variantId', '=', robe.variants[0]?.id ?? '')
    .execute()
  expect((await read()).headers.get('etag')).toBe(etag)
  await inTransaction(app.db, (tx) => refreshProductCards(tx, [robe.id]))
  await expect.poll(async () => (await read()).headers.get('etag')).not.toBe(etag)
  const after = await app.db.selectFrom('productCards').select('updatedAt').where('productId', '=', robe.id).execute()
  expect(after[0]?.updatedAt).not.toEqual(cards[0]?.updatedAt)
})

test('a product taken off sale leaves the lists', async () => {
  const lamp = await given.product({ category: { handle: 'shades', name: { en: 'Shades', ar: 'ظلال' } } })
  await app.db.updateTable('products').set({ status: 'archived' }).where('id', '=', lamp.id).execute()
  await inTransaction(app.db, (tx) => refreshProductCards(tx, [lamp.id]))
  await expect(api.call(listProducts, { query: { category: 'shades' } })).resolves.toMatchObject({ items: [] })
  await expect(api.call(getProduct, { params: { slug: lamp.slugs.en } })).rejects.toMatchObject({
    code: 'catalog/product-not-found',
  })
})

test('a category shows and counts what is in the categories below it, in one order', async () => {
  const [above, below] = ['above', 'below'].map((handle) => ({ handle, name: { en: handle, ar: `${handle} عربي` } }))
  for (const [category, price] of [
    [above, 200],
    [below, 100],
    [below, 300],
  ] as const)
    await given.product({ category, variants: [{ price: money(price) }] })
  const parent = await app.db
    .selectFrom('categories')
    .select('id')
    .where('handle', '=', 'above')
    .executeTakeFirstOrThrow()
  await app.db.updateTable('categories').set({ parentId: parent.id }).where('handle', '=', 'below').execute()
  app.ctx.cache.clear()
  const read = (query: object) => api.call(listProducts, { query: { category: 'above', sort: 'price-asc', ...query } })
  const page = await read({ limit: '2', facets: 'true' })
  expect(page.items.map((item) => item.price.amount)).toEqual([100, 200])
  expect(page.total).toBe(3)
  const rest = await read({ limit: '2', cursor: page.nextCursor ?? '' })
  expect(rest.items.map((item) => item.price.amount)).toEqual([300])
  const { items } = await api.call(listCategories, {})
  expect(items.find((item) => item.slug === 'above')).toMatchObject({ productCount: 3, parentSlug: null })
  expect(items.find((item) => item.slug === 'below')).toMatchObject({ productCount: 2, parentSlug: 'above' })
})
