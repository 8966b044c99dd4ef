import { expect, test } from 'vitest'
import type { Head } from '../framework/page.ts'
import { headTags, scriptJson } from './document.ts'
import { preferredLocale } from './language.ts'

const site = { origin: 'https://shop.example', name: 'Dhow' }
const slugs = { en: 'layl-oud', ar: 'ليل-عود' }
const head: Head = {
  title: 'Layl "Oud" <b>',
  description: 'For the last guest & the host',
  path: (paths) => paths.product(slugs),
  type: 'product',
  jsonLd: [{ '@type': 'Product', name: '</script><script>alert(1)</script>' }],
}
const arabicPath = `https://shop.example/ar/p/${encodeURIComponent(slugs.ar)}`

test('each language is canonical to itself and names the other', () => {
  const tags = headTags(head, 'ar', site)
  expect(tags).toContain(`<link rel="canonical" href="${arabicPath}">`)
  expect(tags).toContain(`<link rel="alternate" href="${arabicPath}" hreflang="ar-AE">`)
  expect(tags).toContain('<link rel="alternate" href="https://shop.example/en/p/layl-oud" hreflang="en-AE">')
  expect(tags).toContain('<link rel="alternate" href="https://shop.example/en/p/layl-oud" hreflang="x-default">')
})

test('words in the head cannot become markup', () => {
  const tags = headTags(head, 'en', site)
  expect(tags).toContain('<title>Layl &quot;Oud&quot; &lt;b&gt; · Dhow</title>')
  expect(tags).toContain('content="For the last guest &amp; the host"')
  expect(tags.match(/<\/script>/g)).toHaveLength(1)
})

test('structured data survives its escaping', () => {
  const json = /<script type="application\/ld\+json">(.*?)<\/script>/.exec(headTags(head, 'en', site))?.[1] ?? ''
  expect(JSON.parse(json)).toEqual(head.jsonLd?.[0])
})

test('a page kept out of search has no canonical and no alternates', () => {
  const tags = headTags({ ...head, isIndexable: false }, 'en', site)
  expect(tags).toContain('<meta name="robots" content="noindex">')
  expect(tags).not.toContain('rel="canonical"')
  expect(tags).not.toContain('hreflang')
})

test('page data cannot end its script element', () => {
  const data = { name: '</script><!-- \u2028' }
  expect(scriptJson(data)).not.toMatch(/[<\u2028]/)
  expect(JSON.parse(scriptJson(data))).toEqual(data)
})

test.for([
  ['ar-AE,ar;q=0.9,en;q=0.8', 'ar'],
  ['en-GB,en;q=0.9,ar;q=0.8', 'en'],
  ['fr-FR,ar;q=0.4,en;q=0.3', 'ar'],
  ['fr-FR', 'en'],
  ['ar;q=0', 'en'],
  [undefined, 'en'],
] as const)('Accept-Language %s is answered in %s', ([header, locale]) => {
  expect(preferredLocale(header)).toBe(locale)
})
