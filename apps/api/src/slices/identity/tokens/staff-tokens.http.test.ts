import { listStaff } from '@dhow/contracts/staff.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import type { TestApp } from '../../../../test/app.ts'
import { auditTrail } from '../../../../test/audit-trail.ts'
import { rawRequest } from '../../../../test/raw-request.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import { openSession } from './sessions.ts'

const app = await startTestApp()

interface Browser {
  accountId: string
  tokens: Tokens
}

/** A signed-in staff member's browser. */
async function browserAt(at: TestApp = app): Promise<Browser> {
  const { accountId } = await at.given.staff()
  const tokens = await inTransaction(at.db, (tx) =>
    openSession(at.ctx, tx, {
      accountId,
      audience: 'admin-api',
      client: { ip: '', network: '', deviceId: undefined, userAgent: '', place: undefined, requestId: 'test-request' },
      amr: ['pwd', 'otp', 'mfa'],
      secondFactorAt: at.ctx.clock.now(),
    }),
  )
  return { accountId, tokens }
}

const origin = (at: TestApp): string => new URL(at.ctx.config.ADMIN_URL).origin

const send = (name: 'refresh' | 'logout', refreshToken: string, { at = app, prefix = '' } = {}) =>
  rawRequest(`${at.baseUrl}/api/v1/admin/auth/${name}`, {
    method: 'POST',
    headers: { origin: origin(at), cookie: `${prefix}dhow_staff_refresh=${refreshToken}` },
  })

const cookiesOf = (headers: Headers): Map<string, string> =>
  new Map(headers.getSetCookie().map((line) => [line.slice(0, line.indexOf('=')), line.slice(line.indexOf('=') + 1)]))

const valueOf = (cookie: string | undefined): string => cookie?.split(';')[0] ?? ''

const statusWith = async (accessToken: string): Promise<number> => {
  const headers = { cookie: `dhow_staff=${accessToken}` }
  return (await rawRequest(`${app.baseUrl}/api/v1${listStaff.path}`, { headers })).status
}

test('SE-2: a staff session is refreshed by its cookie, into new cookies no script reads', async () => {
  const { tokens } = await browserAt()
  const { status, headers, body } = await send('refresh', tokens.refreshToken)
  expect([status, body]).toEqual([
    200,
    {
      kind: 'signed-in',
      csrfToken: app.ctx.sealer.deriveToken('csrf', tokens.sessionId),
      expiresAt: new Date(app.clock.now().getTime() + 300_000).toISOString(),
    },
  ])
  const cookies = cookiesOf(headers)
  expect(cookies.get('dhow_staff')).toMatch(/; Path=\/; HttpOnly; SameSite=Strict; Max-Age=300$/)
  expect(cookies.get('dhow_staff_refresh')).toMatch(/^[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=1800$/)
  expect(JSON.stringify(body)).not.toContain(valueOf(cookies.get('dhow_staff_refresh')))
  expect(await statusWith(valueOf(cookies.get('dhow_staff')))).toBe(200)
  expect((await send('refresh', valueOf(cookies.get('dhow_staff_refresh')))).status).toBe(200)
})

test('CK-1: over https staff cookies belong to their host alone', async () => {
  const secure = await startTestApp({ env: { ADMIN_URL: 'https://admin.dhow.example' } })
  const { tokens } = await browserAt(secure)
  const plain = await send('refresh', tokens.refreshToken, { at: secure })
  expect(plain.status).toBe(401)
  const { headers } = await send('refresh', tokens.refreshToken, { at: secure, prefix: '__Host-' })
  const cookies = cookiesOf(headers)
  expect([...cookies.keys()]).toEqual(['__Host-dhow_staff', '__Host-dhow_staff_refresh'])
  for (const cookie of cookies.values()) expect(cookie).toMatch(/; Secure$/)
})

test('SE-2: a staff refresh token used twice ends the session, and the audit log says whose', async () => {
  const { tokens, accountId } = await browserAt()
  const next = valueOf(cookiesOf((await send('refresh', tokens.refreshToken)).headers).get('dhow_staff_refresh'))
  expect((await send('refresh', tokens.refreshToken)).status).toBe(401)
  expect((await send('refresh', next)).status).toBe(401)
  expect(await statusWith(tokens.accessToken)).toBe(401)
  expect(await auditTrail(app.db, 'auth.refresh-reuse', tokens.sessionId)).toMatchObject([
    { details: { account: accountId, audience: 'admin-api' } },
  ])
})

test('SE-2: a staff session ends after thirty idle minutes', async () => {
  const { tokens } = await browserAt()
  app.clock.advance({ minutes: 30 })
  expect((await send('refresh', tokens.refreshToken)).status).toBe(401)
})

test('SE-2: a staff session ends after ten hours, however much it is used', async () => {
  const { tokens } = await browserAt()
  let refreshToken = tokens.refreshToken
  for (let minutes = 25; minutes < 600; minutes += 25) {
    app.clock.advance({ minutes: 25 })
    refreshToken = valueOf(cookiesOf((await send('refresh', refreshToken)).headers).get('dhow_staff_refresh'))
  }
  app.clock.advance({ minutes: 25 })
  expect((await send('refresh', refreshToken)).status).toBe(401)
})

test('SE-2: a customer’s refresh token is none for staff, and the other way round', async () => {
  const { tokens } = await app.given.customer()
  expect((await send('refresh', tokens.refreshToken)).status).toBe(401)
  const { tokens: staffTokens } = await browserAt()
  const answer = await rawRequest(`${app.baseUrl}/api/v1/auth/refresh`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ refreshToken: staffTokens.refreshToken }),
  })
  expect(answer).toMatchObject({ status: 401, code: 'auth/refresh-invalid' })
  expect((await send('refresh', staffTokens.refreshToken)).status).toBe(200)
})

test('SE-8: staff who sign out leave no cookie, no copy and no session behind', async () => {
  const { tokens } = await browserAt()
  const { status, headers } = await send('logout', tokens.refreshToken)
  expect([status, headers.get('clear-site-data')]).toEqual([204, '"cache", "cookies", "storage"'])
  for (const cookie of cookiesOf(headers).values()) expect(cookie).toMatch(/^; .*Max-Age=0$/)
  expect(await statusWith(tokens.accessToken)).toBe(401)
  expect((await send('refresh', tokens.refreshToken)).status).toBe(401)
  expect(await auditTrail(app.db, 'auth.sign-out', tokens.sessionId)).toHaveLength(1)
})

test('SE-7: a permission taken away is gone within sixty seconds, though nobody was told', async () => {
  const staff = await app.given.staff({ permissions: ['staff.read'] })
  expect(await statusWith(staff.accessToken)).toBe(200)
  await app.db.deleteFrom('staffRoles').where('accountId', '=', staff.accountId).execute()
  app.clock.advance({ seconds: 60 })
  expect(await statusWith(staff.accessToken)).toBe(403)
})

test('ended sessions and what belongs to them are deleted in time, and nothing that lives', async () => {
  const own = await startTestApp()
  const [ended, living] = [await own.given.customer(), await own.given.customer()]
  const count = async (table: 'sessions' | 'refreshTokens' | 'usedProofs' | 'oneTimeLinks' | 'authChallenges') =>
    Number(
      (
        await own.db
          .selectFrom(table)
          .select((eb) => eb.fn.countAll().as('n'))
          .executeTakeFirst()
      )?.n,
    )
  const now = own.clock.now()
  await own.db
    .insertInto('usedProofs')
    .values({ jtiHash: Buffer.alloc(32), expiresAt: now })
    .execute()
  const link = {
    id: newId(),
    purpose: 'register',
    accountId: null,
    tokenHash: Buffer.alloc(32),
    dataSealed: null,
  } as const
  await own.db
    .insertInto('oneTimeLinks')
    .values({ ...link, createdAt: now, expiresAt: now, usedAt: null })
    .execute()
  await own.db
    .updateTable('sessions')
    .set({ revokedAt: now, revokedReason: 'test' })
    .where('id', '=', ended.tokens.sessionId)
    .execute()
  own.clock.advance({ days: 2 })
  await own.worker.runTask('platform.clean-up')
  expect([await count('sessions'), await count('refreshTokens'), await count('usedProofs')]).toEqual([2, 1, 0])
  own.clock.advance({ days: 31 })
  await own.worker.runTask('platform.clean-up')
  expect([await count('oneTimeLinks'), await count('sessions')]).toEqual([0, 2])
  own.clock.advance({ days: 60 })
  await own.worker.runTask('platform.clean-up')
  const left = await own.db.selectFrom('sessions').select('id').execute()
  expect(left).toEqual([{ id: living.tokens.sessionId }])
})
