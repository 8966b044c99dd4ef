import type { ApiClient } from '@dhow/api-client/api-client.ts'
import type { CategoryView } from '@dhow/contracts/catalog.ts'
import type { ResponseOf } from '@dhow/contracts/endpoint.ts'
import type { getPaymentOffers } from '@dhow/contracts/payment-offers.ts'
import type { Picture } from '@dhow/contracts/primitives.ts'
import type { Formatter } from '@dhow/i18n/format.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import type { Translator } from '@dhow/i18n/translator.ts'
import type { ReactNode } from 'react'
import type { Paths } from '../paths.ts'
import type { FormState, FormValues } from './form.ts'
import type { CustomerSession } from './session.ts'

export interface PageProps<Data> {
  data: Data
  /** Set when a form of this page was refused and is shown again. */
  form: FormState | null
}

export type PageComponent<Data> = (props: PageProps<Data>) => ReactNode

export interface Cookies {
  get(name: string): string | undefined
  /** HttpOnly unless `readable`; lives for the session without `maxAgeSeconds`. */
  set(name: string, value: string, options?: { maxAgeSeconds?: number; readable?: boolean }): void
  clear(name: string): void
}

/** One request, as pages see it. A page of shared cache sees no cookies: reading one throws, so nothing personal gets in. */
export interface PageContext {
  locale: Locale
  t: Translator
  paths: Paths
  format: Formatter
  params: Readonly<Record<string, string>>
  /** Only the names the page's cache policy allows when the page is cached. */
  query: URLSearchParams
  api: ApiClient
  /** All categories, at most a minute old; costs no call of its own. */
  categories(): Promise<readonly CategoryView[]>
  /** What may be said about paying in instalments, at most a minute old; null when nobody can say. */
  paymentOffers(): Promise<ResponseOf<typeof getPaymentOffers> | null>
  cookies: Cookies
  session: CustomerSession
  requestId: string
  /** True while a refused form is shown again in answer to a POST. */
  isPost: boolean
  site: SiteFacts
}

/** What pages may know of the configuration. */
export interface SiteFacts {
  /** Canonical origin, without a slash at the end. */
  origin: string
  merchant: Merchant
  stripeScriptUrl: string
  /** Keys of the home page's pictures that are really there. */
  heroPictures: readonly string[]
}

export interface Merchant {
  /** What the shop is called. */
  name: string
  legalName: string
  licence: string
  authority: string
  trn: string
  address: string
  phone: string
  email: string
}

export type Loaded<Data> =
  | { kind: 'page'; data: Data; status: number }
  | { kind: 'redirect'; to: string; status: 301 | 302 | 303 }
  | { kind: 'not-found' }

export const loaded = <Data>(data: Data, status = 200): Loaded<Data> => ({ kind: 'page', data, status })
export const movedTo = (to: string): Loaded<never> => ({ kind: 'redirect', to, status: 301 })
export const goTo = (to: string): Loaded<never> => ({ kind: 'redirect', to, status: 303 })
export const notFound: Loaded<never> = { kind: 'not-found' }

export interface PreloadedPicture {
  picture: Picture
  sizes: string
}

export interface Head {
  title: string
  description?: string
  /** Builds this page's canonical address; called with both languages' paths for `hreflang`. */
  path: (paths: Paths) => string
  /** Where the language switch goes, when more of the address is kept than is canonical (filters, variant). */
  switchPath?: (paths: Paths) => string
  /** False keeps the page out of search engines. */
  isIndexable?: boolean
  type?: 'website' | 'product'
  shareImage?: string
  jsonLd?: readonly object[]
  /** The largest picture of the first screen. */
  preload?: PreloadedPicture
  /** Loads another address after a while where there is no script; with script the page asks by itself. */
  refresh?: { seconds: number; path: string }
}

export type CachePolicy =
  | { kind: 'shared'; seconds: number; staleSeconds: number; allows: (queryName: string) => boolean }
  | { kind: 'private' }

/** For everything that belongs to one shopper. */
export const privately: CachePolicy = { kind: 'private' }

/** Anonymous HTML, kept by address and the named parts of the query; everything else in the query is dropped. */
export const shared = (allows: (queryName: string) => boolean = () => false): CachePolicy => ({
  kind: 'shared',
  seconds: 30,
  staleSeconds: 300,
  allows,
})

export type ActionResult =
  /** 303 without script, `location.assign` with it. `clearsSite`: the browser forgets all it keeps of this site. */
  | { kind: 'redirect'; to: string; clearsSite?: boolean }
  /** With script the page stays and gets `data`; without it goes to `to`. */
  | { kind: 'done'; data: unknown; to: string }
  | { kind: 'refused'; form: FormState; status: number }
  /** What is shown this once and kept nowhere: the script gets the values, a plain browser the page with them in `form`. */
  | { kind: 'shown'; values: FormValues }

/** Handles one `intent` of a page's forms. An ApiProblem it throws becomes `refused` by itself. */
export type Action = (ctx: PageContext, form: FormValues) => Promise<ActionResult>

/**
 * How much a page is trusted with. `payment` lets the card fields' provider in, and forms go on to the pages where Tabby and Tamara
 * are paid; `promoted` lets in their own snippets, where the shop has switched them on: never both. `identity` (signing in, the account) gives the
 * browser its device id and keeps addresses, which may hold a link's secret, from other sites.
 */
export type PageClass = 'standard' | 'payment' | 'promoted' | 'identity'

/** `shop`: the whole header and footer. `checkout`: logo, language and legal lines only, nothing that leads away. */
export type ChromeKind = 'shop' | 'checkout'

interface PageDefinition<Data> {
  /** `pages/<name>.page.tsx` is its browser entry. */
  name: string
  /** From `routes` in `paths.ts`. */
  route: string | readonly string[]
  Page: PageComponent<Data>
  load(ctx: PageContext): Promise<Loaded<Data>>
  head(data: Data, ctx: PageContext): Head
  cache: CachePolicy
  class?: PageClass
  chrome?: ChromeKind
  actions?: Readonly<Record<string, Action>>
}

/** A page whose data nobody outside needs to know: loads, and gives all that a document is made of. */
export interface WebPage {
  name: string
  route: string | readonly string[]
  cache: CachePolicy
  class: PageClass
  chrome: ChromeKind
  actions: Readonly<Record<string, Action>>
  Page: PageComponent<never>
  prepare(ctx: PageContext): Promise<Loaded<PreparedPage>>
}

export interface PreparedPage {
  head: Head
  data: unknown
}

export function definePage<Data>(definition: PageDefinition<Data>): WebPage {
  return {
    name: definition.name,
    route: definition.route,
    cache: definition.cache,
    class: definition.class ?? 'standard',
    chrome: definition.chrome ?? 'shop',
    actions: definition.actions ?? {},
    Page: definition.Page,
    async prepare(ctx) {
      const result = await definition.load(ctx)
      if (result.kind !== 'page') return result
      return { ...result, data: { head: definition.head(result.data, ctx), data: result.data } }
    },
  }
}
