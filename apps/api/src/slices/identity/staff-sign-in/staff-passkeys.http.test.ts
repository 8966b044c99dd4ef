import * as contract from '@dhow/contracts/staff-auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import type { Oddity } from '../../../../test/authenticator.ts'
import { codeOf } from '../../../../test/problems.ts'
import {
  acceptInvitation,
  beginByPassword,
  enrolByTotp,
  inviteStaff,
  staffBrowser,
  totpCode,
} from '../../../../test/staff-browser.ts'
import type { EnrolledStaff, StaffBrowser } from '../../../../test/staff-browser.ts'

const app = await startTestApp({ env: { SECURITY_EMAILS: 'security@dhow.example' } })
const { clock, db } = app

/** Adds a passkey in the settings; the browser holds it. */
async function addPasskey({ browser }: Pick<EnrolledStaff, 'browser'>, name = 'Key'): Promise<string> {
  const { ceremonyId, options } = await browser.call(contract.beginOwnStaffPasskey, {})
  const body = { ceremonyId, response: browser.passkeys.create(options), name }
  return (await browser.call(contract.addOwnStaffPasskey, { body })).id
}

/** The first step by passkey, of another tab of the browser that holds it. */
async function beginByPasskey(holder: StaffBrowser, odd: Oddity = {}) {
  const tab = staffBrowser(app)
  const { ceremonyId, options } = await tab.call(contract.beginStaffPasskeySignIn, { body: {} })
  const response = holder.passkeys.get(options, odd)
  return { tab, answer: tab.call(contract.staffSignInWithPasskey, { body: { ceremonyId, response } }) }
}

test('ST-1: a passkey enrols a newcomer, and is the second factor after the password', async () => {
  const newcomer = await inviteStaff(app)
  const browser = await acceptInvitation(app, newcomer)
  const { ceremonyId, options, expiresAt } = await browser.call(contract.beginStaffPasskeyEnrolment, {})
  expect(Date.parse(expiresAt)).toBe(clock.now().getTime() + 300_000)
  expect(Buffer.from(options.challenge, 'base64url').length).toBeGreaterThanOrEqual(32)
  expect(options).toMatchObject({
    rp: { id: 'localhost' },
    attestation: 'none',
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
  })
  const body = { ceremonyId, response: browser.passkeys.create(options), name: 'Laptop' }
  const enrolled = await browser.call(contract.finishStaffPasskeyEnrolment, { body })
  expect(enrolled.recoveryCodes).toHaveLength(10)
  expect(await browser.call(contract.getStaffSelf, {})).toMatchObject({ passkeyCount: 1, hasTotp: false })

  const begun = await beginByPassword(app, newcomer)
  expect(begun.methods).toEqual(['passkey', 'recovery-code'])
  const { challengeId } = begun
  const second = await begun.browser.call(contract.beginStaffPasskeySignIn, { body: { challengeId } })
  const proof = {
    method: 'passkey',
    ceremonyId: second.ceremonyId,
    response: browser.passkeys.get(second.options),
  } as const
  const signedIn = await begun.browser.call(contract.giveStaffSecondFactor, { body: { challengeId, proof } })
  expect(signedIn.kind).toBe('signed-in')
})

test('ADR 10: after a passkey comes another factor, never the same passkey', async () => {
  const staff = await enrolByTotp(app)
  await addPasskey(staff)
  const { tab, answer } = await beginByPasskey(staff.browser)
  const first = await answer
  if (first.kind !== 'second-factor') throw new Error('a passkey alone is not enough')
  expect(first.methods).toEqual(['totp', 'recovery-code'])
  const { challengeId } = first
  const options = tab.call(contract.beginStaffPasskeySignIn, { body: { challengeId } })
  expect(await codeOf(options)).toBe('auth/challenge-invalid')

  await addPasskey(staff, 'Spare key')
  const again = await beginByPasskey(staff.browser) // the newest: the spare key
  const next = await again.answer
  if (next.kind !== 'second-factor') throw new Error('a passkey alone is not enough')
  expect(next.methods).toEqual(['passkey', 'totp', 'recovery-code'])
  const ceremony = await again.tab.call(contract.beginStaffPasskeySignIn, { body: { challengeId: next.challengeId } })
  const same = staff.browser.passkeys.get({ challenge: ceremony.options.challenge })
  const give = (response: typeof same, ceremonyId: string) =>
    codeOf(
      again.tab.call(contract.giveStaffSecondFactor, {
        body: { challengeId: next.challengeId, proof: { method: 'passkey', ceremonyId, response } },
      }),
    )
  expect(await give(same, ceremony.ceremonyId)).toBe('auth/passkey-invalid')
  const fresh = await again.tab.call(contract.beginStaffPasskeySignIn, { body: { challengeId: next.challengeId } })
  expect(await give(staff.browser.passkeys.get(fresh.options), fresh.ceremonyId)).toBe('none')
})

test.each<[string, Oddity]>([
  ['whose person was not verified', { userVerified: false }],
  ['given to another origin', { origin: 'http://localhost:3000' }],
  ['given to a page inside another page', { crossOrigin: true }],
  ['of another host', { rpId: 'dhow.example' }],
  ['with another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
  ['with a forged signature', { isForged: true }],
  ['that names another account', { userHandle: Buffer.from('somebody').toString('base64url') }],
  ['that names nobody', { userHandle: '' }],
])('ST-1: a passkey %s is refused', async (_, odd) => {
  const staff = await enrolByTotp(app)
  await addPasskey(staff)
  expect(await codeOf((await beginByPasskey(staff.browser, odd)).answer)).toBe('auth/passkey-invalid')
  expect(await codeOf((await beginByPasskey(staff.browser)).answer)).toBe('none')
})

test.each<[string, Oddity]>([
  ['without the person verified', { userVerified: false }],
  ['on another origin', { origin: 'https://evil.example' }],
  ['for another host', { rpId: 'evil.example' }],
  ['for another challenge', { challenge: Buffer.alloc(32).toString('base64url') }],
])('ST-1: a passkey made %s is not kept', async (_, odd) => {
  const { browser } = await enrolByTotp(app)
  const { ceremonyId, options } = await browser.call(contract.beginOwnStaffPasskey, {})
  const body = { ceremonyId, response: browser.passkeys.create(options, odd), name: 'Key' }
  expect(await codeOf(browser.call(contract.addOwnStaffPasskey, { body }))).toBe('auth/passkey-invalid')
  expect((await browser.call(contract.listOwnStaffPasskeys, {})).items).toEqual([])
})

test('ST-1: a challenge works once, for five minutes, for the session and purpose it was made for', async () => {
  const staff = await enrolByTotp(app)
  await addPasskey(staff)
  const tab = staffBrowser(app)
  const begin = () => tab.call(contract.beginStaffPasskeySignIn, { body: {} })
  const finish = (ceremonyId: string, response: ReturnType<StaffBrowser['passkeys']['get']>) =>
    codeOf(tab.call(contract.staffSignInWithPasskey, { body: { ceremonyId, response } }))
  const once = await begin()
  const { options, ceremonyId } = once
  expect(await finish(ceremonyId, staff.browser.passkeys.get(options, { isForged: true }))).toBe('auth/passkey-invalid')
  expect(await finish(ceremonyId, staff.browser.passkeys.get(options))).toBe('auth/challenge-invalid')
  const confirming = await staff.browser.call(contract.beginStepUp, {})
  const elsewhere = staff.browser.passkeys.get(confirming.options)
  expect(await finish(confirming.ceremonyId, elsewhere)).toBe('auth/challenge-invalid')
  const late = await begin()
  clock.advance({ minutes: 5, seconds: 1 })
  expect(await finish(late.ceremonyId, staff.browser.passkeys.get(late.options))).toBe('auth/challenge-invalid')
})

test('ST-1: a counter that goes back is refused, and the security list hears of it', async () => {
  const staff = await enrolByTotp(app)
  const passkeyId = await addPasskey(staff)
  expect(await codeOf((await beginByPasskey(staff.browser, { counter: 7 })).answer)).toBe('none')
  for (const counter of [7, 3, 0])
    expect(await codeOf((await beginByPasskey(staff.browser, { counter })).answer)).toBe('auth/passkey-invalid')
  expect(await codeOf((await beginByPasskey(staff.browser, { counter: 8 })).answer)).toBe('none')
  const events = await db.selectFrom('auditEvents').select(['objectId', 'reason']).where('action', '=', 'security.alert')
    .execute() // prettier-ignore
  expect(events.filter(({ objectId }) => objectId === passkeyId)).toEqual(
    Array.from({ length: 3 }, () => ({ objectId: passkeyId, reason: 'passkey-counter' })),
  )
  const alerts = await db.selectFrom('accountMessages').select('id').where('kind', '=', 'security-alert').execute()
  expect(alerts.length).toBeGreaterThanOrEqual(3)
})

test('a customer’s passkey opens nothing at the back office, though both are on localhost here', async () => {
  const customer = await app.given.customer()
  const holder = staffBrowser(app)
  const options = { challenge: 'AAAA', user: { id: Buffer.from(customer.account.id).toString('base64url') } }
  const made = holder.passkeys.create(options)
  const { readRegistration } = await import('../factors/webauthn.ts')
  const website = { origin: new URL(app.ctx.config.ADMIN_URL).origin }
  expect(website.origin).not.toBe(new URL(app.ctx.config.WEBSITE_URL).origin)
  const credential = await readRegistration(app.ctx, { audience: 'admin-api', challenge: 'AAAA' }, made)
  if (!credential) throw new Error('the passkey was not read')
  const { id: accountId } = customer.account
  const row = { id: accountId, accountId, ...credential, name: 'Phone', createdAt: clock.now(), lastUsedAt: null }
  await db.insertInto('passkeys').values(row).execute()
  expect(await codeOf((await beginByPasskey(holder)).answer)).toBe('auth/passkey-invalid')
})

test('SE-6: changing factors ends other sessions, and the last second factor stays', async () => {
  const newcomer = await inviteStaff(app)
  const browser = await acceptInvitation(app, newcomer)
  const { ceremonyId, options } = await browser.call(contract.beginStaffPasskeyEnrolment, {})
  const made = { ceremonyId, response: browser.passkeys.create(options), name: 'Laptop' }
  await browser.call(contract.finishStaffPasskeyEnrolment, { body: made })
  const [only] = (await browser.call(contract.listOwnStaffPasskeys, {})).items
  const remove = (passkeyId = '') => codeOf(browser.call(contract.removeOwnStaffPasskey, { params: { passkeyId } }))
  expect(await remove(only?.id)).toBe('auth/last-factor')
  const { secret } = await browser.call(contract.replaceOwnStaffTotp, {})
  await browser.call(contract.confirmOwnStaffTotp, { body: { code: totpCode(secret, clock) } })
  clock.advance({ minutes: 1 })
  const begun = await beginByPassword(app, newcomer)
  const proof = { method: 'totp', code: totpCode(secret, clock) } as const
  await begun.browser.call(contract.giveStaffSecondFactor, { body: { challengeId: begun.challengeId, proof } })
  expect(await remove(only?.id)).toBe('none')
  expect(await remove(only?.id)).toBe('auth/factor-not-found')
  expect(await codeOf(begun.browser.call(contract.getStaffSelf, {}))).toBe('auth/required')
})

test('another app replaces the old one only once a code of it was given', async () => {
  const { browser, secret: old, email } = await enrolByTotp(app)
  const { secret } = await browser.call(contract.replaceOwnStaffTotp, {})
  const signIn = async (code: string) => {
    const { browser: tab, challengeId } = await beginByPassword(app, { email })
    return codeOf(tab.call(contract.giveStaffSecondFactor, { body: { challengeId, proof: { method: 'totp', code } } }))
  }
  expect(await signIn(totpCode(secret, clock))).toBe('auth/code-invalid')
  expect(await signIn(totpCode(old, clock))).toBe('none')
  await browser.call(contract.confirmOwnStaffTotp, { body: { code: totpCode(secret, clock) } })
  clock.advance({ minutes: 1 })
  expect(await signIn(totpCode(old, clock))).toBe('auth/code-invalid')
  expect(await signIn(totpCode(secret, clock))).toBe('none')
})
