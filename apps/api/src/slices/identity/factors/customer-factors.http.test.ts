import * as account from '@dhow/contracts/account.ts'
import * as security from '@dhow/contracts/account-security.ts'
import * as auth from '@dhow/contracts/auth.ts'
import { createApiClient } from '@dhow/api-client/api-client.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { countBy } from '../../../../test/count-by.ts'
import type { GivenCustomer } from '../../../../test/customer.ts'
import { askerOf, codeFor, freshPhone } from '../../../../test/one-time-codes.ts'
import { codeOf } from '../../../../test/problems.ts'
import { totpCode } from '../../../../test/staff-browser.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { linkToken } from '../identity.ts'

const app = await startTestApp()
const { api, clock, db, given } = app
const password = 'a dhow leaves at the second tide'
let count = 0

interface WithApp {
  customer: GivenCustomer
  email: string
  secret: string
  codes: string[]
}

const newCustomer = async (): Promise<{ customer: GivenCustomer; email: string }> => {
  const email = `totp-${(count += 1)}@dhow.example`
  return { customer: await given.customer({ email, password, name: 'Maryam' }), email }
}

/** A customer who has set up an authenticator app. The code's step is past when this returns. */
async function withApp(): Promise<WithApp> {
  const { customer, email } = await newCustomer()
  const { secret } = await customer.call(security.beginTotp, {})
  const { codes } = await customer.call(security.confirmTotp, { body: { code: totpCode(secret, clock) } })
  clock.advance({ seconds: 60 })
  return { customer, email, secret, codes }
}

async function firstStep(email: string): Promise<string> {
  const answer = await api.call(auth.login, { body: { email, password } })
  if (answer.kind !== 'second-factor') throw new Error('no second factor was asked for')
  return answer.challengeId
}

const giveTotp = (challengeId: string, code: string) =>
  api.call(auth.giveSecondFactor, { body: { challengeId, proof: { method: 'totp', code } } })

const noticesOf = (accountId: string, kind: string) =>
  db.selectFrom('accountMessages').selectAll().where('accountId', '=', accountId).where('kind', '=', kind).execute()

const alive = (customer: GivenCustomer, accessToken = customer.tokens.accessToken) =>
  codeOf(api.call(account.getMe, { accessToken }))

test('a password opens the account until an app is set up, and then a second factor is asked for', async () => {
  const { customer, email } = await newCustomer()
  const plain = await api.call(auth.login, { body: { email, password } })
  expect(plain.kind).toBe('signed-in')
  const { secret } = await customer.call(security.beginTotp, {})
  expect((await api.call(auth.login, { body: { email, password } })).kind).toBe('signed-in') // not confirmed yet
  const wrong = customer.call(security.confirmTotp, { body: { code: '000000' } })
  expect(await codeOf(wrong)).toBe('auth/code-invalid')
  const { codes } = await customer.call(security.confirmTotp, { body: { code: totpCode(secret, clock) } })
  expect(codes).toHaveLength(10)
  const answer = await api.call(auth.login, { body: { email, password } })
  expect(answer).toMatchObject({ kind: 'second-factor', methods: ['totp', 'recovery-code'] })
  expect(await customer.call(account.getMe, {})).toMatchObject({ hasTotp: true, recoveryCodesLeft: 10 })
})

test('the seed is sealed under the account’s own key', async () => {
  const { customer, secret } = await withApp()
  const row = await db.selectFrom('totpSecrets').selectAll().where('accountId', '=', customer.account.id).executeTakeFirstOrThrow() // prettier-ignore
  expect(row.seedSealed.toString('latin1')).not.toContain(secret)
  const { dataKey, id } = customer.account
  if (!dataKey) throw new Error('no data key')
  expect(app.ctx.sealer.openJson(dataKey, `totp_secrets.seed.${id}`, row.seedSealed)).toBe(secret)
  expect(() => app.ctx.sealer.openJson(dataKey, `accounts.phone.${id}`, row.seedSealed)).toThrow(/./)
})

test('two who give one code at once: one is signed in, the other is not', async () => {
  const { email, secret } = await withApp()
  const challenges = [await firstStep(email), await firstStep(email)]
  const code = totpCode(secret, clock)
  const answers = await Promise.all(challenges.map((challengeId) => codeOf(giveTotp(challengeId, code))))
  expect(countBy(answers, String)).toEqual({ none: 1, 'auth/code-invalid': 1 })
  expect(await codeOf(giveTotp(await firstStep(email), code))).toBe('auth/code-invalid')
})

test('two who use one recovery code at once: one is signed in, and its owner is told', async () => {
  const { customer, email, codes } = await withApp()
  const challenges = [await firstStep(email), await firstStep(email)]
  const give = (challengeId: string) =>
    codeOf(
      api.call(auth.giveSecondFactor, {
        body: { challengeId, proof: { method: 'recovery-code', code: codes[3] ?? '' } },
      }),
    )
  expect(countBy(await Promise.all(challenges.map(give)), String)).toEqual({ none: 1, 'auth/code-invalid': 1 })
  expect(await customer.call(account.getMe, {})).toMatchObject({ recoveryCodesLeft: 9 })
  expect(await noticesOf(customer.account.id, 'recovery-code-used')).toHaveLength(1)
})

test('AU-7: wrong second factors count toward the lock-out of the account, over all challenges', async () => {
  const { email, secret } = await withApp()
  const challenges: string[] = []
  for (let index = 0; index < 3; index += 1) challenges.push(await firstStep(email))
  for (const challengeId of challenges.slice(0, 2))
    for (let tries = 0; tries < 3; tries += 1)
      expect(await codeOf(giveTotp(challengeId, '000000'))).toBe('auth/code-invalid')
  // The sixth waits out a second: until then a right code is refused like a wrong one.
  const [, , third = ''] = challenges
  expect(await codeOf(giveTotp(third, totpCode(secret, clock)))).toBe('auth/code-invalid')
  clock.advance({ minutes: 1 })
  expect(await codeOf(giveTotp(third, totpCode(secret, clock)))).toBe('none')
})

test('SE-6: an app that is added or taken away ends other sessions, and its notice takes it back', async () => {
  const { customer, email } = await newCustomer()
  const other = await customer.signIn()
  const { secret } = await customer.call(security.beginTotp, {})
  await customer.call(security.confirmTotp, { body: { code: totpCode(secret, clock) } })
  expect(await alive(customer, other.accessToken)).toBe('auth/required')
  expect(await alive(customer)).toBe('none')
  const [notice] = await noticesOf(customer.account.id, 'second-factor-changed')
  expect(notice).toMatchObject({ channel: 'email', linkId: expect.any(String) })
  await customer.call(security.removeTotp, {})
  expect((await api.call(auth.login, { body: { email, password } })).kind).toBe('signed-in')
  const notices = await noticesOf(customer.account.id, 'second-factor-changed')
  expect(notices).toHaveLength(2)
  const removal = notices.find(({ id }) => id !== notice?.id)
  await api.call(auth.undoChange, { body: { token: linkToken(app.ctx, removal?.linkId ?? '') } })
  expect(await alive(customer)).toBe('auth/required')
  clock.advance({ minutes: 1 })
  const challengeId = await firstStep(email)
  expect(await codeOf(giveTotp(challengeId, totpCode(secret, clock)))).toBe('none')
})

test('SE-6: changing factors needs a proof of five minutes at most', async () => {
  const { customer, secret, codes } = await withApp()
  clock.advance({ minutes: 5 })
  const changes = [
    customer.call(security.beginTotp, {}),
    customer.call(security.confirmTotp, { body: { code: '123456' } }),
    customer.call(security.removeTotp, {}),
    customer.call(security.renewRecoveryCodes, {}),
    customer.call(security.beginPasskey, {}),
    customer.call(security.removePasskey, { params: { passkeyId: customer.account.id } }),
  ]
  const refused = await Promise.all(changes.map(codeOf))
  expect(new Set(refused)).toEqual(new Set(['auth/confirmation-required']))
  const body = { method: 'totp', code: totpCode(secret, clock) } as const
  const tokens = await customer.call(security.confirmIdentity, { body })
  const renewed = await api.call(security.renewRecoveryCodes, { accessToken: tokens.accessToken })
  expect(renewed.codes.some((code) => codes.includes(code))).toBe(false)
})

test('SE-4: confirming gives the session another id, and the old tokens open nothing', async () => {
  const { customer } = await newCustomer()
  clock.advance({ minutes: 6 })
  const tokens = await customer.call(security.confirmIdentity, { body: { method: 'password', password } })
  expect(tokens.sessionId).not.toBe(customer.tokens.sessionId)
  expect(await alive(customer)).toBe('auth/required')
  const old = api.call(auth.refreshTokens, { body: { refreshToken: customer.tokens.refreshToken } })
  expect(await codeOf(old)).toBe('auth/refresh-invalid')
  expect(await codeOf(api.call(security.beginTotp, { accessToken: tokens.accessToken }))).toBe('none')
})

test('SE-4: a code to one’s own phone confirms, once; a code of somebody else’s, or one to sign in with, does not', async () => {
  const [phone, foreignPhone] = [freshPhone(), freshPhone()]
  const [customer, foreign] = [await given.customer({ phone }), await given.customer({ phone: foreignPhone })]
  const confirm = (challengeId: string, code: string) =>
    customer.call(security.confirmIdentity, { body: { method: 'code', challengeId, code } })
  const theirs = await foreign.call(security.requestConfirmationCode, {})
  expect(await codeOf(confirm(theirs.challengeId, codeFor(app, foreignPhone)))).toBe('auth/challenge-invalid')
  const sent = await customer.call(security.requestConfirmationCode, {})
  const code = codeFor(app, phone)
  const asSignIn = api.call(auth.verifyCode, { body: { challengeId: sent.challengeId, code } })
  expect(await codeOf(asSignIn)).toBe('auth/challenge-invalid')
  const tokens = await confirm(sent.challengeId, code)
  expect(tokens.sessionId).not.toBe(customer.tokens.sessionId)
  expect(await alive(customer)).toBe('auth/required')
})

test('a code by SMS is a first factor like a password: with an app the second one is asked for', async () => {
  const phone = freshPhone()
  const customer = await given.customer({ phone })
  const { secret } = await customer.call(security.beginTotp, {})
  await customer.call(security.confirmTotp, { body: { code: totpCode(secret, clock) } })
  clock.advance({ minutes: 1 })
  const answer = await askerOf(app).signIn(phone)
  if (answer.kind !== 'second-factor') throw new Error('no second factor was asked for')
  const { tokens } = await giveTotp(answer.challengeId, totpCode(secret, clock))
  const { items } = await api.call(security.listSessions, { accessToken: tokens.accessToken })
  expect(items.find(({ isCurrent }) => isCurrent)?.amr).toEqual(['sms', 'otp'])
})

test('an account with an app takes no less than a second factor to confirm', async () => {
  const { customer, codes } = await withApp()
  const confirm = (body: security.ConfirmProof) => customer.call(security.confirmIdentity, { body })
  expect(await codeOf(confirm({ method: 'password', password }))).toBe('auth/invalid-credentials')
  const byCode = { method: 'code', challengeId: customer.account.id, code: '123456' } as const
  expect(await codeOf(confirm(byCode))).toBe('auth/code-invalid')
  expect(await codeOf(confirm({ method: 'recovery-code', code: codes[0] ?? '' }))).toBe('none')
})

test('who has no app has no recovery codes to renew, no app to remove, and nothing to confirm', async () => {
  const { customer } = await newCustomer()
  const answers = [
    customer.call(security.renewRecoveryCodes, {}),
    customer.call(security.removeTotp, {}),
    customer.call(security.confirmTotp, { body: { code: '123456' } }),
    customer.call(security.beginPasskeyConfirmation, {}),
  ]
  expect(new Set(await Promise.all(answers.map(codeOf)))).toEqual(new Set(['auth/factor-not-found']))
})

test('a disabled account gets no further than its first step, also when it is disabled in between', async () => {
  const { customer, email, secret } = await withApp()
  const challengeId = await firstStep(email)
  await inTransaction(db, (tx) =>
    tx.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', customer.account.id).execute(),
  )
  expect(await codeOf(giveTotp(challengeId, totpCode(secret, clock)))).toBe('auth/challenge-invalid')
})

test('a first step of the shop is none at the back office', async () => {
  const { email, secret } = await withApp()
  const challengeId = await firstStep(email)
  const origin = new URL(app.ctx.config.ADMIN_URL).origin
  const backOffice = createApiClient({ baseUrl: app.baseUrl, headers: { origin } })
  const { giveStaffSecondFactor } = await import('@dhow/contracts/staff-auth.ts')
  const proof = { method: 'totp', code: totpCode(secret, clock) } as const
  const answer = backOffice.call(giveStaffSecondFactor, { body: { challengeId, proof } })
  expect(await codeOf(answer)).toBe('auth/challenge-invalid')
})
