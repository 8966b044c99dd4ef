import { existsSync, readFileSync } from 'node:fs'
import { parse } from 'csv-parse/sync'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { arabicSlug, ean13CheckDigit, PRODUCT_COLUMNS } from './catalogue/rows.ts'

const read = (name: string) => {
  const text = readFileSync(new URL(name, import.meta.url))
  return z.array(z.record(z.string(), z.string())).parse(parse(text, { columns: true }))
}
const rows = read('catalogue.csv')
const categories = read('categories.csv')
const products = rows.filter((row) => row['Title'])
const variants = rows.filter((row) => row['Variant SKU'])
const pictures = rows.filter((row) => row['Image Src'])
const ARABIC = /\p{Script=Arabic}/u

/** What is missing from some rows, by handle, so that a failure names the row. */
const lacking = (among: typeof rows, columns: readonly string[], wrong: (value: string) => boolean) =>
  among.flatMap((row) =>
    columns
      .filter((column) => wrong(row[column] ?? ''))
      .map((column) => `${row['Handle'] ?? row['handle']}: ${column}`),
  )

const repeated = (values: readonly (string | undefined)[]) => values.filter((value, at) => values.indexOf(value) !== at)

test('the shop is large enough to browse', () => {
  expect(products.length).toBeGreaterThanOrEqual(60)
  expect(variants.length).toBeGreaterThanOrEqual(180)
  expect(categories.length).toBeGreaterThanOrEqual(8)
  expect(new Set(products.map((row) => row['Vendor'])).size).toBeGreaterThanOrEqual(12)
})

test('every row has exactly the documented columns', () => {
  expect(Object.keys(rows[0] ?? {})).toEqual([...PRODUCT_COLUMNS])
})

test('every product says everything in both languages', () => {
  const english = ['Title', 'Body (HTML)', 'Vendor', 'Type', 'Tags', 'Subtitle (EN)', 'Option1 Name', 'Attributes (EN)']
  const arabic = ['Title (AR)', 'Handle (AR)', 'Body (AR)', 'Subtitle (AR)', 'Vendor (AR)', 'Type (AR)']
  const facts = ['Option1 Name (AR)', 'Attributes (AR)']
  expect(lacking(products, english, (value) => value === '' || ARABIC.test(value))).toEqual([])
  expect(lacking(products, [...arabic, ...facts], (value) => !ARABIC.test(value))).toEqual([])
})

test('every option and its values are named in both languages', () => {
  for (const option of ['Option1', 'Option2', 'Option3']) {
    for (const part of ['Name', 'Value']) {
      const odd = rows.filter((row) => (row[`${option} ${part}`] === '') !== (row[`${option} ${part} (AR)`] === ''))
      expect(odd.map((row) => row['Variant SKU'])).toEqual([])
    }
  }
})

test('a description is of a readable length and has the plain markup the shop allows', () => {
  const words = (html: string) =>
    html
      .replaceAll(/<[^>]+>/g, ' ')
      .trim()
      .split(/\s+/).length
  expect(lacking(products, ['Body (HTML)'], (html) => words(html) < 58 || words(html) > 130)).toEqual([])
  expect(lacking(products, ['Body (AR)'], (html) => words(html) < 40 || words(html) > 130)).toEqual([])
  const tags = new Set(products.flatMap((row) => `${row['Body (HTML)']}${row['Body (AR)']}`.match(/<[^>]+>/g) ?? []))
  expect([...tags].sort()).toEqual(['</li>', '</p>', '</ul>', '<li>', '<p>', '<ul>'])
})

test('codes are unique and barcodes are valid EAN-13 of the in-store range', () => {
  expect(repeated(products.map((row) => row['Handle']))).toEqual([])
  expect(repeated(products.map((row) => row['Handle (AR)']))).toEqual([])
  expect(repeated(variants.map((row) => row['Variant SKU']))).toEqual([])
  expect(repeated(variants.map((row) => row['Variant Barcode']))).toEqual([])
  const wrong = (code: string) => !/^200\d{10}$/.test(code) || ean13CheckDigit(code.slice(0, 12)) !== code.slice(12)
  expect(lacking(variants, ['Variant Barcode'], wrong)).toEqual([])
})

test('prices, weights and customs codes are plausible', () => {
  expect(lacking(variants, ['Variant Price'], (price) => !/^\d{2,4}\.\d\d$/.test(price))).toEqual([])
  expect(lacking(variants, ['Variant Grams'], (grams) => !(Number(grams) >= 20))).toEqual([])
  expect(lacking(products, ['HS Code'], (code) => !/^\d{6,12}$/.test(code))).toEqual([])
  expect(lacking(products, ['Country of Origin'], (code) => !/^[A-Z]{2}$/.test(code))).toEqual([])
  const reduced = variants.filter((row) => row['Variant Compare At Price'])
  expect(reduced.length).toBeGreaterThan(10)
  const notLower = reduced.filter((row) => Number(row['Variant Compare At Price']) <= Number(row['Variant Price']))
  expect(notLower).toEqual([])
})

test('some variants are low, some sold out, and two whole products are', () => {
  const onHand = (row: (typeof rows)[number]) => Number(row['Variant Inventory Qty'])
  expect(variants.filter((row) => onHand(row) >= 1 && onHand(row) <= 4).length).toBeGreaterThan(10)
  expect(variants.filter((row) => onHand(row) === 0).length).toBeGreaterThan(10)
  const inStock = new Set(variants.filter((row) => onHand(row) > 0).map((row) => row['Handle']))
  expect(products.filter((row) => !inStock.has(row['Handle'])).length).toBe(2)
})

test('every picture exists in every rendition and is described in both languages', () => {
  const keys = [...pictures, ...variants].flatMap((row) => [row['Image Src'], row['Variant Image']]).filter(Boolean)
  const tiles = categories.map((row) => `media/${row['picture']}`)
  const heroes = ['media/hero-ramadan-table', 'media/hero-majlis', 'media/hero-wardrobe']
  const files = new Set([...keys, ...tiles, ...heroes])
  const missing = [...files].flatMap((key) =>
    ['320.avif', '320.webp', '640.avif', '640.webp', '1080.avif', '1080.webp']
      .map((name) => `${key}/${name}`)
      .filter((file) => !existsSync(new URL(file, import.meta.url))),
  )
  expect(missing).toEqual([])
  expect(lacking(pictures, ['Image Alt Text'], (alt) => alt === '')).toEqual([])
  expect(lacking(pictures, ['Image Alt Text (AR)'], (alt) => !ARABIC.test(alt))).toEqual([])
  const shown = new Set(pictures.map((row) => row['Image Src']))
  expect(variants.filter((row) => row['Variant Image'] && !shown.has(row['Variant Image']))).toEqual([])
})

test('a colour has its swatch, and only a colour', () => {
  const colours = variants.filter((row) => row['Colour Hex'])
  expect(colours.length).toBeGreaterThan(60)
  expect(lacking(colours, ['Colour Hex'], (hex) => !/^#[0-9a-f]{6}$/.test(hex))).toEqual([])
  const named = new Set(products.filter((row) => row['Option1 Name'] === 'Colour').map((row) => row['Handle']))
  expect(colours.filter((row) => !named.has(row['Handle']))).toEqual([])
})

test('every product is in a category that exists, and every category has products', () => {
  const types = new Set(products.map((row) => `${row['Type']}|${row['Type (AR)']}`))
  expect([...types].sort()).toEqual(categories.map((row) => `${row['name_en']}|${row['name_ar']}`).sort())
})

test('Arabic addresses drop marks and join words with hyphens', () => {
  expect(arabicSlug('دلّة المجلس')).toBe('دلة-المجلس')
  expect(arabicSlug('شاحن زاد (المتنقل)')).toBe('شاحن-زاد-المتنقل')
})
