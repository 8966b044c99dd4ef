import type { NextFunction, Request, Response } from 'express'
import type { WebConfig } from './config.ts'

/** Headers of a request that say which site sent it. */
export interface Provenance {
  fetchSite: string | undefined
  origin: string | undefined
  host: string | undefined
}

/**
 * True for a state-changing request our own page sent. Browsers with `Sec-Fetch-Site` must say `same-origin` (or `none`: typed,
 * bookmarked); `Origin`, when there is one, must be ours or the host asked. A request without either is no browser we serve.
 */
export function isOwnRequest(from: Provenance, websiteOrigin: string): boolean {
  if (from.fetchSite !== undefined && from.fetchSite !== 'same-origin' && from.fetchSite !== 'none') return false
  if (from.origin === undefined) return from.fetchSite !== undefined
  if (from.origin === websiteOrigin) return true
  return URL.canParse(from.origin) && from.host !== undefined && new URL(from.origin).host === from.host
}

/** Refuses cross-site posts (403). Cookies are SameSite=Lax besides. */
export function requireOwnOrigin(config: WebConfig) {
  const { origin } = new URL(config.websiteUrl)
  return (req: Request, res: Response, next: NextFunction): void => {
    const from = { fetchSite: req.get('sec-fetch-site'), origin: req.get('origin'), host: req.get('host') }
    if (isOwnRequest(from, origin)) next()
    else res.status(403).type('text/plain').send('This form was not sent from our own page.')
  }
}
