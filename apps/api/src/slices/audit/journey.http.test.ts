import { putConsents } from '@dhow/contracts/account.ts'
import { confirmIdentity, setPassword, beginTotp, confirmTotp } from '@dhow/contracts/account-security.ts'
import { consentWordingVersion } from '@dhow/contracts/account.ts'
import {
  confirmRegistration,
  login,
  logout,
  refreshTokens,
  register,
  requestCode,
  verifyCode,
} from '@dhow/contracts/auth.ts'
import {
  acceptInvite,
  beginStaffTotpEnrolment,
  finishStaffTotpEnrolment,
  getStaffSelf,
  giveStaffSecondFactor,
  staffLogin,
  stepUp,
} from '@dhow/contracts/staff-auth.ts'
import { disableStaff, inviteStaff as invite, setStaffRoles } from '@dhow/contracts/staff.ts'
import { beforeAll, expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import type { TestApp } from '../../../test/app.ts'
import { rawJson } from '../../../test/raw-request.ts'
import { inviteStaff, staffBrowser, totpCode } from '../../../test/staff-browser.ts'
import { readyRoleId } from '../../../test/staff.ts'
import { verifyChain } from './audit.ts'

/** Everything in this journey that nobody may ever find in a log. Gathered on the way. */
const secrets = new Map<string, string>()
const secret = <T extends string>(what: string, value: T): T => {
  secrets.set(what, value)
  return value
}

const person = {
  phone: secret('phone', '+971501230987'),
  typedPhone: secret('phone as typed', '050 123 0987'),
  email: secret('e-mail', 'shamma.journey@example.com'),
  name: secret('name', 'Shamma Journey'),
  password: secret('password', 'pearl divers sing at dawn'),
  nextPassword: secret('new password', 'the tide turns over the creek'),
}

let app: TestApp

/** The token in the newest mail to an address. */
async function mailedToken(to: string): Promise<string> {
  await app.worker.runJobs()
  const mail = app.sandbox.control.inbox(to)[0]
  return secret(`link to ${to} of ${mail?.subject ?? ''}`, /[?&]token=([\w-]{43})/.exec(mail?.text ?? '')?.[1] ?? '')
}

async function asCustomer(): Promise<void> {
  const { api } = app
  const challenge = await api.call(requestCode, { body: { phone: person.typedPhone } })
  const code = secret('one-time code', app.sandbox.control.lastCode(person.phone) ?? '')
  const wrong = code === '000000' ? '111111' : '000000'
  await api.call(verifyCode, { body: { challengeId: challenge.challengeId, code: wrong } }).catch(() => undefined)
  const byCode = await api.call(verifyCode, { body: { challengeId: challenge.challengeId, code } })
  if (byCode.kind !== 'signed-in') throw new Error('not signed in')
  secret('access token', byCode.tokens.accessToken)
  const used = secret('refresh token', byCode.tokens.refreshToken)
  const next = await api.call(refreshTokens, { body: { refreshToken: used } })
  secret('next refresh token', next.refreshToken)
  await api.call(refreshTokens, { body: { refreshToken: used } }).catch(() => undefined) // stolen

  const { email, name, password, nextPassword } = person
  await api.call(register, { body: { email, password, name } })
  const token = await mailedToken(email)
  const first = await api.call(confirmRegistration, { body: { token } })
  if (first.kind !== 'signed-in') throw new Error('not signed in')
  await api.call(login, { body: { email, password: 'a wrong password of theirs' } }).catch(() => undefined)
  const { accessToken } = first.tokens
  await api.call(setPassword, { accessToken, body: { currentPassword: password, newPassword: nextPassword } })
  const totp = await api.call(beginTotp, { accessToken })
  secret('totp secret', totp.secret)
  const { codes } = await api.call(confirmTotp, { accessToken, body: { code: totpCode(totp.secret, app.clock) } })
  for (const recovery of codes) secret(`recovery code ${recovery.slice(0, 2)}`, recovery)
  app.clock.advance({ minutes: 1 })
  const proof = { method: 'totp', code: totpCode(totp.secret, app.clock) } as const
  const confirmed = await api.call(confirmIdentity, { accessToken, body: proof })
  await api.call(putConsents, {
    accessToken: confirmed.accessToken,
    body: { wordingVersion: consentWordingVersion, items: [{ channel: 'email', isGranted: true }] },
  })
  await api.call(logout, { body: { refreshToken: confirmed.refreshToken } })
}

async function asStaff(): Promise<void> {
  const newcomer = await inviteStaff(app)
  secret('staff e-mail', newcomer.email)
  secret('invitation', newcomer.token)
  const password = secret('staff password', 'lanterns over the souq roof')
  const browser = staffBrowser(app)
  await browser.call(acceptInvite, {
    body: { token: newcomer.token, name: secret('staff name', 'Rashid Keeper'), password },
  })
  const totp = await browser.call(beginStaffTotpEnrolment, {})
  secret('staff totp secret', totp.secret)
  await browser.call(finishStaffTotpEnrolment, { body: { code: totpCode(totp.secret, app.clock) } })
  app.clock.advance({ minutes: 1 })
  const step = await browser.call(staffLogin, { body: { email: newcomer.email, password } })
  if (step.kind !== 'second-factor') throw new Error('no second step')
  const proof = () => ({ method: 'totp', code: totpCode(totp.secret, app.clock) }) as const
  await browser.call(giveStaffSecondFactor, { body: { challengeId: step.challengeId, proof: proof() } })
  const colleague = await app.given.staff({ name: secret('a colleague’s name', 'Noura Colleague') })
  secret('staff access token', colleague.accessToken)
  await colleague.call(getStaffSelf, {})
  app.clock.advance({ minutes: 4 })
  await browser.call(stepUp, { body: { proof: proof() } })
  const email = secret('invited e-mail', 'mahra.invited@example.com')
  const { member } = await browser.call(invite, { body: { email, roleIds: [readyRoleId('packer')] } })
  await mailedToken(email)
  const params = { staffId: member.id }
  await browser.call(setStaffRoles, { params, body: { roleIds: [readyRoleId('support')], reason: 'moves to support' } })
  await browser.call(disableStaff, { params, body: { reason: 'left the company' } })
}

beforeAll(async () => {
  app = await startTestApp({ env: { LOG_LEVEL: 'trace' } })
  await asCustomer()
  await asStaff()
  await rawJson(`${app.baseUrl}/api/v1/auth/login`, 'POST', { email: 'x\n{"level":"info"}\u001b[31m', password: 'x' })
  await app.worker.runJobs()
  return () => app.close()
}, 60_000)

const storedEvents = async () => await app.db.selectFrom('auditEvents').selectAll().orderBy('seq').execute()

test('AL-3: signing in and failing to, factors, stolen tokens, changes and consents are all in the log', async () => {
  const actions = new Set((await storedEvents()).map((event) => event.action))
  const expected = [
    'auth.code-sent',
    'auth.sign-in',
    'auth.sign-in-refused',
    'auth.sign-out',
    'auth.refresh-reuse',
    'auth.session-revoked',
    'auth.password-changed',
    'auth.factor-added',
    'auth.step-up',
    'consent.changed',
    'staff.invited',
    'staff.roles-changed',
    'staff.disabled',
  ]
  expect(expected.filter((action) => !actions.has(action))).toEqual([])
  expect(await verifyChain(app.ctx)).toMatchObject({ isIntact: true })
})

test('AL-4: neither the log nor the audit log nor the queue holds a secret or a person', async () => {
  const jobs = await app.worker.pendingJobs()
  const places = {
    log: app.logs.map((line) => JSON.stringify(line)).join('\n'),
    audit: JSON.stringify(await storedEvents()),
    queue: JSON.stringify(jobs),
  }
  expect(app.logs.length).toBeGreaterThan(20)
  expect([...secrets.values()].every((value) => value.length >= 6)).toBe(true)
  const leaks = Object.entries(places).flatMap(([place, text]) =>
    [...secrets].filter(([, value]) => text.includes(value)).map(([what]) => `${what} in the ${place}`),
  )
  expect(leaks).toEqual([])
})

test('AL-4: what an attacker types cannot write lines of the log, nor colours', () => {
  for (const line of app.logs) {
    const text = JSON.stringify(line)
    expect(text).not.toContain('\n')
    expect(text).not.toContain('\u001b')
  }
})
