import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { TestApp } from '../../../test/app.ts'
import { rawJson } from '../../../test/raw-request.ts'
import { anonymous } from '../../platform/auth/actor.ts'
import type { Audience } from '../../platform/auth/actor.ts'
import { networkOf } from '../../platform/auth/client.ts'
import type { ClientFacts, Place } from '../../platform/auth/client.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { recordAudit } from '../audit/audit.ts'
import { createAccount, openSession } from '../identity/identity.ts'
import { refreshSession } from '../identity/tokens/refresh.ts'

const places = {
  dubai: { country: 'AE', city: 'Dubai', latitude: 25.2048, longitude: 55.2708 },
  london: { country: 'GB', city: 'London', latitude: 51.5072, longitude: -0.1276 },
} satisfies Record<string, Place>

const clientAt = (ip: string, more: Partial<ClientFacts> = {}): ClientFacts => ({
  ip,
  network: networkOf(ip),
  deviceId: 'A'.repeat(22),
  userAgent: 'Mozilla/5.0',
  place: places.dubai,
  requestId: 'request-1',
  ...more,
})

async function refuse(app: TestApp, client: ClientFacts, times: number): Promise<void> {
  for (let time = 0; time < times; time += 1)
    await recordAudit(app.ctx, app.db, {
      action: 'auth.sign-in-refused',
      result: 'refused',
      actor: anonymous,
      client,
      object: { type: 'account', id: null },
      reason: 'unknown',
    })
}

const accountOf = async (app: TestApp, kind: 'customer' | 'staff') => {
  const email = `${kind}-${Math.random()}@example.com`
  const account = await createAccount(app.ctx, app.db, { kind, status: 'active', locale: 'en', email })
  if (!account) throw new Error('no account')
  return account.id
}

const signIn = (app: TestApp, accountId: string, audience: Audience, client: ClientFacts) =>
  inTransaction(app.db, (tx) =>
    openSession(app.ctx, tx, { accountId, audience, client, amr: ['pwd'], secondFactorAt: app.clock.now() }),
  )

const alertsOf = (app: TestApp, rule: string) =>
  app.db.selectFrom('securityAlerts').selectAll().where('rule', '=', rule).orderBy('firstSeenAt').execute()

const mailsAbout = async (app: TestApp) =>
  app.db.selectFrom('accountMessages').select('id').where('kind', '=', 'security-alert').execute()

const isLive = async (app: TestApp, sessionId: string) => {
  const row = await app.db.selectFrom('sessions').select('revokedAt').where('id', '=', sessionId).executeTakeFirst()
  return row?.revokedAt === null
}

test('TR-1: more than twenty accounts tried from one network slow that network down, and page once', async () => {
  const app = await startTestApp()
  await refuse(app, clientAt('198.51.100.7'), 21)
  await refuse(app, clientAt('203.0.113.9'), 5)
  await app.worker.runTask('threats.evaluate')
  await app.worker.runTask('threats.evaluate')
  const alerts = await alertsOf(app, 'TR-1')
  expect(alerts).toMatchObject([
    { subject: 'network:198.51.100.0/24', severity: 'page', state: 'open', actions: ['slow-sign-in'] },
  ])
  expect(await mailsAbout(app)).toHaveLength(1)
  expect(app.logs).toContainEqual(expect.objectContaining({ alert: 'security-rule', rule: 'TR-1' }))
  const measures = await app.db.selectFrom('securityMeasures').select('subject').execute()
  expect(measures).toEqual([{ subject: 'network:198.51.100.0/24' }])
})

test('TR-1: failures from everywhere are one alert about everyone', async () => {
  const app = await startTestApp({ env: { THREAT_THRESHOLDS: '{"TR-1":{"failures":30}}' } })
  for (let network = 0; network < 11; network += 1) await refuse(app, clientAt(`10.0.${network}.1`), 3)
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-1')).toMatchObject([{ subject: 'everyone' }])
})

test('TR-1: an ordinary day with some forgotten passwords raises nothing', async () => {
  const app = await startTestApp()
  const account = await accountOf(app, 'customer')
  for (let number = 0; number < 30; number += 1) {
    const client = clientAt(`10.1.${number}.1`)
    await refuse(app, client, number % 3)
    await signIn(app, account, 'shop-api', client)
    app.clock.advance({ minutes: 3 })
  }
  await app.worker.runTask('threats.evaluate')
  expect(await app.db.selectFrom('securityAlerts').select('rule').execute()).toEqual([])
})

test('TR-1: a slowed network has one try in ten seconds, though its password is right; others are not concerned', async () => {
  const app = await startTestApp({ env: { TRUST_PROXY: 'loopback' } })
  const password = 'low tide at the old harbour'
  const email = 'tr1@example.com'
  await app.given.customer({ email, password })
  await refuse(app, clientAt('198.51.100.7'), 21)
  await app.worker.runTask('threats.evaluate')
  const tryFrom = async (ip: string) =>
    (await rawJson(`${app.baseUrl}/api/v1/auth/login`, 'POST', { email, password }, { 'x-forwarded-for': ip })).status
  expect(await tryFrom('198.51.100.9')).toBe(200)
  expect(await tryFrom('198.51.100.10')).toBe(401)
  expect(await tryFrom('203.0.113.1')).toBe(200)
  app.clock.advance({ seconds: 11 })
  expect(await tryFrom('198.51.100.10')).toBe(200)
})

test('TR-2: who gets in from a stuffing network on a new device is signed out again', async () => {
  const app = await startTestApp()
  const attacker = clientAt('198.51.100.7', { deviceId: 'B'.repeat(22) })
  await refuse(app, attacker, 25)
  await app.worker.runTask('threats.evaluate')
  const account = await accountOf(app, 'customer')
  const { sessionId } = await signIn(app, account, 'shop-api', attacker)
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-2')).toMatchObject([{ subject: `account:${account}`, actions: ['session-ended'] }])
  expect(await isLive(app, sessionId)).toBe(false)
})

test('TR-4: codes that have cost four fifths of the hour’s budget page somebody, once an hour', async () => {
  const app = await startTestApp()
  const { OTP_BUDGET_HOUR_FILS: budget } = app.ctx.config
  const spend = (share: number) =>
    app.db
      .insertInto('otpSends')
      .values({
        challengeId: newId(),
        country: 'AE',
        prefixIndex: Buffer.alloc(32),
        phoneIndex: Buffer.alloc(32),
        ipIndex: Buffer.alloc(32),
        networkIndex: Buffer.alloc(32),
        deviceIndex: null,
        accountId: null,
        costFils: Math.ceil(budget * share),
        at: app.clock.now(),
        verifiedAt: null,
      })
      .execute()
  await spend(0.79)
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-4')).toEqual([])
  await spend(0.02)
  await app.worker.runTask('threats.evaluate')
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-4')).toMatchObject([{ subject: 'budget', severity: 'page', count: 1 }])
  expect(await mailsAbout(app)).toHaveLength(1)
})

test('TR-4: a number range shut because its codes are never typed is an alert', async () => {
  const app = await startTestApp()
  const blockedUntil = new Date(app.clock.now().getTime() + 3_600_000)
  await app.db.insertInto('otpBlocks').values({ subject: 'prefix:00', reason: 'conversion', blockedUntil }).execute()
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-4')).toMatchObject([{ subject: 'conversion', evidence: { blocks: 1 } }])
})

test('TR-5: a staff member in Dubai and, an hour later, in London is signed out everywhere', async () => {
  const app = await startTestApp()
  const account = await accountOf(app, 'staff')
  const first = await signIn(app, account, 'admin-api', clientAt('5.1.1.1'))
  app.clock.advance({ minutes: 60 })
  const second = await signIn(app, account, 'admin-api', clientAt('5.2.2.2', { place: places.london }))
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-5')).toMatchObject([{ severity: 'page', actions: ['sessions-ended'] }])
  expect([await isLive(app, first.sessionId), await isLive(app, second.sessionId)]).toEqual([false, false])
})

test('TR-5: a customer on a new device far away must confirm again; on a known one, or after a flight, nothing happens', async () => {
  const app = await startTestApp()
  const hasty = await accountOf(app, 'customer')
  const flier = await accountOf(app, 'customer')
  const known = await accountOf(app, 'customer')
  for (const account of [hasty, flier, known]) await signIn(app, account, 'shop-api', clientAt('5.1.1.1'))
  app.clock.advance({ minutes: 60 })
  const away = clientAt('5.2.2.2', { place: places.london })
  const { sessionId } = await signIn(app, hasty, 'shop-api', { ...away, deviceId: 'C'.repeat(22) })
  await signIn(app, known, 'shop-api', away)
  await app.worker.runTask('threats.evaluate')
  app.clock.advance({ minutes: 7 * 60 })
  await signIn(app, flier, 'shop-api', { ...away, deviceId: 'D'.repeat(22) })
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-5')).toMatchObject([{ subject: `account:${hasty}`, actions: ['confirm-again'] }])
  expect(await isLive(app, sessionId)).toBe(true)
  const session = await app.db
    .selectFrom('sessions')
    .select('authenticatedAt')
    .where('id', '=', sessionId)
    .executeTakeFirst()
  expect(session?.authenticatedAt.getTime()).toBe(0)
})

test('TR-6: a change of who may do what is told to the security list each time it happens', async () => {
  const app = await startTestApp({ env: { SECURITY_EMAILS: 'one@example.com,two@example.com' } })
  const change = () =>
    recordAudit(app.ctx, app.db, {
      action: 'staff.roles-changed',
      result: 'ok',
      actor: 'system',
      object: { type: 'account', id: null },
    })
  await change()
  await app.worker.runTask('threats.evaluate')
  await app.worker.runTask('threats.evaluate')
  expect(await mailsAbout(app)).toHaveLength(2)
  await change()
  await app.worker.runTask('threats.evaluate')
  expect(await mailsAbout(app)).toHaveLength(4)
  expect(await alertsOf(app, 'TR-6')).toHaveLength(1)
})

test('TR-9: one refresh token of staff used twice is an alert, of customers as many as configured', async () => {
  const app = await startTestApp({ env: { THREAT_THRESHOLDS: '{"TR-9":{"customers":3}}' } })
  const steal = async (audience: Audience, accountId: string) => {
    const { refreshToken } = await signIn(app, accountId, audience, clientAt('5.1.1.1'))
    for (const requestId of ['owner', 'thief'])
      await refreshSession(app.ctx, { refreshToken, audience, client: clientAt('5.1.1.1', { requestId }) }).catch(
        () => undefined,
      )
  }
  const customer = await accountOf(app, 'customer')
  for (let number = 0; number < 2; number += 1) await steal('shop-api', customer)
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-9')).toEqual([])
  await steal('shop-api', customer)
  await steal('admin-api', await accountOf(app, 'staff'))
  await app.worker.runTask('threats.evaluate')
  expect((await alertsOf(app, 'TR-9')).map((alert) => alert.subject).toSorted()).toEqual(['customer', 'staff'])
})

test('TR-16: a staff member on a new device or in a new country is told of; the first sign-in of all is not', async () => {
  const app = await startTestApp()
  const account = await accountOf(app, 'staff')
  await signIn(app, account, 'admin-api', clientAt('5.1.1.1'))
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-16')).toEqual([])
  app.clock.advance({ minutes: 600 })
  await signIn(app, account, 'admin-api', clientAt('5.1.1.1', { deviceId: 'E'.repeat(22) }))
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-16')).toMatchObject([{ subject: `account:${account}`, severity: 'warning' }])
})

test('two workers that look at once raise one alert', async () => {
  const app = await startTestApp()
  await refuse(app, clientAt('198.51.100.7'), 21)
  await Promise.all([app.worker.runTask('threats.evaluate'), app.worker.runTask('threats.evaluate')])
  expect(await alertsOf(app, 'TR-1')).toHaveLength(1)
  expect(await mailsAbout(app)).toHaveLength(1)
})

test('a resolved alert comes back only with a new sign', async () => {
  const app = await startTestApp()
  await refuse(app, clientAt('198.51.100.7'), 21)
  await app.worker.runTask('threats.evaluate')
  await app.db.updateTable('securityAlerts').set({ state: 'resolved' }).execute()
  await app.worker.runTask('threats.evaluate')
  expect(await alertsOf(app, 'TR-1')).toHaveLength(1)
  await refuse(app, clientAt('198.51.100.7'), 1)
  await app.worker.runTask('threats.evaluate')
  expect((await alertsOf(app, 'TR-1')).map((alert) => alert.state)).toEqual(['resolved', 'open'])
})
