import { Secret } from '@dhow/contracts/auth.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import type { Cookies } from '../framework/page.ts'

const accessCookie = 'dhow_access'
const refreshCookie = 'dhow_refresh'
/** Readable, and says nothing of who: the header of cached pages shows "Account" by it. */
export const signedInCookie = 'dhow_signed_in'

const jwtShape = /^[\w-]+\.[\w-]+\.[\w-]+$/

/** An access token is dropped this long before it ends, so that none runs out on its way to the API. */
const leewaySeconds = 20

const secondsUntil = (instant: string): number => Math.floor((Date.parse(instant) - Date.now()) / 1000)

export function accessTokenOf(cookies: Cookies): string | undefined {
  const token = cookies.get(accessCookie)
  return token && jwtShape.test(token) ? token : undefined
}

export function refreshTokenOf(cookies: Cookies): string | undefined {
  const parsed = Secret.safeParse(cookies.get(refreshCookie))
  return parsed.success ? parsed.data : undefined
}

export function rememberTokens(cookies: Cookies, tokens: Tokens): void {
  const maxAgeSeconds = Math.max(1, secondsUntil(tokens.refreshExpiresAt))
  const accessSeconds = Math.max(1, secondsUntil(tokens.accessExpiresAt) - leewaySeconds)
  cookies.set(accessCookie, tokens.accessToken, { maxAgeSeconds: accessSeconds })
  cookies.set(refreshCookie, tokens.refreshToken, { maxAgeSeconds })
  cookies.set(signedInCookie, '1', { maxAgeSeconds, readable: true })
}

export function forgetTokens(cookies: Cookies): void {
  for (const name of [accessCookie, refreshCookie, signedInCookie]) cookies.clear(name)
}

/** When the token's bearer last proved who they are (`auth_time`), read without believing it: the API checks signatures, we only ask sooner. */
export function authenticatedAtSeconds(accessToken: string): number {
  try {
    const claims: unknown = JSON.parse(Buffer.from(accessToken.split('.')[1] ?? '', 'base64url').toString())
    const time = claims && typeof claims === 'object' && 'auth_time' in claims ? claims.auth_time : undefined
    return typeof time === 'number' ? time : 0
  } catch {
    return 0
  }
}
