import { expect, test } from 'vitest'
import { createPaths, mediaPath } from './paths.ts'

const en = createPaths('en')
const ar = createPaths('ar')
const slugs = { en: 'oud-and-perfume', ar: 'العود-والعطور' }

test('a thing has its own slug in each language, percent-encoded', () => {
  expect(en.category(slugs)).toBe('/en/c/oud-and-perfume')
  expect(decodeURIComponent(ar.category(slugs))).toBe('/ar/c/العود-والعطور')
  expect(ar.category(slugs)).toMatch(/^[\x21-\x7e]+$/)
})

test('filters are repeated names in one order, empty ones left out', () => {
  const path = en.category('home', {
    sort: 'newest',
    options: { size: ['m', 'l'], colour: ['black'] },
    brand: ['barq', 'hasir'],
    priceMin: '50',
    inStock: false,
  })
  expect(path).toBe('/en/c/home?brand=barq&brand=hasir&o.colour=black&o.size=m&o.size=l&min=50&sort=newest')
})

test('a product’s address names the variant by its SKU', () => {
  expect(en.product('layl-oud', 'LAYL-50')).toBe('/en/p/layl-oud?variant=LAYL-50')
  expect(en.product('layl-oud')).toBe('/en/p/layl-oud')
})

test('what people type cannot leave its place in an address', () => {
  expect(en.search('a&b=c #?/')).toBe('/en/search?q=a%26b%3Dc+%23%3F%2F')
  expect(en.product('../../cart')).toBe('/en/p/..%2F..%2Fcart')
  expect(mediaPath('a b/../c', 320, 'avif')).toBe('/media/a%20b/../c/320.avif')
})
