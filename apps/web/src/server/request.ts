import { randomUUID } from 'node:crypto'
import { formatterFor } from '@dhow/i18n/format.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import type { NextFunction, Request, Response } from 'express'
import type { Cookies, PageContext } from '../framework/page.ts'
import { createPaths } from '../paths.ts'
import type { WebConfig } from './config.ts'
import type { Services, Visitor } from './services.ts'
import { createSession } from './session.ts'

const wellFormed = /^[\w.-]{8,64}$/

/** Gives every request an id: the proxy's when there is one in front of us, else a new one. It goes to the log, the API and the answer. */
export function nameRequests(config: WebConfig) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const given = config.trustedProxies > 0 ? req.get('x-request-id') : undefined
    const requestId = given && wellFormed.test(given) ? given : randomUUID()
    res.locals['requestId'] = requestId
    res.setHeader('x-request-id', requestId)
    next()
  }
}

export const requestIdOf = (res: Response): string => String(res.locals['requestId'])

interface RequestParts {
  locale: Locale
  params: Readonly<Record<string, string>>
  query: URLSearchParams
  cookies: Cookies
  requestId: string
  visitor?: Visitor
  isPost?: boolean
}

export function createPageContext(services: Services, parts: RequestParts): PageContext {
  const { locale, params, query, cookies, requestId, visitor, isPost = false } = parts
  const api = services.apiFor({ requestId, locale, ...(visitor ? { visitor } : {}) })
  return {
    locale,
    t: createTranslator(locale),
    paths: createPaths(locale),
    format: formatterFor(locale),
    params,
    query,
    api,
    categories: () => services.categories.list(locale, api),
    paymentOffers: () => services.offers.find(api),
    cookies,
    session: createSession({ api, cookies, refresher: services.refresher }),
    requestId,
    isPost,
    site: services.site[locale],
  }
}

const placeHeaders = ['cf-ipcountry', 'cf-ipcity', 'cf-iplatitude', 'cf-iplongitude'] as const

/** What the API may know of who asks. Places are the edge's word, so they count only where there is one. */
export function visitorOf(config: WebConfig, req: Request, deviceId: string | undefined): Visitor {
  const userAgent = req.get('user-agent')?.slice(0, 300)
  const places = placeHeaders.flatMap((name): [string, string][] => {
    const value = config.trustedProxies > 0 ? req.get(name) : undefined
    return value ? [[name, value]] : []
  })
  return {
    ...(req.ip ? { ip: req.ip } : {}),
    ...(userAgent ? { userAgent } : {}),
    ...(deviceId ? { deviceId } : {}),
    place: Object.fromEntries(places),
  }
}

/** The query of a request's address, without going through Express' own parser. */
export function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}

export const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/'
