import { ApiProblem } from '@dhow/api-client/api-client.ts'
import type { ApiClient } from '@dhow/api-client/api-client.ts'
import { getMe } from '@dhow/contracts/account.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import { expect, test } from 'vitest'
import type { Cookies } from '../framework/page.ts'
import { SignInNeeded } from '../framework/session.ts'
import { createRefresher } from './refresher.ts'
import { createSession } from './session.ts'

const secret = (letter: string) => letter.repeat(43)
const inOneHour = new Date(Date.now() + 3_600_000).toISOString()

const tokens = (name: string): Tokens => ({
  accessToken: `${name}.body.signature`,
  accessExpiresAt: inOneHour,
  refreshToken: secret(name),
  refreshExpiresAt: inOneHour,
  sessionId: '0190b5e6-0000-7000-8000-000000000000',
})

function jar(start: Record<string, string>): Cookies & { values: Map<string, string> } {
  const values = new Map(Object.entries(start))
  return {
    values,
    get: (name) => values.get(name),
    set: (name, value) => void values.set(name, value),
    clear: (name) => void values.delete(name),
  }
}

const problem = (code: 'auth/required' | 'auth/refresh-invalid' | 'service/unavailable', status: number) =>
  new ApiProblem({ type: '', title: '', status, instance: '/', code, requestId: 'r' })

/** An API that knows one access token, and answers refreshes one after the other. */
function fakeApi(valid: string, ...refreshes: (Tokens | Error)[]) {
  const calls: string[] = []
  const api = {
    callText: () => Promise.reject(new Error('not asked')),
    call: (endpoint: { id: string }, input: { accessToken?: string; headers?: Record<string, string> }) => {
      calls.push(`${endpoint.id} ${input.accessToken ?? input.headers?.['x-request-id'] ?? ''}`.trim())
      if (endpoint.id !== 'refreshTokens')
        return input.accessToken === valid
          ? Promise.resolve({ name: 'Sara' })
          : Promise.reject(problem('auth/required', 401))
      const answer = refreshes.shift() ?? problem('auth/refresh-invalid', 401)
      return answer instanceof Error ? Promise.reject(answer) : Promise.resolve(answer)
    },
  }
  // A stand-in for the one method that is used; its generics cannot be written by hand.
  return { api: api as unknown as ApiClient, calls }
}

const signedIn = { dhow_access: 'a.body.signature', dhow_refresh: secret('a'), dhow_signed_in: '1', dhow_cart: 'c' }

test('SE-2: a session whose access token has run out is renewed, and the new tokens take the place of the old', async () => {
  const { api, calls } = fakeApi('b.body.signature', tokens('b'))
  const cookies = jar({ dhow_refresh: secret('a') })
  const session = createSession({ api, cookies, refresher: createRefresher() })
  expect(await session.call(getMe, {})).toEqual({ name: 'Sara' })
  expect(await session.call(getMe, {})).toEqual({ name: 'Sara' })
  expect(calls.map((call) => call.split(' ')[0])).toEqual(['refreshTokens', 'getMe', 'getMe'])
  expect(cookies.get('dhow_refresh')).toBe(secret('b'))
  expect(cookies.get('dhow_signed_in')).toBe('1')
})

test('a token the API refuses before its time is renewed once and asked with again', async () => {
  const { api, calls } = fakeApi('b.body.signature', tokens('b'))
  const session = createSession({ api, cookies: jar(signedIn), refresher: createRefresher() })
  expect(await session.ask(getMe, {})).toEqual({ name: 'Sara' })
  expect(calls.map((call) => call.split(' ')[0])).toEqual(['getMe', 'refreshTokens', 'getMe'])
})

test('SE-5: a session that was ended is forgotten by the browser, its cart with it', async () => {
  const { api } = fakeApi('nobody')
  const cookies = jar(signedIn)
  const session = createSession({ api, cookies, refresher: createRefresher() })
  await expect(session.call(getMe, {})).rejects.toBeInstanceOf(SignInNeeded)
  expect([...cookies.values.keys()]).toEqual([])
})

test('an API that is busy signs nobody out', async () => {
  const { api } = fakeApi('nobody', problem('service/unavailable', 503))
  const cookies = jar({ dhow_refresh: secret('a') })
  const session = createSession({ api, cookies, refresher: createRefresher() })
  await expect(session.ask(getMe, {})).rejects.toMatchObject({ code: 'service/unavailable' })
  expect(cookies.get('dhow_refresh')).toBe(secret('a'))
})

test('SE-2: tabs that renew at once share one call, and other processes would make the identical one', async () => {
  const one = fakeApi('', tokens('b'), tokens('c'))
  const refresher = createRefresher()
  const answers = await Promise.all([1, 2, 3].map(() => refresher.refresh(one.api, secret('a'))))
  expect(new Set(answers.map(({ refreshToken }) => refreshToken))).toEqual(new Set([secret('b')]))
  const elsewhere = fakeApi('', tokens('b'))
  await createRefresher().refresh(elsewhere.api, secret('a'))
  expect(one.calls).toHaveLength(1)
  expect(elsewhere.calls).toEqual(one.calls)
})
