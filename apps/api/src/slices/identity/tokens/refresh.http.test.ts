import { logout, refreshTokens } from '@dhow/contracts/auth.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import { listSessions } from '@dhow/contracts/account-security.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { auditTrail } from '../../../../test/audit-trail.ts'
import { countBy } from '../../../../test/count-by.ts'
import { codeOf } from '../../../../test/problems.ts'
import { startSecondApp } from '../../../../test/second-app.ts'
import { rawRequest } from '../../../../test/raw-request.ts'
import { newId } from '../../../platform/ids.ts'

const app = await startTestApp()

const refresh = (refreshToken: string, headers: Record<string, string> = {}): Promise<Tokens> =>
  app.api.call(refreshTokens, { body: { refreshToken }, headers })

const isSignedIn = async (accessToken: string): Promise<boolean> =>
  (await codeOf(app.api.call(listSessions, { accessToken }))) === 'none'

const messagesTo = (accountId: string) =>
  app.db.selectFrom('accountMessages').select(['kind', 'channel']).where('accountId', '=', accountId).execute()

test('SE-2: a refresh token is exchanged for new tokens of the same session, whose end is put off', async () => {
  const { tokens } = await app.given.customer()
  app.clock.advance({ days: 10 })
  const next = await refresh(tokens.refreshToken)
  expect(next.sessionId).toBe(tokens.sessionId)
  expect(next.refreshToken).not.toBe(tokens.refreshToken)
  expect(Date.parse(next.refreshExpiresAt) - Date.parse(tokens.refreshExpiresAt)).toBe(10 * 86_400_000)
  expect(await isSignedIn(next.accessToken)).toBe(true)
})

test('SE-2: only its hash is in the database', async () => {
  const { tokens } = await app.given.customer()
  const { refreshToken } = await refresh(tokens.refreshToken)
  const rows = await app.db.selectFrom('refreshTokens').selectAll().where('sessionId', '=', tokens.sessionId).execute()
  expect(rows.map((row) => row.tokenHash.length)).toEqual([32, 32])
  const everything = Buffer.concat(rows.flatMap((row) => [row.tokenHash, row.successorSealed ?? Buffer.alloc(0)]))
  for (const secret of [tokens.refreshToken, refreshToken]) {
    expect(everything.includes(secret)).toBe(false)
    expect(everything.includes(Buffer.from(secret, 'base64url'))).toBe(false)
  }
})

test('SE-2: a used token used again is refused and ends the session, and its owner and the audit log hear of it', async () => {
  const customer = await app.given.customer()
  const { accountId, first, second } = await usedOnce(customer)
  expect(await isSignedIn(second.accessToken)).toBe(true)
  expect(await codeOf(refresh(first.refreshToken))).toBe('auth/refresh-invalid')
  expect(await codeOf(refresh(second.refreshToken))).toBe('auth/refresh-invalid')
  expect(await isSignedIn(second.accessToken)).toBe(false)
  expect(await messagesTo(accountId)).toEqual([{ kind: 'session-stolen', channel: 'sms' }])
  expect(await auditTrail(app.db, 'auth.refresh-reuse', first.sessionId)).toMatchObject([
    { result: 'refused', details: { account: accountId, audience: 'shop-api' } },
  ])
})

async function usedOnce(customer: { account: { id: string }; tokens: Tokens }) {
  const first = customer.tokens
  return { accountId: customer.account.id, first, second: await refresh(first.refreshToken) }
}

test('SE-2: of two who use a token at once one is answered, and the session ends', async () => {
  const { tokens } = await app.given.customer()
  const tries = await Promise.allSettled([refresh(tokens.refreshToken), refresh(tokens.refreshToken)])
  const given = tries.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []))
  expect(given).toHaveLength(1)
  expect(await codeOf(refresh(given[0]?.refreshToken ?? ''))).toBe('auth/refresh-invalid')
  expect(await isSignedIn(given[0]?.accessToken ?? '')).toBe(false)
})

test('SE-2: the identical request within ten seconds is given the same successor', async () => {
  const { tokens } = await app.given.customer()
  const headers = { 'x-request-id': newId() }
  const first = await refresh(tokens.refreshToken, headers)
  app.clock.advance({ seconds: 10 })
  const again = await refresh(tokens.refreshToken, headers)
  expect(again.refreshToken).toBe(first.refreshToken)
  expect(await isSignedIn(again.accessToken)).toBe(true)
  expect((await refresh(again.refreshToken)).sessionId).toBe(tokens.sessionId)
})

test('SE-2: ten identical requests at once are given one successor', async () => {
  const { tokens } = await app.given.customer()
  const headers = { 'x-request-id': newId() }
  const all = await app.given.many(10, () => refresh(tokens.refreshToken, headers))
  expect(Object.values(countBy(all, (given) => given.refreshToken))).toEqual([10])
})

test.each([
  ['eleven seconds later', async () => app.clock.advance({ seconds: 11 }), true],
  ['by another request', async () => undefined, false],
  ['once its successor was used', async (next: Tokens) => void (await refresh(next.refreshToken)), true],
])('SE-2: the same token sent again %s is a stolen one', async (_when, happens, isSameRequest) => {
  const { tokens } = await app.given.customer()
  const headers = { 'x-request-id': newId() }
  const next = await refresh(tokens.refreshToken, headers)
  await happens(next)
  const again = refresh(tokens.refreshToken, isSameRequest ? headers : { 'x-request-id': newId() })
  expect(await codeOf(again)).toBe('auth/refresh-invalid')
  expect(await isSignedIn(next.accessToken)).toBe(false)
})

test('SE-2: a session nobody uses ends after fourteen days without a device key', async () => {
  const { tokens } = await app.given.customer()
  app.clock.advance({ days: 14 })
  expect(await codeOf(refresh(tokens.refreshToken))).toBe('auth/refresh-invalid')
})

test('SE-2: however much it is used, a session ends after ninety days, and its access tokens with it', async () => {
  const { tokens } = await app.given.customer()
  let last = tokens
  for (let day = 10; day < 90; day += 10) {
    app.clock.advance({ days: 10 })
    last = await refresh(last.refreshToken)
  }
  app.clock.advance({ days: 9, hours: 23, minutes: 55 })
  last = await refresh(last.refreshToken)
  expect(Date.parse(last.refreshExpiresAt) - app.clock.now().getTime()).toBe(300_000)
  expect(await isSignedIn(last.accessToken)).toBe(true)
  app.clock.advance({ minutes: 5 })
  expect(await isSignedIn(last.accessToken)).toBe(false)
  expect(await codeOf(refresh(last.refreshToken))).toBe('auth/refresh-invalid')
})

test('SE-2: signing out ends the session in every process at once', async () => {
  const second = await startSecondApp(app)
  const { tokens } = await app.given.customer()
  const askSecond = () =>
    rawRequest(`${second.baseUrl}/api/v1/auth/sessions`, {
      headers: { authorization: `Bearer ${tokens.accessToken}` },
    })
  expect((await askSecond()).status).toBe(200)
  await app.api.call(logout, { body: { refreshToken: tokens.refreshToken } })
  expect(await isSignedIn(tokens.accessToken)).toBe(false)
  await expect.poll(async () => (await askSecond()).status, { timeout: 1000, interval: 20 }).toBe(401)
  expect(await codeOf(refresh(tokens.refreshToken))).toBe('auth/refresh-invalid')
})

test('SE-8: signing out clears what the browser keeps of us, and says nothing about whether the token was known', async () => {
  const { tokens } = await app.given.customer()
  for (const refreshToken of [tokens.refreshToken, tokens.refreshToken, 'A'.repeat(43)]) {
    const answer = await rawRequest(`${app.baseUrl}/api/v1/auth/logout`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ refreshToken }),
    })
    expect(answer.status).toBe(204)
    expect(answer.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"')
  }
})

test('SE-8: what is personal is never kept by a cache', async () => {
  const { tokens } = await app.given.customer()
  const headers = { authorization: `Bearer ${tokens.accessToken}` }
  for (const path of ['/api/v1/auth/sessions', '/api/v1/auth/sessions?x=1', '/api/v1/auth/sessions/x.css'])
    expect((await rawRequest(`${app.baseUrl}${path}`, { headers })).headers.get('cache-control')).toBe('no-store')
})

test('AU-8: whoever is disabled can refresh no more than whoever is unknown', async () => {
  const { tokens, account } = await app.given.customer()
  await app.db.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', account.id).execute()
  expect(await codeOf(refresh(tokens.refreshToken))).toBe('auth/refresh-invalid')
  expect(await codeOf(refresh('B'.repeat(43)))).toBe('auth/refresh-invalid')
})
