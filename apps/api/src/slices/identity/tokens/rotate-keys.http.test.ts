import { execFile } from 'node:child_process'
import path from 'node:path'
import { promisify } from 'node:util'
import { listSessions } from '@dhow/contracts/account-security.ts'
import { refreshTokens } from '@dhow/contracts/auth.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import { createApiClient } from '@dhow/api-client/api-client.ts'
import { createLocalJWKSet, jwtVerify } from 'jose'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import type { TestApp } from '../../../../test/app.ts'
import { rawRequest } from '../../../../test/raw-request.ts'
import { startSecondApp } from '../../../../test/second-app.ts'
import { rotateKeys } from './rotate-keys.ts'

const kidOf = (token: string): string => JSON.parse(Buffer.from(token.split('.')[0] ?? '', 'base64url').toString()).kid

async function keySet(baseUrl: string) {
  const { body, headers, status } = await rawRequest(`${baseUrl}/.well-known/jwks.json`)
  return { status, headers, keys: JSON.parse(JSON.stringify(body)).keys }
}

const MINUTE = 60_000

/** One device that goes on using its session, by whichever process answers, and refreshes in time. */
function startTraffic(app: TestApp, baseUrls: readonly string[], first: Tokens) {
  const clients = baseUrls.map((baseUrl) => createApiClient({ baseUrl }))
  const state = { done: 0, isOver: false, kids: new Set<string>(), failures: [] as unknown[] }
  let tokens = first
  async function useOnce(): Promise<void> {
    const api = clients[state.done % clients.length]
    if (!api) throw new Error('there is nobody to ask')
    if (Date.parse(tokens.accessExpiresAt) - app.clock.now().getTime() < MINUTE)
      tokens = await api.call(refreshTokens, { body: { refreshToken: tokens.refreshToken } })
    state.kids.add(kidOf(tokens.accessToken))
    await api.call(listSessions, { accessToken: tokens.accessToken })
  }
  const running = (async () => {
    while (!state.isOver) {
      await useOnce().catch((error: unknown) => state.failures.push(error))
      state.done += 1
    }
  })()
  return {
    state,
    /** Until everybody has been answered twice since. */
    async settle(): Promise<void> {
      const target = state.done + 2
      await expect.poll(() => state.done >= target, { timeout: 20_000, interval: 5 }).toBe(true)
    },
    async stop(): Promise<void> {
      state.isOver = true
      await running
    },
  }
}

test('SE-9: keys rotate under load over two processes, and no request fails', async () => {
  const app = await startTestApp()
  const second = await startSecondApp(app)
  const devices = await Promise.all(
    Array.from({ length: 4 }, async () => {
      const { tokens } = await app.given.customer()
      return startTraffic(app, [app.baseUrl, second.baseUrl], tokens)
    }),
  )
  const [oldKey] = (await keySet(app.baseUrl)).keys
  const seen: number[] = []
  for (let halfMinute = 0; halfMinute < 50; halfMinute += 1) {
    if (halfMinute === 3) await rotateKeys(app.ctx)
    app.clock.advance({ seconds: 30 })
    await Promise.all(devices.map((device) => device.settle()))
    seen.push((await keySet(second.baseUrl)).keys.length)
  }
  await Promise.all(devices.map((device) => device.stop()))
  expect(devices.flatMap((device) => device.state.failures)).toEqual([])
  const left = (await keySet(second.baseUrl)).keys
  expect(left.map((key: { kid: string }) => key.kid)).not.toContain(oldKey.kid)
  for (const { state } of devices) expect([...state.kids]).toEqual([oldKey.kid, left[0].kid])
  expect(new Set(seen)).toEqual(new Set([1, 2]))
})

test('SE-9: the set of keys shows public halves only, may be kept for five minutes, and verifies our tokens', async () => {
  const app = await startTestApp()
  const { tokens } = await app.given.customer()
  const { status, headers, keys } = await keySet(app.baseUrl)
  expect([status, headers.get('cache-control')]).toEqual([200, 'public, max-age=300'])
  expect(headers.get('content-type')).toMatch(/^application\/jwk-set\+json/)
  expect(keys.map((key: object) => Object.keys(key).toSorted())).toEqual([['alg', 'crv', 'kid', 'kty', 'use', 'x']])
  const options = { currentDate: app.clock.now(), audience: 'shop-api' }
  const { payload } = await jwtVerify(tokens.accessToken, createLocalJWKSet({ keys }), options)
  expect(payload['sid']).toBe(tokens.sessionId)
})

test('SE-9: a new key is published ten minutes before it signs, and the old one believed until its last token has expired', async () => {
  const app = await startTestApp()
  const signer = async () => (await app.ctx.keyring.signer()).kid
  const old = await signer()
  const rotation = await rotateKeys(app.ctx)
  expect((await keySet(app.baseUrl)).keys).toHaveLength(2)
  expect(await rotateKeys(app.ctx)).toMatchObject({ kid: rotation.kid, isNew: false })
  app.clock.advance({ minutes: 9, seconds: 59 })
  expect(await signer()).toBe(old)
  app.clock.advance({ seconds: 1 })
  expect(await signer()).toBe(rotation.kid)
  app.clock.advance({ minutes: 10, seconds: 29 })
  expect(await app.ctx.keyring.verifier(old)).toBeDefined()
  app.clock.advance({ seconds: 1 })
  expect(await app.ctx.keyring.verifier(old)).toBeUndefined()
})

test('SE-9: a leaked key is worth nothing at once, and everybody only has to refresh', async () => {
  const app = await startTestApp()
  const second = await startSecondApp(app)
  const { tokens } = await app.given.customer()
  const use = (accessToken: string) =>
    rawRequest(`${second.baseUrl}/api/v1/auth/sessions`, { headers: { authorization: `Bearer ${accessToken}` } })
  expect((await use(tokens.accessToken)).status).toBe(200)
  await rotateKeys(app.ctx, { isUrgent: true })
  await expect.poll(async () => (await use(tokens.accessToken)).status, { timeout: 1000, interval: 20 }).toBe(401)
  const { accessToken } = await app.api.call(refreshTokens, { body: { refreshToken: tokens.refreshToken } })
  expect((await use(accessToken)).status).toBe(200)
})

test('SE-9: many processes that start at once make one first key', async () => {
  const app = await startTestApp()
  const others = await Promise.all(Array.from({ length: 5 }, () => startSecondApp(app)))
  const kids = await Promise.all([app, ...others].map(async ({ ctx }) => (await ctx.keyring.signer()).kid))
  expect(new Set(kids).size).toBe(1)
  expect(await app.db.selectFrom('signingKeys').select('kid').execute()).toHaveLength(1)
})

test('SE-9: a key nobody told of is found at once, but looked for once a second at most', async () => {
  const app = await startTestApp()
  const deaf = await startSecondApp(app, { isHearing: false })
  await deaf.ctx.keyring.signer()
  const { kid } = await rotateKeys(app.ctx)
  expect(await deaf.ctx.keyring.verifier(kid)).toBeUndefined()
  app.clock.advance({ seconds: 1 })
  expect(await deaf.ctx.keyring.verifier('nobody’s')).toBeUndefined()
  expect(await deaf.ctx.keyring.verifier(kid)).toBeDefined()
})

test('SE-9: private halves are sealed in the database', async () => {
  const app = await startTestApp()
  const { kid, privateKey } = await app.ctx.keyring.signer()
  const row = await app.db.selectFrom('signingKeys').selectAll().where('kid', '=', kid).executeTakeFirstOrThrow()
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).subarray(-32)
  expect(row.privateSealed.includes(secret)).toBe(false)
  expect(Object.keys(row.publicJwk)).not.toContain('d')
})

test('SE-9: npm run keys:rotate publishes a key, says when it signs, and is in the audit log', async () => {
  const app = await startTestApp({ now: '2026-01-06T08:00:00.000Z' }) // the command has the real clock
  await app.ctx.keyring.signer()
  const entry = path.resolve(import.meta.dirname, '../../../keys.ts')
  const { stdout } = await promisify(execFile)(process.execPath, [entry], { env: { ...process.env, ...app.env } })
  const [, kid] = /^key (\S+) is published; it signs from \S+Z, older ones end at \S+Z\n$/.exec(stdout) ?? []
  const keys = await app.db.selectFrom('signingKeys').select(['kid', 'retiresAt']).orderBy('createdAt').execute()
  expect(keys.map((key) => key.kid)).toContain(kid)
  expect(keys.filter((key) => key.retiresAt === null)).toHaveLength(1)
  const audited = await app.db.selectFrom('auditEvents').select(['action', 'objectId', 'actorKind']).execute()
  expect(audited).toEqual([{ action: 'auth.key-rotated', objectId: kid, actorKind: 'system' }])
})
