import { getMe } from '@dhow/contracts/account.ts'
import { setPassword } from '@dhow/contracts/account-security.ts'
import * as auth from '@dhow/contracts/auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { mailedToken, mailsTo } from '../../../../test/mailed.ts'
import { codeOf, problemOf } from '../../../../test/problems.ts'
import { rawJson } from '../../../../test/raw-request.ts'
import { putTotp } from '../factors/totp.sql.ts'
import { hashSecret } from './hashing.ts'

const app = await startTestApp()
const { api, db, clock, given } = app

const password = 'a lantern on the creek'
const another = 'قهوة عربية مع الهيل'
let number = 0
const newEmail = (): string => `layla${(number += 1)}@example.com`

const register = (email: string, more: object = {}) =>
  api.call(auth.register, { body: { email, password, name: 'Layla', ...more } })
const login = (email: string, typed: string) => api.call(auth.login, { body: { email, password: typed } })

async function registered(): Promise<{ email: string; accessToken: string; refreshToken: string }> {
  const email = newEmail()
  await register(email)
  const token = await mailedToken(app, email, 'verify')
  const result = await api.call(auth.confirmRegistration, { body: { token } })
  if (result.kind !== 'signed-in') throw new Error('not signed in')
  return { email, ...result.tokens }
}

const hashOf = async (email: string): Promise<string> => {
  const { accessToken } = await signIn(email, password)
  const { id } = await api.call(getMe, { accessToken })
  const row = await db.selectFrom('passwords').select('hash').where('accountId', '=', id).executeTakeFirstOrThrow()
  return row.hash
}

async function signIn(email: string, typed: string) {
  const result = await login(email, typed)
  if (result.kind !== 'signed-in') throw new Error('not signed in')
  return result.tokens
}

test('whoever signs up begins their account by the link that is mailed, and signs in by password from then on', async () => {
  const email = newEmail()
  expect(await register(email, { locale: 'ar' })).toBeNull()
  const [mail] = await mailsTo(app, email)
  expect(mail?.subject).toBe('أكِّد بريدك الإلكتروني')
  expect(await codeOf(login(email, password))).toBe('auth/invalid-credentials')
  const token = await mailedToken(app, email, 'verify')
  const result = await api.call(auth.confirmRegistration, { body: { token } })
  expect(result).toMatchObject({ kind: 'signed-in', isNewCustomer: true })
  const { accessToken } = await signIn(email.toUpperCase(), password)
  expect(await api.call(getMe, { accessToken })).toMatchObject({
    email,
    name: 'Layla',
    locale: 'ar',
    hasPassword: true,
  })
  expect(await codeOf(api.call(auth.confirmRegistration, { body: { token } }))).toBe('auth/link-invalid')
})

test('signing up verifies the address, so orders placed with it are looked for', async () => {
  const email = newEmail()
  await register(email)
  const token = await mailedToken(app, email, 'verify')
  await api.call(auth.confirmRegistration, { body: { token } })
  expect((await app.worker.pendingJobs()).map((job) => job.task)).toContain('customers.claim-orders')
})

test('signing up with an address that has an account tells its owner, changes nothing and makes no other', async () => {
  const { email } = await registered()
  expect(await register(email, { password: another })).toBeNull()
  const mails = await mailsTo(app, email)
  expect(mails.map((mail) => mail.subject)).toEqual(['Confirm your e-mail address', 'You already have an account'])
  expect(mails[1]?.text).not.toContain('token=')
  expect(await codeOf(login(email, another))).toBe('auth/invalid-credentials')
})

test('two who sign up with one address have one account: the link used second is no good', async () => {
  const email = newEmail()
  await register(email)
  const first = await mailedToken(app, email, 'verify')
  await register(email, { password: another })
  const second = await mailedToken(app, email, 'verify')
  await api.call(auth.confirmRegistration, { body: { token: second } })
  expect(await codeOf(api.call(auth.confirmRegistration, { body: { token: first } }))).toBe('auth/link-invalid')
  expect(await codeOf(login(email, another))).toBe('none')
})

test('nobody can have an address mailed more than four times an hour', async () => {
  const email = newEmail()
  for (let asked = 0; asked < 7; asked += 1) expect(await register(email)).toBeNull()
  expect(await mailsTo(app, email)).toHaveLength(4)
  clock.advance({ hours: 1 })
  await register(email)
  expect(await mailsTo(app, email)).toHaveLength(5)
})

test.each([
  ['of 14 characters', 'lantern creek1', 'password-too-short'],
  ['of 129 characters', 'x y'.repeat(43), 'password-too-long'],
  ['of one letter', 'aaaaaaaaaaaaaaa', 'password-common'],
  ['that is listed', 'MyChemicalRomance', 'password-common'],
  ['of their own name', 'Layla Layla 2026', 'password-common'],
  ['of the shop’s name', 'dhow dhow dubai 1', 'password-common'],
])('AU-1: a new password %s is refused with its reason', async (_what, typed, code) => {
  const refused = await problemOf(register(newEmail(), { password: typed }))
  expect(refused).toMatchObject({ status: 422, code: 'request/invalid', errors: [{ pointer: '/password', code }] })
})

test.each([
  ['15 Arabic letters', 'ابتسامة القمر خو'],
  ['128 characters', 'lantern '.repeat(16)],
])('AU-1: %s are a password that works', async (_what, typed) => {
  const email = newEmail()
  await register(email, { password: typed })
  const token = await mailedToken(app, email, 'verify')
  await api.call(auth.confirmRegistration, { body: { token } })
  expect(await codeOf(login(email, typed.normalize('NFD')))).toBe('none')
  expect(await codeOf(login(email, typed.slice(0, -1)))).toBe('auth/invalid-credentials')
})

test('AU-3: a hash of weaker parameters is made anew when its owner signs in', async () => {
  const { email, accessToken } = await registered()
  const { id } = await api.call(getMe, { accessToken })
  const config = { ...app.ctx.config, ARGON2_MEMORY_KIB: 64, ARGON2_PASSES: 1 }
  const hash = await hashSecret({ config }, password)
  await db.updateTable('passwords').set({ hash }).where('accountId', '=', id).execute()
  const renewed = await hashOf(email)
  expect(hash).toContain('m=64,t=1,p=1')
  expect(renewed).toContain('m=19456,t=2,p=1')
  expect(await codeOf(login(email, password))).toBe('none')
})

test('AU-4: changing a password asks for the current one, ends other sessions and tells the owner', async () => {
  const { email, accessToken } = await registered()
  const elsewhere = await signIn(email, password)
  const change = (body: { currentPassword?: string; newPassword: string }) =>
    api.call(setPassword, { body, accessToken })
  expect(await problemOf(change({ newPassword: another }))).toMatchObject({
    errors: [{ pointer: '/currentPassword', code: 'required' }],
  })
  expect(await codeOf(change({ currentPassword: another, newPassword: another }))).toBe('auth/invalid-credentials')
  expect(await problemOf(change({ currentPassword: password, newPassword: 'passwordpassword' }))).toMatchObject({
    errors: [{ pointer: '/newPassword', code: 'password-common' }],
  })
  await change({ currentPassword: password, newPassword: another })
  expect(await codeOf(api.call(auth.refreshTokens, { body: { refreshToken: elsewhere.refreshToken } }))).toBe(
    'auth/refresh-invalid',
  )
  expect(await codeOf(api.call(getMe, { accessToken: elsewhere.accessToken }))).toBe('auth/required')
  expect(await codeOf(api.call(getMe, { accessToken }))).toBe('none')
  expect((await mailsTo(app, email)).at(-1)?.subject).toBe('Your password was changed')
  expect(await codeOf(login(email, password))).toBe('auth/invalid-credentials')
  expect(await codeOf(login(email, another))).toBe('none')
})

test('a customer who signed in by code sets a first password without an old one', async () => {
  const email = newEmail()
  const customer = await given.customer({ email })
  await customer.call(setPassword, { body: { newPassword: password } })
  expect(await codeOf(login(email, password))).toBe('none')
})

test('AU-5: a mailed link sets a new password once, within thirty minutes, and ends every session', async () => {
  const { email, accessToken, refreshToken } = await registered()
  expect(await api.call(auth.forgetPassword, { body: { email } })).toBeNull()
  const token = await mailedToken(app, email, 'reset')
  const reset = (wish: string) => api.call(auth.resetPassword, { body: { token, password: wish } })
  expect(await problemOf(reset('passwordpassword'))).toMatchObject({ errors: [{ code: 'password-common' }] })
  await reset(another)
  expect(await codeOf(reset(another))).toBe('auth/link-invalid')
  expect(await codeOf(api.call(getMe, { accessToken }))).toBe('auth/required')
  expect(await codeOf(api.call(auth.refreshTokens, { body: { refreshToken } }))).toBe('auth/refresh-invalid')
  expect(await codeOf(login(email, password))).toBe('auth/invalid-credentials')
  expect(await codeOf(login(email, another))).toBe('none')
})

test('AU-5: a reset leaves the second factor, which is asked for at the next sign-in', async () => {
  const { email, accessToken } = await registered()
  const { id: accountId } = await api.call(getMe, { accessToken })
  const now = clock.now()
  const seed = { accountId, seedSealed: Buffer.from('sealed'), nextSeedSealed: null, lastStep: 0 }
  await putTotp(db, { ...seed, confirmedAt: now, createdAt: now })
  await api.call(auth.forgetPassword, { body: { email } })
  const token = await mailedToken(app, email, 'reset')
  await api.call(auth.resetPassword, { body: { token, password: another } })
  expect(await login(email, another)).toMatchObject({ kind: 'second-factor', methods: ['totp'] })
})

test('AU-5: after 31 minutes, or once another was asked for, a link sets nothing', async () => {
  const { email } = await registered()
  const ask = async () => {
    await api.call(auth.forgetPassword, { body: { email } })
    return mailedToken(app, email, 'reset')
  }
  const first = await ask()
  const second = await ask()
  const reset = (token: string) => codeOf(api.call(auth.resetPassword, { body: { token, password: another } }))
  expect(first).not.toBe(second)
  expect(await reset(first)).toBe('auth/link-invalid')
  clock.advance({ minutes: 31 })
  expect(await reset(second)).toBe('auth/link-invalid')
})

test('AU-5: only the hash of a token is stored, and of two uses at once one sets the password', async () => {
  const { email } = await registered()
  await api.call(auth.forgetPassword, { body: { email } })
  const token = await mailedToken(app, email, 'reset')
  const rows = await db.selectFrom('oneTimeLinks').selectAll().where('purpose', '=', 'reset-password').execute()
  expect(JSON.stringify(rows)).not.toContain(token)
  const wishes = [another, 'a third one, by the sea']
  const codes = await Promise.all(
    wishes.map((wish) => codeOf(api.call(auth.resetPassword, { body: { token, password: wish } }))),
  )
  expect(codes.toSorted()).toEqual(['auth/link-invalid', 'none'])
})

test('AU-5: an unknown address is answered like a known one, and nothing is mailed', async () => {
  const { email } = await registered()
  const nobody = newEmail()
  const answers = await Promise.all(
    [email, nobody].map((address) => rawJson(`${app.baseUrl}/api/v1/auth/password/forgot`, 'POST', { email: address })),
  )
  const told = answers.map(({ status, body, headers }) => ({
    status,
    body,
    names: [...headers.keys()].filter((name) => name !== 'keep-alive').toSorted(),
  }))
  expect(told[0]).toEqual(told[1])
  expect(told[0]?.status).toBe(202)
  expect(await mailsTo(app, nobody)).toEqual([])
})
