import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import path from 'node:path'
import { requestConfirmationCode } from '@dhow/contracts/account-security.ts'
import { describe, expect, onTestFinished, test } from 'vitest'
import { startRedis } from '../../../../../../scripts/embedded/embedded-redis.ts'
import { startTestApp } from '../../../../test/app.ts'
import type { TestApp } from '../../../../test/app.ts'
import { countBy } from '../../../../test/count-by.ts'
import { askerOf, freshPhone } from '../../../../test/one-time-codes.ts'
import { codeOf, problemOf } from '../../../../test/problems.ts'

/** As in .env.example: what a shop runs with that sets nothing. */
const OTP_LIMITS =
  'phone 1/60 3/900 6/86400; account 6/86400; ip 5/900 20/86400; network 30/3600; device 5/3600; prefix 10/3600; country 50/3600; country:AE 2000/3600'
const nowhere = 'redis://127.0.0.1:1'

const start = (env: Record<string, string> = {}) => startTestApp({ env: { OTP_LIMITS, ...env } })

const shop = await start()

interface Ask {
  phone: string
  ip: string
  device: string
}

let made = 0
/** Somebody who has nothing in common with anybody before. */
function stranger(): Ask {
  made += 1
  return { phone: freshPhone(), ip: `10.${made >> 8}.${made & 255}.7`, device: `device-${made}` }
}

const ask = (app: TestApp, { phone, ip, device }: Ask) => askerOf(app, { ip, device }).ask(phone)

/** Fifty at once who share something; what they are told. */
async function flood(app: TestApp, shared: (index: number) => Partial<Ask>, size = 50) {
  const asks = Array.from({ length: size }, (_, index) => ({ ...stranger(), ...shared(index) }))
  const codes = await Promise.all(asks.map((one) => codeOf(ask(app, one))))
  return countBy(codes, (code) => code)
}

/** A Redis this test may stop. */
async function startOwnRedis() {
  const directory = mkdtempSync(path.join(tmpdir(), 'dhow-limits-'))
  const redis = await startRedis({ port: 0, logFile: path.join(directory, 'redis.log') })
  if (redis.kind !== 'server') throw new Error(redis.reason)
  onTestFinished(async () => {
    await redis.stop()
    rmSync(directory, { recursive: true, force: true })
  })
  return redis
}

/** Numbers of one prefix. */
const neighbour = (index: number): string => `+97155765${String(1_000 + index)}`
const saudi = (index: number): string => `+9665${String(10_000_000 + index * 10_000)}`

const shared: [string, number, (index: number) => Partial<Ask>][] = [
  ['address', 5, () => ({ ip: '192.0.2.1' })],
  ['network of 256 addresses', 30, (index) => ({ ip: `192.0.2.${index + 1}` })],
  ['IPv6 network of a subscriber', 5, (index) => ({ ip: `2001:db8:1:200::${index + 1}` })],
  ['device', 5, () => ({ device: 'one-device' })],
  ['prefix', 10, (index) => ({ phone: neighbour(index) })],
  ['foreign country', 50, (index) => ({ phone: saudi(index) })],
  ['number', 1, () => ({ phone: '+971501234567' })],
]

describe.each([
  ['with Redis', {}],
  ['without Redis', { REDIS_URL: nowhere }],
])('OT-3: %s', (_where, env) => {
  test.each(shared)(
    'OT-3: of sixty at once from one %s, %i are sent a code, and the provider is asked as often',
    async (_name, most, share) => {
      const app = await start({ ...env, OTP_COUNTRIES: 'AE,SA' })
      const told = await flood(app, share, 60)
      // Whoever waits too long for the one who is being counted is sent away unserved: closed, not open.
      const { none, 'request/rate-limited': limited = 0, 'service/unavailable': turnedAway = 0, ...others } = told
      expect({ none, refused: limited + turnedAway, others }).toEqual({ none: most, refused: 60 - most, others: {} })
      expect(app.sandbox.control.countTexts()).toBe(most)
      expect(app.sandbox.control.calls()['POST /v2/Services/{service}/Verifications']).toBe(most)
    },
  )

  test('OT-3: a number is sent one code a minute, three in a quarter of an hour, six a day', async () => {
    const app = await start(env)
    const { phone } = stranger()
    const again = () => ask(app, { ...stranger(), phone })
    const waits: unknown[] = []
    const refused = async () => waits.push((await problemOf(again())).document['retryAfterSeconds'])
    await again()
    await refused()
    for (const minutes of [2, 2]) {
      app.clock.advance({ minutes })
      await again()
    }
    app.clock.advance({ minutes: 2 })
    await refused() // the first of three is six minutes old
    for (const minutes of [9, 2, 2]) {
      app.clock.advance({ minutes })
      await again()
    }
    app.clock.advance({ minutes: 60 })
    await refused() // six within a day: the first is 79 minutes old
    expect(waits).toEqual([60, 9 * 60, 86_400 - 79 * 60])
    expect(app.sandbox.control.countTexts(phone)).toBe(6)
  })
})

test('OT-3: an account is sent six codes a day, whatever the address', async () => {
  const app = await start({ OTP_LIMITS: 'account 6/86400' })
  const { tokens } = await app.given.customer({ phone: freshPhone() })
  const { accessToken } = tokens
  const told = await Promise.all(
    Array.from({ length: 20 }, () =>
      codeOf(askerOf(app, stranger()).api.call(requestConfirmationCode, { accessToken })),
    ),
  )
  expect(countBy(told, (code) => code)).toEqual({ none: 6, 'request/rate-limited': 14 })
})

test('OT-3: a refusal says when to come back, and is written down once a minute', async () => {
  const app = await start()
  const somebody = stranger()
  await ask(app, somebody)
  for (let tries = 0; tries < 5; tries += 1) {
    const problem = await problemOf(ask(app, somebody))
    expect(problem.document).toMatchObject({
      status: 429,
      retryAfterSeconds: 60,
      alternatives: ['password', 'passkey'],
    })
  }
  const hits = () =>
    app.db.selectFrom('auditEvents').select('objectId').where('action', '=', 'auth.limit-hit').execute()
  expect(await hits()).toEqual([{ objectId: 'otp-phone' }])
  app.clock.advance({ seconds: 61 })
  await ask(app, somebody)
  await problemOf(ask(app, somebody))
  expect(await hits()).toHaveLength(2)
})

describe('F5: Redis', () => {
  test('F5: flushed, lets no burst of codes through', async () => {
    const app = await start()
    expect(await flood(app, () => ({ ip: '192.0.2.1' }))).toMatchObject({ none: 5 })
    await app.ctx.redis?.flushDb()
    expect(await flood(app, () => ({ ip: '192.0.2.1' }))).toEqual({ 'request/rate-limited': 50 })
    expect(app.sandbox.control.countTexts()).toBe(5)
  })

  test('F5: stopped in between, lets nobody begin anew', async () => {
    const redis = await startOwnRedis()
    const app = await start({ REDIS_URL: redis.url })
    expect(await flood(app, () => ({ ip: '192.0.2.1' }), 20)).toMatchObject({ none: 5 })
    await redis.stop()
    expect(await flood(app, () => ({ ip: '192.0.2.1' }), 20)).toEqual({ 'request/rate-limited': 20 })
    expect(await askerOf(app, stranger()).signIn(freshPhone())).toMatchObject({ kind: 'signed-in' })
  })

  test('F5: away from the start, is not missed: codes are sent, limits hold', async () => {
    const app = await start({ REDIS_URL: nowhere })
    const { phone } = stranger()
    expect(await askerOf(app, stranger()).signIn(phone)).toMatchObject({ kind: 'signed-in' })
    expect(await flood(app, () => ({ ip: '192.0.2.1' }), 20)).toMatchObject({ none: 5 })
  })

  test('a message the provider was not asked for does not count in Redis either', async () => {
    const app = await start({ OTP_LIMITS: 'ip 2/900', OTP_BUDGET_HOUR_FILS: '40' })
    const ip = '192.0.2.1'
    expect(await codeOf(ask(app, { ...stranger(), ip }))).toBe('none')
    for (let tries = 0; tries < 5; tries += 1)
      expect(await codeOf(ask(app, { ...stranger(), ip }))).toBe('auth/codes-unavailable')
  })
})

describe('OT-4: numbers no code is sent to', () => {
  test.each([
    ['satellite', '+881612345678'],
    ['a personal number', '+447012345678'],
    ['a landline', '+97143456789'],
    ['a landline as people write it', '04 345 6789'],
    ['premium', '+971900123456'],
    ['shared cost', '+971600512345'],
    ['toll free', '8001234567'],
    ['an unassigned range', '+971511234567'],
    ['a country the shop does not send to', '+966512345678'],
  ])('OT-4: %s (%s) is 422 before anybody is asked', async (_what, phone) => {
    const problem = await problemOf(askerOf(shop).ask(phone))
    expect(problem).toMatchObject({ status: 422, code: 'auth/phone-not-accepted' })
    expect(shop.sandbox.control.calls()).toEqual({})
  })

  test('OT-4: a country that is switched on is sent to', async () => {
    const app = await start({ OTP_COUNTRIES: 'AE,SA' })
    expect(await codeOf(ask(app, { ...stranger(), phone: '+966512345678' }))).toBe('none')
  })
})
