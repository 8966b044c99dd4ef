import { getMe } from '@dhow/contracts/account.ts'
import * as auth from '@dhow/contracts/auth.ts'
import { describe, expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import type { TestApp, TestAppOptions } from '../../../../test/app.ts'
import { countBy } from '../../../../test/count-by.ts'
import { mailedToken, mailsTo } from '../../../../test/mailed.ts'
import { codeOf, problemOf } from '../../../../test/problems.ts'
import { rawJson } from '../../../../test/raw-request.ts'

// Cheap hashes: what is counted here does not depend on what one costs. Production refuses such settings.
const cheap = { ARGON2_MEMORY_KIB: '64', ARGON2_PASSES: '1', ARGON2_CONCURRENCY: '4', ARGON2_QUEUE_LIMIT: '1000' }
const start = ({ env, ...more }: TestAppOptions = {}) => startTestApp({ env: { ...cheap, ...env }, ...more })

const password = 'a lantern on the creek'
const wrong = 'a lantern on the beach'
const device = 'D'.repeat(22)
let number = 0

interface From {
  address?: string
  deviceId?: string
}
const headersFrom = ({ address = '203.0.113.9', deviceId }: From) => ({
  'x-forwarded-for': address,
  ...(deviceId ? { 'device-id': deviceId } : {}),
})

const login = (app: TestApp, email: string, typed: string, from: From = {}) =>
  app.api.call(auth.login, { body: { email, password: typed }, headers: headersFrom(from) })
const loginCode = (app: TestApp, email: string, typed: string, from: From = {}) =>
  codeOf(login(app, email, typed, from))

async function customer(app: TestApp): Promise<{ email: string; accountId: string }> {
  const email = `victim${(number += 1)}@example.com`
  const { account } = await app.given.customer({ email, password, phone: null })
  return { email, accountId: account.id }
}

async function failTimes(app: TestApp, email: string, times: number): Promise<void> {
  for (let tried = 0; tried < times; tried += 1) await loginCode(app, email, wrong)
}

const failuresOf = async ({ db }: TestApp, id: string): Promise<number> => {
  const row = await db.selectFrom('accounts').select('failureCount').where('id', '=', id).executeTakeFirstOrThrow()
  return row.failureCount
}

describe('one account', async () => {
  const app = await start()

  test('AU-7: after five wrong passwords the right one is refused for 1, then 2, then 4 seconds', async () => {
    const { email } = await customer(app)
    await failTimes(app, email, 5)
    for (const seconds of [1, 2, 4]) {
      expect(await loginCode(app, email, password)).toBe('auth/invalid-credentials')
      app.clock.advance({ seconds })
      expect(await loginCode(app, email, wrong)).toBe('auth/invalid-credentials')
    }
    app.clock.advance({ seconds: 8 })
    expect(await loginCode(app, email, password)).toBe('none')
  })

  test('AU-7: four wrong ones cost nothing, and a sign-in forgets them', async () => {
    const { email, accountId } = await customer(app)
    await failTimes(app, email, 4)
    expect(await loginCode(app, email, password)).toBe('none')
    expect(await failuresOf(app, accountId)).toBe(0)
  })

  test('AU-7: an account never waits longer than fifteen minutes, however often it failed', async () => {
    const { email, accountId } = await customer(app)
    const change = { failureCount: 60, lastFailureAt: app.clock.now() }
    await app.db.updateTable('accounts').set(change).where('id', '=', accountId).execute()
    app.clock.advance({ minutes: 14, seconds: 59 })
    expect(await loginCode(app, email, password)).toBe('auth/invalid-credentials')
    app.clock.advance({ seconds: 1 })
    expect(await loginCode(app, email, password)).toBe('none')
  })

  test('AU-7: of fifty wrong passwords at once five are tried', async () => {
    const { email, accountId } = await customer(app)
    const codes = await Promise.all(Array.from({ length: 50 }, () => loginCode(app, email, wrong)))
    expect(countBy(codes, String)).toEqual({ 'auth/invalid-credentials': 50 })
    expect(await failuresOf(app, accountId)).toBe(5)
  })

  test('AU-7: after a hundred in a row the password must be set anew, and its owner is told', async () => {
    const { email, accountId } = await customer(app)
    const change = { failureCount: 99, lastFailureAt: app.clock.now() }
    await app.db.updateTable('accounts').set(change).where('id', '=', accountId).execute()
    app.clock.advance({ minutes: 15 })
    await failTimes(app, email, 1)
    app.clock.advance({ days: 30 })
    expect(await loginCode(app, email, password)).toBe('auth/invalid-credentials')
    expect((await mailsTo(app, email)).map((mail) => mail.subject)).toEqual(['Your password must be set anew'])
    await app.api.call(auth.forgetPassword, { body: { email } })
    const token = await mailedToken(app, email, 'reset')
    await app.api.call(auth.resetPassword, { body: { token, password: 'another lantern, lit' } })
    expect(await loginCode(app, email, 'another lantern, lit')).toBe('none')
  })

  test('AU-7: a known device that keeps guessing is treated as a strange one', async () => {
    const { email } = await customer(app)
    const known = { deviceId: device }
    await login(app, email, password, known)
    for (let tried = 0; tried < 10; tried += 1) await loginCode(app, email, wrong, known)
    await failTimes(app, email, 5)
    expect(await loginCode(app, email, password, known)).toBe('auth/invalid-credentials')
    app.clock.advance({ minutes: 15 })
    expect(await loginCode(app, email, password, known)).toBe('none')
  })

  test('AU-8: wrong, locked, unknown and disabled are answered with the same status, body and headers', async () => {
    const victim = await customer(app)
    const shutOut = await customer(app)
    await failTimes(app, victim.email, 5)
    await app.db.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', shutOut.accountId).execute()
    const fresh = await customer(app)
    const tries = [
      [fresh.email, wrong],
      [victim.email, password],
      ['nobody@example.com', password],
      [shutOut.email, password],
    ]
    const answers = await Promise.all(
      tries.map(([email, typed]) =>
        rawJson(`${app.baseUrl}/api/v1/auth/login`, 'POST', { email, password: typed }, headersFrom({})),
      ),
    )
    const shown = answers.map(({ status, headers, body }) => ({
      status,
      headers: [...headers]
        .filter(([name]) => !['date', 'x-request-id', 'ratelimit'].includes(name))
        .toSorted(([one], [other]) => one.localeCompare(other)),
      body: { ...(typeof body === 'object' ? body : {}), requestId: '' },
    }))
    expect(shown[0]).toMatchObject({ status: 401, body: { code: 'auth/invalid-credentials' } })
    for (const answer of shown) expect(answer).toEqual(shown[0])
  })

  test('every refusal is in the audit log with its reason, and no address is', async () => {
    const { email, accountId } = await customer(app)
    await failTimes(app, email, 6)
    const rows = await app.db
      .selectFrom('auditEvents')
      .select(['action', 'reason', 'result', 'details'])
      .where('objectId', '=', accountId)
      .where('action', '=', 'auth.sign-in-refused')
      .execute()
    expect(countBy(rows, (row) => row.reason ?? '')).toEqual({ wrong: 5, locked: 1 })
    expect(JSON.stringify(rows)).not.toContain(email)
  })
})

test('AU-7: a network is refused after thirty wrong passwords in ten minutes, known addresses or not, and right ones do not count', async () => {
  const app = await start({ env: { RATE_LIMIT_SIGN_IN_FAILURES_PER_10_MINUTES: '30' } })
  const { email } = await customer(app)
  const neighbour = (index: number) => ({ address: `198.51.100.${index + 1}` })
  for (let index = 0; index < 10; index += 1)
    expect(await loginCode(app, email, password, neighbour(index))).toBe('none')
  for (let index = 0; index < 30; index += 1)
    expect(await loginCode(app, `nobody${index}@example.com`, wrong, neighbour(index))).toBe('auth/invalid-credentials')
  const refused = await Promise.all([
    problemOf(login(app, email, password, neighbour(99))),
    problemOf(login(app, 'nobody@example.com', password, neighbour(99))),
  ])
  for (const problem of refused)
    expect(problem).toMatchObject({ code: 'request/rate-limited', document: { retryAfterSeconds: 600 } })
  expect(await loginCode(app, email, password, { address: '198.51.101.1' })).toBe('none')
  app.clock.advance({ minutes: 10 })
  expect(await loginCode(app, email, password, neighbour(99))).toBe('none')
})

const addresses = Array.from({ length: 50 }, (_, index) => `100.64.${index}.7`)

test('AU-10: a thousand wrong passwords from fifty addresses do not keep the owner out of a device they know', async () => {
  const app = await start()
  const { email, accountId } = await customer(app)
  const known = { deviceId: device, address: '198.51.100.20' }
  await login(app, email, password, known)
  for (let round = 0; round < 20; round += 1)
    await Promise.all(addresses.map((address) => loginCode(app, email, wrong, { address })))
  expect(await failuresOf(app, accountId)).toBe(5)
  expect(await loginCode(app, email, password, { address: '198.51.100.21' })).toBe('auth/invalid-credentials')
  const result = await login(app, email, password, known)
  if (result.kind !== 'signed-in') throw new Error('not signed in')
  const { accessToken } = result.tokens
  expect(await app.api.call(getMe, { accessToken })).toMatchObject({ email })
}, 180_000)

test('AU-10: credential stuffing from fifty addresses finds the accounts whose passwords leaked, and no more than its allowance of tries', async () => {
  const app = await start({ env: { RATE_LIMIT_SIGN_IN_FAILURES_PER_10_MINUTES: '30' } })
  const victims: { email: string; accountId: string }[] = []
  for (let made = 0; made < 10; made += 1) victims.push(await customer(app))
  // Two addresses share a network each, so the thirtieth try is the fifteenth of an address.
  const pairs = addresses.map((_, index) => `100.65.${index >> 1}.${index}`)
  const leaked = Array.from({ length: 18 }, (_, index) => ({
    email: victims[index]?.email ?? `leaked${index}@example.com`,
    typed: index === 0 ? password : wrong,
  }))
  const codes: string[] = []
  for (const { email, typed } of leaked)
    codes.push(...(await Promise.all(pairs.map((address) => loginCode(app, email, typed, { address })))))
  const count = countBy(codes, String)
  expect(count['none']).toBeGreaterThan(0)
  expect(count['auth/invalid-credentials']).toBeLessThanOrEqual(25 * 30)
  expect(count['request/rate-limited']).toBeGreaterThan(0)
  for (const { accountId } of victims.slice(1)) expect(await failuresOf(app, accountId)).toBe(5)
}, 180_000)

test('F5: without Redis, and after it has lost its memory, accounts and networks stay locked', async () => {
  const app = await start({ env: { RATE_LIMIT_SIGN_IN_FAILURES_PER_10_MINUTES: '30' } })
  const { email } = await customer(app)
  await failTimes(app, email, 5)
  for (let index = 0; index < 25; index += 1)
    await loginCode(app, `nobody${index}@example.com`, wrong, { address: `203.0.113.${index}` })
  await app.ctx.redis?.flushDb()
  expect(await loginCode(app, email, password, { address: '198.51.100.1' })).toBe('auth/invalid-credentials')
  expect(await loginCode(app, email, password)).toBe('request/rate-limited')
  app.ctx.redis?.destroy()
  expect(await loginCode(app, email, password, { address: '198.51.100.1' })).toBe('auth/invalid-credentials')
  expect(await loginCode(app, email, password)).toBe('request/rate-limited')
  app.clock.advance({ minutes: 10 })
  expect(await loginCode(app, email, password)).toBe('none')
})
