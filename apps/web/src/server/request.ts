import { randomUUID } from 'node:crypto'
import { formatterFor } from '@dhow/i18n/format.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import type { NextFunction, Request, Response } from 'express'
import type { Cookies, PageContext } from '../framework/page.ts'
import { createPaths } from '../paths.ts'
import type { WebConfig } from './config.ts'
import type { Services } from './services.ts'

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
  ip?: string
  isPost?: boolean
}

export function createPageContext(services: Services, parts: RequestParts): PageContext {
  const { locale, params, query, cookies, requestId, ip, isPost = false } = parts
  const api = services.apiFor({ requestId, locale, ...(ip ? { ip } : {}) })
  return {
    locale,
    t: createTranslator(locale),
    paths: createPaths(locale),
    format: formatterFor(locale),
    params,
    query,
    api,
    categories: () => services.categories.list(locale, api),
    cookies,
    requestId,
    isPost,
    site: services.site[locale],
  }
}

/** The query of a request's address, without going through Express' own parser. */
export function queryOf(url: string): URLSearchParams {
  const at = url.indexOf('?')
  return new URLSearchParams(at < 0 ? '' : url.slice(at + 1))
}

export const pathOf = (url: string): string => url.split('?', 1)[0] ?? '/'
