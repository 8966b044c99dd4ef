import { allEndpoints } from '@dhow/contracts/all-endpoints.ts'
import * as contract from '@dhow/contracts/staff-auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { countBy } from '../../../../test/count-by.ts'
import { codeOf, problemOf } from '../../../../test/problems.ts'
import {
  acceptInvitation,
  beginByPassword,
  enrolByTotp,
  inviteStaff,
  staffBrowser,
  staffPassword,
  totpCode,
} from '../../../../test/staff-browser.ts'

const app = await startTestApp({ env: { SECURITY_EMAILS: 'security@dhow.example,second@dhow.example' } })
const { clock, db } = app

const messagesOf = (accountId: string | null) =>
  db
    .selectFrom('accountMessages')
    .select(['kind', 'channel', 'linkId'])
    .where('accountId', accountId === null ? 'is' : '=', accountId)
    .execute()

test('ST-1: an invitation is for one person, once, for 24 hours', async () => {
  const newcomer = await inviteStaff(app)
  const browser = staffBrowser(app)
  const { token } = newcomer
  const found = await browser.call(contract.lookUpInvite, { body: { token } })
  expect(found).toEqual({
    email: newcomer.email,
    expiresAt: new Date(clock.now().getTime() + 86_400_000).toISOString(),
  })
  const body = { token, name: 'Salama', password: staffPassword }
  const tries = [browser, staffBrowser(app)].map((one) => codeOf(one.call(contract.acceptInvite, { body })))
  expect(countBy(await Promise.all(tries), String)).toEqual({ none: 1, 'auth/link-invalid': 1 })
  expect(await codeOf(browser.call(contract.lookUpInvite, { body: { token } }))).toBe('auth/link-invalid')

  const late = await inviteStaff(app)
  clock.advance({ hours: 24, seconds: 1 })
  expect(await codeOf(browser.call(contract.lookUpInvite, { body: { token: late.token } }))).toBe('auth/link-invalid')
})

test('ST-1: a new staff member with a password only is refused by every route of the back office but enrolment', async () => {
  const browser = await acceptInvitation(app, await inviteStaff(app, { role: 'owner' }))
  const guarded = allEndpoints.filter((endpoint) => endpoint.auth === 'staff')
  expect(guarded.length).toBeGreaterThan(30)
  const noSuchId = '01930000-0000-7000-8000-00000000ffff'
  const answers = await Promise.all(
    guarded.map(async ({ id, method, path }) => {
      const url = `${app.baseUrl}/api/v1${path.replace(/\{\w+\}/g, noSuchId)}`
      const response = await browser.fetch(url, { method })
      const problem: { code?: unknown } = await response.json()
      return [id, response.status, problem.code]
    }),
  )
  const refused = guarded.map(({ id }) => [id, 403, 'auth/second-factor-enrolment-required'])
  expect(answers).toEqual(refused)
  expect((await browser.call(contract.beginStaffTotpEnrolment, {})).secret).toHaveLength(32)
})

test('ST-1: enrolling an app ends in a new session that may work, ten recovery codes, and a notice without an undo link', async () => {
  const newcomer = await inviteStaff(app, { role: 'packer' })
  const browser = await acceptInvitation(app, newcomer)
  const before = browser.copy()
  const { secret, uri } = await browser.call(contract.beginStaffTotpEnrolment, {})
  expect(uri).toContain(`secret=${secret}`)
  const wrong = browser.call(contract.finishStaffTotpEnrolment, { body: { code: '000000' } })
  expect(await codeOf(wrong)).toBe('auth/code-invalid')
  const code = totpCode(secret, clock)
  const { recoveryCodes } = await browser.call(contract.finishStaffTotpEnrolment, { body: { code } })
  expect(recoveryCodes).toHaveLength(10)
  const self = await browser.call(contract.getStaffSelf, {})
  expect(self).toMatchObject({
    id: newcomer.accountId,
    name: 'Salama',
    email: newcomer.email,
    roles: [{ nameEn: 'Packer', nameAr: 'التجهيز' }],
    permissions: ['orders.read', 'inventory.read'],
    hasTotp: true,
    hasPassword: true,
    passkeyCount: 0,
    recoveryCodesLeft: 10,
    session: { secondFactorAt: clock.now().toISOString() },
  })
  expect(await codeOf(before.call(contract.getStaffSelf, {}))).toBe('auth/required')
  const notices = (await messagesOf(newcomer.accountId)).filter(({ kind }) => kind === 'second-factor-changed')
  expect(notices).toEqual([{ kind: 'second-factor-changed', channel: 'email', linkId: null }])
})

test('ST-1: a password alone never adds a factor beside one that is there', async () => {
  const newcomer = await inviteStaff(app)
  const mine = await acceptInvitation(app, newcomer)
  const thief = staffBrowser(app)
  const early = await thief.call(contract.staffLogin, { body: { email: newcomer.email, password: staffPassword } })
  expect(early.kind).toBe('enrol')
  const stolen = await thief.call(contract.beginStaffTotpEnrolment, {})
  const ceremony = await thief.call(contract.beginStaffPasskeyEnrolment, {})
  const { secret } = await mine.call(contract.beginStaffTotpEnrolment, {})
  await mine.call(contract.finishStaffTotpEnrolment, { body: { code: totpCode(secret, clock) } })
  const body = { code: totpCode(stolen.secret, clock) }
  expect(await codeOf(thief.call(contract.finishStaffTotpEnrolment, { body }))).toBe('auth/required')
  const response = thief.passkeys.create(ceremony.options)
  const made = { ceremonyId: ceremony.ceremonyId, response, name: 'Mine now' }
  expect(await codeOf(thief.call(contract.finishStaffPasskeyEnrolment, { body: made }))).toBe('auth/required')
  const later = await thief.call(contract.staffLogin, { body: { email: newcomer.email, password: staffPassword } })
  expect(later).toMatchObject({ kind: 'second-factor', methods: ['totp', 'recovery-code'] })
})

test('ST-1: password and app open a session; the same code again does not, also not at once', async () => {
  const { email, secret } = await enrolByTotp(app)
  const [one, other] = [await beginByPassword(app, { email }), await beginByPassword(app, { email })]
  const proof = { method: 'totp', code: totpCode(secret, clock) } as const
  const give = ({ browser, challengeId }: typeof one) =>
    codeOf(browser.call(contract.giveStaffSecondFactor, { body: { challengeId, proof } }))
  expect(countBy(await Promise.all([give(one), give(other)]), String)).toEqual({ none: 1, 'auth/code-invalid': 1 })
  expect(await give(await beginByPassword(app, { email }))).toBe('auth/code-invalid')
  clock.advance({ seconds: 30 })
  const next = await beginByPassword(app, { email })
  const body = { challengeId: next.challengeId, proof: { method: 'totp', code: totpCode(secret, clock) } } as const
  expect(await next.browser.call(contract.giveStaffSecondFactor, { body })).toMatchObject({ kind: 'signed-in' })
  expect(await give(next)).toBe('auth/challenge-invalid')
})

test('ST-1: a code of the step before or after is taken, one further off is not', async () => {
  const { email, secret } = await enrolByTotp(app)
  const give = async (steps: number) => {
    clock.advance({ minutes: 5 })
    const { browser, challengeId } = await beginByPassword(app, { email })
    const proof = { method: 'totp', code: totpCode(secret, clock, steps) } as const
    return codeOf(browser.call(contract.giveStaffSecondFactor, { body: { challengeId, proof } }))
  }
  const answers: unknown[] = []
  for (const steps of [-2, -1, 1, 2]) answers.push(await give(steps))
  expect(answers).toEqual(['auth/code-invalid', 'none', 'none', 'auth/code-invalid'])
})

test('a first step is over after five wrong seconds, and after ten minutes', async () => {
  const { email, secret } = await enrolByTotp(app)
  const { browser, challengeId } = await beginByPassword(app, { email })
  const give = (code: string) =>
    codeOf(browser.call(contract.giveStaffSecondFactor, { body: { challengeId, proof: { method: 'totp', code } } }))
  const wrong = await Promise.all(Array.from({ length: 8 }, () => give('000000')))
  expect(countBy(wrong, String)).toEqual({ 'auth/code-invalid': 5, 'auth/challenge-invalid': 3 })
  expect(await give(totpCode(secret, clock))).toBe('auth/challenge-invalid')
  const other = await enrolByTotp(app)
  const late = await beginByPassword(app, other)
  clock.advance({ minutes: 10, seconds: 1 })
  const body = {
    challengeId: late.challengeId,
    proof: { method: 'totp', code: totpCode(other.secret, clock) },
  } as const
  expect(await codeOf(late.browser.call(contract.giveStaffSecondFactor, { body }))).toBe('auth/challenge-invalid')
})

test('ST-1: no message ever brings a code to staff', async () => {
  const { accountId, email } = await enrolByTotp(app)
  const { methods } = await beginByPassword(app, { email })
  expect(methods).toEqual(['totp', 'recovery-code'])
  const kinds = (await messagesOf(accountId)).map(({ channel }) => channel)
  expect(new Set(kinds)).toEqual(new Set(['email']))
  expect(await db.selectFrom('otpChallenges').select('id').execute()).toEqual([])
})

test('ST-2: a recovery code works once, however it is typed, also when used twice at once, and is told of', async () => {
  const { accountId, email, recoveryCodes } = await enrolByTotp(app)
  const [code = ''] = recoveryCodes
  const give = async (typed: string) => {
    const { browser, challengeId } = await beginByPassword(app, { email })
    const proof = { method: 'recovery-code', code: typed } as const
    return codeOf(browser.call(contract.giveStaffSecondFactor, { body: { challengeId, proof } }))
  }
  const answers = await Promise.all([give(code), give(code.toLowerCase().replaceAll('-', ''))])
  expect(countBy(answers, String)).toEqual({ none: 1, 'auth/code-invalid': 1 })
  const told = (await messagesOf(accountId)).filter(({ kind }) => kind === 'recovery-code-used')
  expect(told).toHaveLength(1)
  const alerts = (await messagesOf(null)).filter(({ kind }) => kind === 'security-alert')
  expect(alerts).toHaveLength(2) // both of the security list
  await app.worker.runJobs()
  const states = await db.selectFrom('accountMessages').select(['kind', 'state']).execute()
  expect(states.filter(({ state }) => state !== 'sent')).toEqual([])
})

test('ST-2: codes are kept hashed by Argon2id, and new ones end the old ones', async () => {
  const { accountId, email, browser, recoveryCodes } = await enrolByTotp(app)
  const rows = await db.selectFrom('recoveryCodes').selectAll().where('accountId', '=', accountId).execute()
  expect(rows.every(({ hash }) => hash.startsWith('$argon2id$'))).toBe(true)
  const { codes } = await browser.call(contract.renewOwnStaffRecoveryCodes, {})
  expect(codes).toHaveLength(10)
  const give = async (typed = '') => {
    const begun = await beginByPassword(app, { email })
    const proof = { method: 'recovery-code', code: typed } as const
    return codeOf(
      begun.browser.call(contract.giveStaffSecondFactor, { body: { challengeId: begun.challengeId, proof } }),
    )
  }
  expect(await give(recoveryCodes[1])).toBe('auth/code-invalid')
  expect(await give(codes[1])).toBe('none')
})

test('AU-8: signing in answers the same for unknown, wrong, invited and disabled people', async () => {
  const { email } = await enrolByTotp(app)
  const disabled = await enrolByTotp(app)
  await db.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', disabled.accountId).execute()
  const invited = await inviteStaff(app)
  const tries = [
    { email, password: 'not the password at all' },
    { email: 'nobody@dhow.example', password: staffPassword },
    { email: invited.email, password: staffPassword },
    { email: disabled.email, password: staffPassword },
  ]
  const answers = await Promise.all(
    tries.map(async (body) => {
      const { document } = await problemOf(staffBrowser(app).call(contract.staffLogin, { body }))
      return { ...document, requestId: '' }
    }),
  )
  expect(answers[0]).toMatchObject({ status: 401, code: 'auth/invalid-credentials' })
  for (const answer of answers) expect(answer).toEqual(answers[0])
})

test('SE-6: a new password ends other sessions, is told of, and needs a fresh second factor and the old one', async () => {
  const { accountId, email, browser, secret } = await enrolByTotp(app)
  const other = await beginByPassword(app, { email })
  const proof = { method: 'totp', code: totpCode(secret, clock) } as const
  await other.browser.call(contract.giveStaffSecondFactor, { body: { challengeId: other.challengeId, proof } })
  const change = (currentPassword: string) =>
    codeOf(
      browser.call(contract.changeStaffPassword, {
        body: { currentPassword, newPassword: 'the pearl divers came home late' },
      }),
    )
  expect(await change('not the password at all')).toBe('auth/invalid-credentials')
  expect(await change(staffPassword)).toBe('none')
  expect(await codeOf(other.browser.call(contract.getStaffSelf, {}))).toBe('auth/required')
  expect(await codeOf(browser.call(contract.getStaffSelf, {}))).toBe('none')
  expect((await messagesOf(accountId)).map(({ kind }) => kind)).toContain('password-changed')
  clock.advance({ minutes: 5 })
  await browser.refresh()
  expect(await change('the pearl divers came home late')).toBe('auth/step-up-required')
})

test('staff change their name and language, see their sessions and sign one out', async () => {
  const { email, browser, secret } = await enrolByTotp(app)
  const self = await browser.call(contract.updateStaffSelf, { body: { name: 'سلامة', locale: 'ar' } })
  expect(self).toMatchObject({ name: 'سلامة', locale: 'ar' })
  const other = await beginByPassword(app, { email })
  const proof = { method: 'totp', code: totpCode(secret, clock) } as const
  await other.browser.call(contract.giveStaffSecondFactor, { body: { challengeId: other.challengeId, proof } })
  const { items } = await browser.call(contract.listOwnStaffSessions, {})
  expect(items.map(({ isCurrent, amr }) => ({ isCurrent, amr }))).toContainEqual({
    isCurrent: true,
    amr: ['pwd', 'otp'],
  })
  const sessionId = items.find(({ isCurrent }) => !isCurrent)?.id ?? ''
  await browser.call(contract.revokeOwnStaffSession, { params: { sessionId } })
  expect(await codeOf(other.browser.call(contract.getStaffSelf, {}))).toBe('auth/required')
  const again = browser.call(contract.revokeOwnStaffSession, { params: { sessionId } })
  expect(await codeOf(again)).toBe('auth/session-not-found')
})
