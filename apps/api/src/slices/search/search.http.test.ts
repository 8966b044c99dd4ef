import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { searchProducts, suggestProducts } from '@dhow/contracts/catalog.ts'
import { afterAll, describe, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { importCatalogue, importCategories } from '../catalog/import/import.ts'

const mediaDirectory = await mkdtemp(path.join(tmpdir(), 'dhow-media-'))
afterAll(() => rm(mediaDirectory, { recursive: true, force: true }))
const app = await startTestApp({ env: { MEDIA_DIR: mediaDirectory } })
const { api } = app

const demo = (name: string): string => fileURLToPath(new URL(`../../../demo/${name}`, import.meta.url))
await importCategories(app.ctx, demo('categories.csv'))
await importCatalogue(app.ctx, { file: demo('catalogue.csv'), isDryRun: false })

const search = (q: string, query: object = {}) => api.call(searchProducts, { query: { q, ...query } })
const top = async (q: string, count = 3) => (await search(q)).items.slice(0, count).map((item) => item.slugs.en)

/** What people type, and a product that must be among the first three. */
const golden: readonly (readonly [query: string, slug: string])[] = [
  ['abaya', 'sahra-abaya'],
  ['Abayas', 'nada-open-abaya'],
  ['abayah', 'sahra-abaya'],
  ['3abaya', 'sahra-abaya'],
  ['abya', 'sahra-abaya'],
  ['عباية', 'sahra-abaya'],
  ['عبايه', 'nada-open-abaya'],
  ['عباءة', 'sahra-abaya'],
  ['العبايات', 'nada-open-abaya'],
  ['والعبايات', 'sahra-abaya'],
  ['black abaya', 'sahra-abaya'],
  ['عباية سوداء', 'sahra-abaya'],
  ['kandura', 'bahar-kandura'],
  ['kandoora', 'bahar-kandura'],
  ['kandora', 'bahar-kandura'],
  ['dishdasha', 'bahar-kandura'],
  ['thobe', 'bahar-kandura'],
  ['كندورة', 'bahar-kandura'],
  ['دشداشة', 'bahar-kandura'],
  ['sheila', 'haboob-sheila'],
  ['شيلة', 'haboob-sheila'],
  ['7ijab', 'haboob-sheila'],
  ['shemagh', 'shemal-ghutra-set'],
  ['غترة', 'shemal-ghutra-set'],
  ['jellabiya', 'maysoon-jalabiya'],
  ['جلابية', 'maysoon-jalabiya'],
  ['oud', 'layl-oud'],
  ['oudh', 'dehn-al-oud-hindi'],
  ['عود', 'layl-oud'],
  ['بالعود', 'dehn-al-oud-hindi'],
  ['دهن العود', 'dehn-al-oud-hindi'],
  ['layl', 'layl-oud'],
  ['ليل عود', 'layl-oud'],
  ['bakhoor', 'bakhoor-al-bait'],
  ['bukhor', 'bakhoor-al-bait'],
  ['بخور', 'bakhoor-al-bait'],
  ['rose perfume', 'wardat-al-jabal'],
  ['عطر ورد', 'wardat-al-jabal'],
  ['dates', 'khalas-dates'],
  ['tamr', 'khalas-dates'],
  ['تمر', 'khalas-dates'],
  ['تمور', 'khalas-dates'],
  ['arabic coffee', 'wadi-arabic-coffee'],
  ['arabic coffe', 'wadi-arabic-coffee'],
  ['gahwa', 'wadi-arabic-coffee'],
  ['قهوة', 'wadi-arabic-coffee'],
  ['قَهْوَة', 'wadi-arabic-coffee'],
  ['saffron', 'negin-saffron'],
  ['زعفران', 'negin-saffron'],
  ['honey', 'sidr-honey'],
  ['عسل', 'sidr-honey'],
  ['pearl necklace', 'dana-pearl-necklace'],
  ['خاتم', 'noor-ring'],
  ['headphones', 'nasma-headphones'],
  ['سماعات', 'nasma-headphones'],
  ['majlis', 'majlis-dallah'],
  ['فنجان', 'finjan-cups'],
  ['candle', 'sikka-candle'],
  ['شمعة', 'sikka-candle'],
  ['football', 'freej-football'],
  ['كرة', 'freej-football'],
  ['رمضان', 'ramadan-box'],
  ['ramadhan', 'ramadan-box'],
  ['eid', 'eid-chocolates'],
  ['LAYL-30ML-SMOKY', 'layl-oud'],
]

describe('what people type finds what they mean', () => {
  test.each(golden)('%s → %s', async (query, slug) => {
    expect(await top(query)).toContain(slug)
  })
})

test('the same thing in both scripts, in Arabizi and misspelt finds the same products first', async () => {
  const first = await top('abaya')
  for (const query of ['3abaya', 'عبايه', 'العبايات', 'abayaa']) expect(await top(query)).toEqual(first)
})

test('Arabic and Latin digits find the same, and a unit may stick to its number', async () => {
  const first = await top('50', 10)
  expect(first.length).toBeGreaterThan(0)
  expect(await top('٥٠', 10)).toEqual(first)
  expect(await top('٥٠ مل', 10)).toEqual(await top('50ml', 10))
})

test('an exact brand stays first', async () => {
  const { items } = await search('dar raya')
  expect(items.slice(0, 3).every((item) => item.brand.slug === 'dar-raya')).toBe(true)
})

test('nonsense finds nothing, politely', async () => {
  expect(await search('xqzzy wvvk')).toMatchObject({ items: [], total: 0, nextCursor: null })
  expect(await search('!!!')).toMatchObject({ items: [] })
})

test('words no product has together find products that have any of them', async () => {
  expect(await top('saffron football', 10)).toEqual(expect.arrayContaining(['negin-saffron', 'freej-football']))
})

test('filters, facets, sorts and pages work as they do in a list', async () => {
  const all = await search('oud', { facets: 'true', limit: '3' })
  expect(all.total).toBeGreaterThan(3)
  const second = await search('oud', { limit: '3', cursor: all.nextCursor ?? '' })
  const seen = new Set([...all.items, ...second.items].map((item) => item.id))
  expect(seen.size).toBe(all.items.length + second.items.length)
  const back = await search('oud', { limit: '3', cursor: second.previousCursor ?? '' })
  expect(back.items.map((item) => item.id)).toEqual(all.items.map((item) => item.id))
  const cheap = await search('oud', { sort: 'price-asc', priceMax: '30000' })
  expect(cheap.items.every((item) => item.price.amount <= 30_000)).toBe(true)
  await expect(search('oud', { cursor: 'nonsense' })).rejects.toMatchObject({ code: 'catalog/cursor-invalid' })
  await expect(search(' ')).rejects.toMatchObject({
    code: 'request/invalid',
    errors: [{ pointer: '?q', code: 'required' }],
  })
})

test('what facets narrow to nothing stays what was looked for', async () => {
  const { items, total, facets } = await search('black abaya', { facets: 'true', priceMax: '1' })
  expect(items).toEqual([])
  expect(total).toBe(0)
  expect(facets?.price?.min.amount).toBeGreaterThan(1)
})

test('suggestions come while a word is unfinished, in the language asked for', async () => {
  const english = await api.call(suggestProducts, { query: { q: 'aba' } })
  expect(english.products[0]?.slug).toBe('sahra-abaya')
  expect(english.categories.map((category) => category.slug)).toEqual(['abayas-and-kanduras'])
  const arabic = await api.call(suggestProducts, { query: { q: 'عبا' }, locale: 'ar' })
  expect(arabic.products[0]?.slugs.en).toBe('sahra-abaya')
  expect(arabic.categories[0]?.name).toBe('العبايات والكنادير')
  expect(await api.call(suggestProducts, { query: { q: '…' } })).toEqual({ products: [], categories: [] })
})
