import { directions, intlTags, locales } from '@dhow/i18n/locales.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import { createPaths, mediaPath } from '../paths.ts'
import type { Head, PreloadedPicture } from '../framework/page.ts'
import type { PageState } from '../framework/Root.tsx'
import { fontsOf } from './assets.ts'
import type { PageAssets } from './assets.ts'

const escapes: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&#39;',
}

export const escapeHtml = (text: string): string => text.replace(/[&<>"']/g, (character) => escapes[character] ?? '')

/** JSON inside a script element: `<` could end it, the two separators break old parsers. */
export const scriptJson = (value: unknown): string =>
  JSON.stringify(value).replace(
    /[<\u2028\u2029]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  )

const meta = (name: string, content: string) => `<meta name="${name}" content="${escapeHtml(content)}">`
const property = (name: string, content: string) => `<meta property="${name}" content="${escapeHtml(content)}">`
const link = (rel: string, href: string, rest = '') => `<link rel="${rel}" href="${escapeHtml(href)}"${rest}>`

function preloadPicture({ picture, sizes }: PreloadedPicture): string {
  const candidates = picture.widths.map((width) => `${mediaPath(picture.key, width, 'avif')} ${width}w`).join(', ')
  return `<link rel="preload" as="image" type="image/avif" imagesrcset="${escapeHtml(candidates)}" imagesizes="${escapeHtml(sizes)}" fetchpriority="high">`
}

function languageLinks(head: Head, origin: string): string {
  const alternates = locales.map((locale) =>
    link('alternate', origin + head.path(createPaths(locale)), ` hreflang="${intlTags[locale].slice(0, 5)}"`),
  )
  return [...alternates, link('alternate', origin + head.path(createPaths('en')), ' hreflang="x-default"')].join('')
}

/** Title, description, canonical, languages, sharing and structured data of one page. */
export function headTags(head: Head, locale: Locale, site: { origin: string; name: string }): string {
  const url = site.origin + head.path(createPaths(locale))
  const title = head.title === site.name ? head.title : `${head.title} · ${site.name}`
  const isIndexable = head.isIndexable ?? true
  return [
    `<title>${escapeHtml(title)}</title>`,
    ...(head.description ? [meta('description', head.description)] : []),
    ...(isIndexable ? [link('canonical', url), languageLinks(head, site.origin)] : [meta('robots', 'noindex')]),
    property('og:title', head.title),
    ...(head.description ? [property('og:description', head.description)] : []),
    property('og:type', head.type ?? 'website'),
    property('og:url', url),
    property('og:site_name', site.name),
    property('og:locale', locale === 'ar' ? 'ar_AE' : 'en_AE'),
    property('og:image', site.origin + (head.shareImage ?? '/social-card.png')),
    meta('twitter:card', 'summary_large_image'),
    ...(head.jsonLd ?? []).map((data) => `<script type="application/ld+json">${scriptJson(data)}</script>`),
  ].join('')
}

const refreshWithoutScript = ({ seconds, path }: NonNullable<Head['refresh']>): string =>
  `<noscript><meta http-equiv="refresh" content="${seconds};url=${escapeHtml(path)}"></noscript>`

interface DocumentParts {
  head: Head
  state: PageState
  markup: string
  assets: PageAssets
  site: { origin: string; name: string }
}

/** The whole HTML document of a page. */
export function renderDocument({ head, state, markup, assets, site }: DocumentParts): string {
  const { locale } = state
  return [
    `<!doctype html><html lang="${locale}" dir="${directions[locale]}"><head><meta charset="utf-8">`,
    '<meta name="viewport" content="width=device-width, initial-scale=1, viewport-fit=cover">',
    ...(head.preload ? [preloadPicture(head.preload)] : []),
    ...fontsOf(locale).map((font) => link('preload', font, ' as="font" type="font/woff2" crossorigin')),
    ...assets.styles.map((style) => link('stylesheet', style)),
    ...assets.preloads.map((file) => link('modulepreload', file)),
    ...assets.scripts.map((file) => `<script type="module" src="${file}"></script>`),
    headTags(head, locale, site),
    ...(head.refresh ? [refreshWithoutScript(head.refresh)] : []),
    '<meta name="theme-color" media="(prefers-color-scheme: light)" content="#fffdf9">',
    '<meta name="theme-color" media="(prefers-color-scheme: dark)" content="#0d1a1f">',
    link('icon', '/favicon.svg', ' type="image/svg+xml"'),
    link('icon', '/favicon.ico', ' sizes="32x32"'),
    link('apple-touch-icon', '/apple-touch-icon.png'),
    link('manifest', `/${locale}/manifest.webmanifest`),
    `</head><body><div id="app">${markup}</div>`,
    `<script type="application/json" id="page-state">${scriptJson(state)}</script></body></html>`,
  ].join('')
}
