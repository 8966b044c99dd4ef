import { ApiProblem } from '@dhow/api-client/api-client.ts'
import type { ApiClient, CallInput } from '@dhow/api-client/api-client.ts'
import { logout } from '@dhow/contracts/auth.ts'
import type { Endpoint, ResponseOf } from '@dhow/contracts/endpoint.ts'
import type { Cookies } from '../framework/page.ts'
import { SignInNeeded } from '../framework/session.ts'
import type { CustomerSession } from '../framework/session.ts'
import { forgetCart } from './cart-cookie.ts'
import type { Refresher } from './refresher.ts'
import {
  accessTokenOf,
  authenticatedAtSeconds,
  forgetTokens,
  refreshTokenOf,
  rememberTokens,
} from './session-cookies.ts'

interface SessionParts {
  api: ApiClient
  cookies: Cookies
  refresher: Refresher
}

/** Asked for again a little before the API's five minutes are over, so that there is time to fill in the form. */
const freshSeconds = 240

const hasCode = (error: unknown, code: string): boolean => error instanceof ApiProblem && error.code === code

/** The session of one request. Cookies are read when it is first asked, so that cached pages can carry it about unasked. */
export function createSession({ api, cookies, refresher }: SessionParts): CustomerSession {
  /** What this request has learnt; undefined: nothing yet. */
  let access: string | null | undefined

  /** The cart goes too: it belongs to the account, which others who use this browser are not signed in to. */
  function forget(): void {
    access = null
    forgetTokens(cookies)
    forgetCart(cookies)
  }

  async function renew(): Promise<string | null> {
    const refreshToken = refreshTokenOf(cookies)
    if (!refreshToken) return (access = null)
    try {
      const tokens = await refresher.refresh(api, refreshToken)
      rememberTokens(cookies, tokens)
      return (access = tokens.accessToken)
    } catch (error) {
      if (!hasCode(error, 'auth/refresh-invalid')) throw error
      forget()
      return null
    }
  }

  const token = async (): Promise<string | null> =>
    access !== undefined ? access : ((access = accessTokenOf(cookies)) ?? renew())

  async function ask<E extends Endpoint>(endpoint: E, input: CallInput<E>): Promise<ResponseOf<E> | undefined> {
    const accessToken = await token()
    if (!accessToken) return undefined
    try {
      return await api.call(endpoint, { ...input, accessToken })
    } catch (error) {
      if (!hasCode(error, 'auth/required')) throw error
    }
    const renewed = await renew()
    if (!renewed) return undefined
    try {
      return await api.call(endpoint, { ...input, accessToken: renewed })
    } catch (error) {
      if (!hasCode(error, 'auth/required')) throw error
      forget()
      return undefined
    }
  }

  return {
    get isPresent() {
      return accessTokenOf(cookies) !== undefined || refreshTokenOf(cookies) !== undefined
    },
    ask,
    async call(endpoint, input) {
      if (!(await token())) throw new SignInNeeded()
      const answer = await ask(endpoint, input)
      // Endpoints without a body answer null, so undefined can only mean that the session is over.
      if (answer === undefined) throw new SignInNeeded()
      return answer
    },
    async isFresh() {
      const accessToken = await token()
      if (!accessToken) throw new SignInNeeded()
      return Date.now() / 1000 - authenticatedAtSeconds(accessToken) < freshSeconds
    },
    begin(tokens) {
      access = tokens.accessToken
      rememberTokens(cookies, tokens)
    },
    async end() {
      const refreshToken = refreshTokenOf(cookies)
      forget()
      if (refreshToken) await api.call(logout, { body: { refreshToken } })
    },
  }
}
