import { readFileSync } from 'node:fs'
import { listSitemapEntries } from '@dhow/contracts/catalog.ts'
import { intlTags, locales } from '@dhow/i18n/locales.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import { Router } from 'express'
import type { Response } from 'express'
import { contentPages, createPaths, mediaPath } from '../paths.ts'
import type { Paths } from '../paths.ts'
import { escapeHtml } from './document.ts'
import { requestIdOf } from './request.ts'
import type { Services } from './services.ts'

/** Google's limit is 50,000; a page of the API's list is far smaller, so pages are joined up to this many. */
const urlsPerFile = 20_000

interface SitemapUrl {
  path: (paths: Paths) => string
  updatedAt?: string
  pictureKey?: string | null
}

function urlElement(origin: string, locale: Locale, url: SitemapUrl): string {
  const at = (one: Locale) => escapeHtml(origin + url.path(createPaths(one)))
  const alternates = locales.map(
    (one) => `<xhtml:link rel="alternate" hreflang="${intlTags[one].slice(0, 5)}" href="${at(one)}"/>`,
  )
  const image = url.pictureKey
    ? `<image:image><image:loc>${escapeHtml(origin + mediaPath(url.pictureKey, 1080, 'webp'))}</image:loc></image:image>`
    : ''
  const changed = url.updatedAt ? `<lastmod>${escapeHtml(url.updatedAt)}</lastmod>` : ''
  return `<url><loc>${at(locale)}</loc>${changed}${alternates.join('')}${image}</url>`
}

async function sitemapUrls(services: Services, locale: Locale, requestId: string): Promise<SitemapUrl[]> {
  const api = services.apiFor({ requestId, locale })
  const categories = await services.categories.list(locale, api)
  const urls: SitemapUrl[] = [
    { path: (paths) => paths.home() },
    ...categories.map(({ slugs }) => ({ path: (paths: Paths) => paths.category(slugs) })),
    ...contentPages.map((page) => ({ path: (paths: Paths) => paths.content(page) })),
  ]
  let cursor: string | null = null
  do {
    const query: { cursor?: string } = cursor ? { cursor } : {}
    const page: {
      items: { slugs: Record<Locale, string>; updatedAt: string; pictureKey: string | null }[]
      nextCursor: string | null
    } = await api.call(listSitemapEntries, { query })
    for (const { slugs, updatedAt, pictureKey } of page.items)
      urls.push({ path: (paths) => paths.product(slugs), updatedAt, pictureKey })
    cursor = page.nextCursor
  } while (cursor && urls.length < urlsPerFile)
  return urls
}

const sendXml = (res: Response, body: string) =>
  res
    .set('cache-control', 'public, max-age=0, s-maxage=600')
    .type('application/xml')
    .send(`<?xml version="1.0" encoding="UTF-8"?>${body}`)

const robots = (origin: string) =>
  [
    'User-agent: *',
    ...locales.flatMap((locale) =>
      ['cart', 'checkout', 'orders', 'search/suggest'].map((part) => `Disallow: /${locale}/${part}`),
    ),
    `Sitemap: ${origin}/sitemap.xml`,
    '',
  ].join('\n')

function manifest(services: Services, locale: Locale): object {
  const { name } = services.site[locale].merchant
  return {
    name,
    short_name: name,
    description: createTranslator(locale)('home.description', { name }),
    lang: intlTags[locale].slice(0, 5),
    dir: locale === 'ar' ? 'rtl' : 'ltr',
    start_url: createPaths(locale).home(),
    scope: '/',
    display: 'standalone',
    background_color: '#fffdf9',
    theme_color: '#fffdf9',
    icons: [
      { src: '/icon-192.png', sizes: '192x192', type: 'image/png' },
      { src: '/icon-512.png', sizes: '512x512', type: 'image/png' },
      { src: '/icon-maskable-512.png', sizes: '512x512', type: 'image/png', purpose: 'maskable' },
    ],
  }
}

/** Lets Apple see that the domain is ours, where Apple Pay is set up. The file is read once: without it the process does not start. */
function appleDomainFile(router: Router, { applePayDomainFile }: Services['config']): void {
  if (!applePayDomainFile) return
  const file = readFileSync(applePayDomainFile)
  router.get('/.well-known/apple-developer-merchantid-domain-association', (_req, res) => {
    res.set('cache-control', 'public, max-age=3600').type('text/plain').send(file)
  })
}

/** robots.txt, the sitemap index with one sitemap a language, and the web app manifests. */
export function siteFiles(services: Services): Router {
  const router = Router()
  const { websiteUrl: origin } = services.config
  appleDomainFile(router, services.config)
  router.get(
    '/robots.txt',
    (_req, res) => void res.set('cache-control', 'public, max-age=3600').type('text/plain').send(robots(origin)),
  )
  router.get('/sitemap.xml', (_req, res) => {
    const files = locales.map((locale) => `<sitemap><loc>${origin}/sitemap-${locale}.xml</loc></sitemap>`)
    sendXml(res, `<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">${files.join('')}</sitemapindex>`)
  })
  for (const locale of locales) {
    router.get(`/sitemap-${locale}.xml`, async (_req, res) => {
      const urls = await sitemapUrls(services, locale, requestIdOf(res))
      const spaces = [
        'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"',
        'xmlns:xhtml="http://www.w3.org/1999/xhtml"',
        'xmlns:image="http://www.google.com/schemas/sitemap-image/1.1"',
      ].join(' ')
      sendXml(res, `<urlset ${spaces}>${urls.map((url) => urlElement(origin, locale, url)).join('')}</urlset>`)
    })
    router.get(`/${locale}/manifest.webmanifest`, (_req, res) => {
      res
        .set('cache-control', 'public, max-age=3600')
        .type('application/manifest+json')
        .send(JSON.stringify(manifest(services, locale)))
    })
  }
  return router
}
