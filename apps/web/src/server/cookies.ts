import type { Request, Response } from 'express'
import type { Cookies } from '../framework/page.ts'
import { isSecure } from './config.ts'
import type { WebConfig } from './config.ts'

/** `__Host-` binds a cookie to this very host over https; browsers refuse the prefix on plain http. */
export const cookieName = (config: WebConfig, name: string): string => (isSecure(config) ? `__Host-${name}` : name)

function parseCookies(header: string | undefined): Map<string, string> {
  const found = new Map<string, string>()
  for (const part of (header ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0) found.set(part.slice(0, at).trim(), part.slice(at + 1).trim())
  }
  return found
}

/** Long enough for an access token (a JWT); with name and attributes it stays below the 4096 bytes browsers keep. */
const safeValue = /^[\w.~-]{0,3800}$/

/**
 * Cookies of one request. What it sets or clears is read back at once, as the browser's next request would. Values are tokens,
 * numbers and codes only; anything else is a mistake, so setting it throws.
 */
export function cookiesOf(config: WebConfig, req: Request, res: Response): Cookies {
  let read: Map<string, string> | undefined
  const kept = (): Map<string, string> => (read ??= parseCookies(req.headers.cookie))
  const write = (name: string, value: string, attributes: string[]) =>
    res.append(
      'set-cookie',
      [
        `${cookieName(config, name)}=${value}`,
        'Path=/',
        'SameSite=Lax',
        ...(isSecure(config) ? ['Secure'] : []),
        ...attributes,
      ].join('; '),
    )
  return {
    get(name) {
      const value = kept().get(cookieName(config, name))
      return value !== undefined && safeValue.test(value) ? value : undefined
    },
    set(name, value, options = {}) {
      if (!safeValue.test(value)) throw new Error(`cookie ${name}: a value like this cannot be set`)
      const lifetime = options.maxAgeSeconds === undefined ? [] : [`Max-Age=${options.maxAgeSeconds}`]
      write(name, value, [...lifetime, ...(options.readable ? [] : ['HttpOnly'])])
      kept().set(cookieName(config, name), value)
    },
    clear(name) {
      write(name, '', ['Max-Age=0'])
      kept().delete(cookieName(config, name))
    },
  }
}

const refuse = (): never => {
  throw new Error('a page of shared cache must not touch cookies: what it shows would reach other shoppers')
}

/** What cached pages get instead of cookies. */
export const noCookies: Cookies = { get: refuse, set: refuse, clear: refuse }
