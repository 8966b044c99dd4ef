import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { listSessions, revokeOtherSessions, revokeSession } from '@dhow/contracts/account-security.ts'
import { refreshTokens } from '@dhow/contracts/auth.ts'
import { createClient } from '@redis/client'
import { expect, onTestFinished, test } from 'vitest'
import { startRedis } from '../../../../../../scripts/embedded/embedded-redis.ts'
import { startTestApp } from '../../../../test/app.ts'
import type { TestApp } from '../../../../test/app.ts'
import { codeOf } from '../../../../test/problems.ts'
import { rawRequest } from '../../../../test/raw-request.ts'
import { startSecondApp } from '../../../../test/second-app.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import { announceAccountChange, openSession, replaceSession, revokeSessions } from './sessions.ts'

const app = await startTestApp()

const phone =
  'Mozilla/5.0 (Linux; Android 15; Pixel 9) AppleWebKit/537.36 (KHTML, like Gecko) Chrome/142.0.0.0 Mobile Safari/537.36'

const clientFrom = (facts: Partial<ClientFacts> = {}): ClientFacts => ({
  ip: '203.0.113.7',
  network: '203.0.113.0/24',
  deviceId: 'A'.repeat(22),
  userAgent: phone,
  place: { country: 'AE', city: 'Dubai', latitude: 25.2, longitude: 55.3 },
  requestId: newId(),
  ...facts,
})

const openFor = (at: TestApp, accountId: string, client = clientFrom()) =>
  inTransaction(at.db, (tx) =>
    openSession(at.ctx, tx, { accountId, audience: 'shop-api', client, amr: ['sms'], secondFactorAt: null }),
  )

const statusAt = async (baseUrl: string, accessToken: string): Promise<number> => {
  const headers = { authorization: `Bearer ${accessToken}` }
  return (await rawRequest(`${baseUrl}/api/v1/auth/sessions`, { headers })).status
}

const messagesTo = (accountId: string) =>
  app.db.selectFrom('accountMessages').select('kind').where('accountId', '=', accountId).execute()

const revokeAll = (at: TestApp, accountId: string) =>
  inTransaction(at.db, (tx) => revokeSessions(at.ctx, tx, { accountId, reason: 'test', by: 'system' }))

/** A Redis of the test's own, which it may stop. */
async function startOwnRedis() {
  const directory = mkdtempSync(path.join(tmpdir(), 'dhow-sessions-'))
  const redis = await startRedis({ port: 0, logFile: path.join(directory, 'redis.log') })
  if (redis.kind !== 'server') throw new Error(redis.reason)
  onTestFinished(async () => {
    await redis.stop()
    rmSync(directory, { recursive: true, force: true })
  })
  return redis
}

test('SE-4: each sign-in is a session of its own, whatever a client sends', async () => {
  const customer = await app.given.customer()
  const { account, tokens } = customer
  const [second, third] = [await customer.signIn(), await customer.signIn()]
  expect(new Set([tokens, second, third].map(({ sessionId }) => sessionId)).size).toBe(3)
  const { items } = await app.api.call(listSessions, {
    accessToken: tokens.accessToken,
    headers: { cookie: `sid=${newId()}; session=${account.id}` },
  })
  expect(items.filter((item) => item.isCurrent).map((item) => item.id)).toEqual([tokens.sessionId])
})

test('SE-4: proving more replaces the session: new id and tokens, the old ones dead, its last day kept', async () => {
  const { account } = await app.given.customer()
  const old = await openFor(app, account.id)
  app.clock.advance({ minutes: 3 })
  const next = await inTransaction(app.db, (tx) =>
    replaceSession(app.ctx, tx, { sessionId: old.sessionId, client: clientFrom(), amr: ['otp'] }),
  )
  expect(next.sessionId).not.toBe(old.sessionId)
  expect(await statusAt(app.baseUrl, old.accessToken)).toBe(401)
  expect(await codeOf(app.api.call(refreshTokens, { body: { refreshToken: old.refreshToken } }))).toBe(
    'auth/refresh-invalid',
  )
  expect(await statusAt(app.baseUrl, next.accessToken)).toBe(200)
  const rows = await app.db
    .selectFrom('sessions')
    .select(['expiresAt', 'createdAt', 'amr', 'revokedReason'])
    .where('accountId', '=', account.id)
    .where('deviceId', 'is not', null)
    .orderBy('authenticatedAt')
    .execute()
  expect(rows.map((row) => row.revokedReason)).toEqual(['replaced', null])
  expect(rows[1]).toMatchObject({ expiresAt: rows[0]?.expiresAt, createdAt: rows[0]?.createdAt, amr: ['sms', 'otp'] })
})

test('SE-4: a session that has ended is not replaced', async () => {
  const { account, tokens } = await app.given.customer()
  await revokeAll(app, account.id)
  const again = inTransaction(app.db, (tx) =>
    replaceSession(app.ctx, tx, { sessionId: tokens.sessionId, client: clientFrom(), amr: ['otp'] }),
  )
  await expect(again).rejects.toMatchObject({ code: 'auth/required' })
})

test('many who sign in at once after a quiet while need no more connections than they have', async () => {
  const small = await startTestApp({ env: { DATABASE_POOL_SIZE: '2' } })
  const { account } = await small.given.customer()
  small.clock.advance({ minutes: 6 })
  const opened = await small.given.many(6, () => openFor(small, account.id))
  expect(new Set(opened.map(({ sessionId }) => sessionId)).size).toBe(6)
})

test('SE-5: somebody sees where they are signed in: device, place, since when and when last', async () => {
  const { account, tokens } = await app.given.customer()
  app.clock.advance({ seconds: 1 })
  const opened = await openFor(app, account.id)
  const createdAt = app.clock.now().toISOString()
  app.clock.advance({ minutes: 9 })
  const { accessToken } = await app.api.call(refreshTokens, { body: { refreshToken: opened.refreshToken } })
  const { items } = await app.api.call(listSessions, { accessToken })
  expect(items.map((item) => item.id)).toEqual([opened.sessionId, tokens.sessionId])
  expect(items[0]).toMatchObject({
    isCurrent: true,
    client: 'Chrome on Android',
    country: 'AE',
    city: 'Dubai',
    amr: ['sms'],
    createdAt,
    lastSeenAt: app.clock.now().toISOString(),
  })
})

test('SE-5: one session is ended by its owner, and all others; the own one goes on', async () => {
  const customer = await app.given.customer()
  const [second, third] = [await customer.signIn(), await customer.signIn()]
  const { accessToken } = customer.tokens
  await app.api.call(revokeSession, { params: { sessionId: second.sessionId }, accessToken })
  expect(await statusAt(app.baseUrl, second.accessToken)).toBe(401)
  expect(await statusAt(app.baseUrl, third.accessToken)).toBe(200)
  await app.api.call(revokeOtherSessions, { accessToken })
  expect(await statusAt(app.baseUrl, third.accessToken)).toBe(401)
  expect(await statusAt(app.baseUrl, accessToken)).toBe(200)
})

test('SE-5: nobody ends another’s session, or one that has ended: both are unknown', async () => {
  const [one, other] = [await app.given.customer(), await app.given.customer()]
  const ending = (sessionId: string) =>
    codeOf(app.api.call(revokeSession, { params: { sessionId }, accessToken: one.tokens.accessToken }))
  expect(await ending(other.tokens.sessionId)).toBe('auth/session-not-found')
  expect(await ending(newId())).toBe('auth/session-not-found')
  expect(await statusAt(app.baseUrl, other.tokens.accessToken)).toBe(200)
})

test('SE-5: ending sessions needs a fresh proof of who asks', async () => {
  const customer = await app.given.customer()
  const { sessionId } = await customer.signIn()
  app.clock.advance({ minutes: 5, seconds: 1 })
  const { accessToken } = customer.tokens
  expect(await codeOf(app.api.call(revokeSession, { params: { sessionId }, accessToken }))).toBe(
    'auth/confirmation-required',
  )
  expect(await codeOf(app.api.call(revokeOtherSessions, { accessToken }))).toBe('auth/confirmation-required')
})

test('SE-5: a device or country new to an account is told to its owner; the first and a known one are not', async () => {
  const { account } = await app.given.customer({ phone: null, email: `new-device-${newId()}@example.com` })
  const accountId = account.id
  await app.db.deleteFrom('sessions').where('accountId', '=', accountId).execute()
  await openFor(app, accountId)
  await openFor(app, accountId)
  expect(await messagesTo(accountId)).toEqual([])
  await openFor(app, accountId, clientFrom({ deviceId: 'B'.repeat(22) }))
  expect(await messagesTo(accountId)).toEqual([{ kind: 'new-device' }])
  await openFor(app, accountId, clientFrom({ place: { country: 'IN', city: null, latitude: null, longitude: null } }))
  expect(await messagesTo(accountId)).toHaveLength(2)
})

test('SE-7: a disabled account is refused at once in every process that hears of it', async () => {
  const second = await startSecondApp(app)
  const { account, tokens } = await app.given.customer()
  expect(await statusAt(second.baseUrl, tokens.accessToken)).toBe(200)
  await inTransaction(app.db, async (tx) => {
    await tx.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', account.id).execute()
    await announceAccountChange(app.ctx, tx, account.id)
  })
  expect(await statusAt(app.baseUrl, tokens.accessToken)).toBe(401)
  await expect.poll(() => statusAt(second.baseUrl, tokens.accessToken), { timeout: 1000, interval: 20 }).toBe(401)
})

test('SE-7: an account disabled behind everybody’s back is refused within sixty seconds', async () => {
  const { account, tokens } = await app.given.customer()
  expect(await statusAt(app.baseUrl, tokens.accessToken)).toBe(200)
  await app.db.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', account.id).execute()
  app.clock.advance({ seconds: 60 })
  expect(await statusAt(app.baseUrl, tokens.accessToken)).toBe(401)
})

test('SE-7: a process that hears of no change asks each second', async () => {
  const deaf = await startSecondApp(app, { isHearing: false })
  const { account, tokens } = await app.given.customer()
  expect(await statusAt(deaf.baseUrl, tokens.accessToken)).toBe(200)
  await revokeAll(app, account.id)
  app.clock.advance({ seconds: 1 })
  expect(await statusAt(deaf.baseUrl, tokens.accessToken)).toBe(401)
})

test('SE-2: a revocation reaches a process by Redis alone', async () => {
  const second = await startSecondApp(app, { isListening: false })
  const { account, tokens } = await app.given.customer()
  await expect.poll(() => second.ctx.sessions.hears(), { timeout: 5000 }).toBe('redis')
  expect(await statusAt(second.baseUrl, tokens.accessToken)).toBe(200)
  await revokeAll(app, account.id)
  await expect.poll(() => statusAt(second.baseUrl, tokens.accessToken), { timeout: 1000, interval: 20 }).toBe(401)
})

test('F5: Redis emptied and stopped: sessions live, are refreshed, and a revocation reaches every process', async () => {
  const redis = await startOwnRedis()
  const alone = await startTestApp({ env: { REDIS_URL: redis.url } })
  const second = await startSecondApp(alone)
  const [one, other] = [await alone.given.customer(), await alone.given.customer()]
  expect(await statusAt(second.baseUrl, one.tokens.accessToken)).toBe(200)
  const client = createClient({ url: redis.url })
  await client.connect()
  await client.flushAll()
  client.destroy()
  expect(await statusAt(second.baseUrl, one.tokens.accessToken)).toBe(200)
  await redis.stop()
  for (const { baseUrl } of [alone, second]) expect(await statusAt(baseUrl, one.tokens.accessToken)).toBe(200)
  const refreshed = await alone.api.call(refreshTokens, { body: { refreshToken: one.tokens.refreshToken } })
  expect(await statusAt(second.baseUrl, refreshed.accessToken)).toBe(200)
  await revokeAll(alone, one.account.id)
  expect(await statusAt(alone.baseUrl, refreshed.accessToken)).toBe(401)
  await expect.poll(() => statusAt(second.baseUrl, refreshed.accessToken), { timeout: 1000, interval: 20 }).toBe(401)
  expect(await statusAt(second.baseUrl, other.tokens.accessToken)).toBe(200)
})
