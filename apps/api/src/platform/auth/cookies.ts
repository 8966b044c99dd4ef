import type { Request, Response } from 'express'
import type { Config } from '../../config.ts'

/** Cookies of the back office: the only place staff tokens are in. */
export const staffCookies = { access: 'dhow_staff', refresh: 'dhow_staff_refresh' } as const

/** `__Host-` binds a cookie to this very host over https; browsers refuse the prefix on plain http. */
const isSecure = (config: Config): boolean => config.ADMIN_URL.startsWith('https:')
const nameOf = (config: Config, name: string): string => (isSecure(config) ? `__Host-${name}` : name)

const safeValue = /^[\w.~-]{0,4000}$/

export function readCookie(config: Config, request: Request, name: string): string | undefined {
  const wanted = nameOf(config, name)
  for (const part of (request.headers.cookie ?? '').split(';')) {
    const at = part.indexOf('=')
    if (at > 0 && part.slice(0, at).trim() === wanted) {
      const value = part.slice(at + 1).trim()
      return safeValue.test(value) && value !== '' ? value : undefined
    }
  }
  return undefined
}

/** Sets a cookie no script can read and no other site's form can send. `maxAgeSeconds: 0` takes it away. */
export function setCookie(
  config: Config,
  response: Response,
  cookie: { name: string; value: string; maxAgeSeconds: number },
): void {
  if (!safeValue.test(cookie.value)) throw new Error(`cookie ${cookie.name}: a value like this cannot be set`)
  const attributes = ['Path=/', 'HttpOnly', 'SameSite=Strict', `Max-Age=${cookie.maxAgeSeconds}`]
  if (isSecure(config)) attributes.push('Secure')
  response.append('Set-Cookie', [`${nameOf(config, cookie.name)}=${cookie.value}`, ...attributes].join('; '))
}
