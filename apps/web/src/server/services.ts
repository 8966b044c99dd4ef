import { existsSync } from 'node:fs'
import { join } from 'node:path'
import { createApiClient } from '@dhow/api-client/api-client.ts'
import type { ApiClient } from '@dhow/api-client/api-client.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import type { Logger } from 'pino'
import type { SiteFacts } from '../framework/page.ts'
import type { AssetsOf } from './assets.ts'
import { keepCategories } from './categories.ts'
import type { Categories } from './categories.ts'
import type { WebConfig } from './config.ts'
import { keepOffers } from './payment-offers.ts'
import type { KeptOffers } from './payment-offers.ts'
import { createPageCache } from './page-cache.ts'
import type { PageCache } from './page-cache.ts'
import { createRefresher } from './refresher.ts'
import type { Refresher } from './refresher.ts'

/** What the API is told of the browser that asks: for its limits, session lists and audit log. */
export interface Visitor {
  ip?: string
  userAgent?: string
  deviceId?: string
  /** The edge's `cf-ip…` headers: where the address is. */
  place?: Readonly<Record<string, string>>
}

/** What the website's handlers stand on: built once at start, passed by hand. */
export interface Services {
  config: WebConfig
  log: Logger
  assetsOf: AssetsOf
  categories: Categories
  offers: KeptOffers
  cache: PageCache
  site: Readonly<Record<Locale, SiteFacts>>
  refresher: Refresher
  apiFor(request: { requestId: string; locale: Locale; visitor?: Visitor }): ApiClient
}

const apiTimeoutMs = 10_000

export function createServices(config: WebConfig, log: Logger, assetsOf: AssetsOf): Services {
  const heroPictures = config.heroPictures.filter((key) => existsSync(join(config.mediaDir, key)))
  const siteOf = (locale: Locale): SiteFacts => ({
    origin: config.websiteUrl,
    merchant: config.merchant[locale],
    stripeScriptUrl: config.stripeScriptUrl,
    heroPictures,
  })
  return {
    config,
    log,
    assetsOf,
    categories: keepCategories(Date.now),
    offers: keepOffers(Date.now),
    cache: createPageCache(Date.now),
    site: { en: siteOf('en'), ar: siteOf('ar') },
    refresher: createRefresher(),
    apiFor({ requestId, locale, visitor = {} }) {
      const { ip, userAgent, deviceId, place } = visitor
      const headers = {
        'x-request-id': requestId,
        'accept-language': locale,
        ...(ip ? { 'x-forwarded-for': ip } : {}),
        ...(userAgent ? { 'user-agent': userAgent } : {}),
        ...(deviceId ? { 'device-id': deviceId } : {}),
        ...place,
      }
      return createApiClient({ baseUrl: config.apiUrl, timeoutMs: apiTimeoutMs, headers })
    },
  }
}
