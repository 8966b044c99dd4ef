import * as account from '@dhow/contracts/account.ts'
import * as security from '@dhow/contracts/account-security.ts'
import * as auth from '@dhow/contracts/auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { softAuthenticator } from '../../../../test/authenticator.ts'
import type { Oddity, SoftAuthenticator } from '../../../../test/authenticator.ts'
import type { GivenCustomer } from '../../../../test/customer.ts'
import { codeOf } from '../../../../test/problems.ts'
import { totpCode } from '../../../../test/staff-browser.ts'
import { linkToken } from '../identity.ts'

const app = await startTestApp()
const { api, clock, db, given } = app
const password = 'a dhow leaves at the second tide'
let count = 0
const nextEmail = (): string => `passkey-${(count += 1)}@dhow.example`
const phone = (): SoftAuthenticator =>
  softAuthenticator({ origin: 'http://localhost:3000', rpId: 'localhost', counts: false })

async function addPasskey(customer: GivenCustomer, holder: SoftAuthenticator, accessToken?: string): Promise<string> {
  const token = accessToken ?? customer.tokens.accessToken
  const { ceremonyId, options } = await api.call(security.beginPasskey, { accessToken: token })
  const body = { ceremonyId, response: holder.create(options), name: 'Phone' }
  return (await api.call(security.addPasskey, { accessToken: token, body })).id
}

async function signIn(holder: SoftAuthenticator, odd: Oddity = {}) {
  const { ceremonyId, options } = await api.call(auth.beginPasskeySignIn, { body: {} })
  return api.call(auth.signInWithPasskey, { body: { ceremonyId, response: holder.get(options, odd) } })
}

test('a passkey signs its owner in, whoever the browser was before, also beside an authenticator app', async () => {
  const customer = await given.customer({ email: nextEmail(), password })
  const holder = phone()
  await addPasskey(customer, holder)
  expect(await customer.call(security.listPasskeys, {})).toMatchObject({ items: [{ name: 'Phone', lastUsedAt: null }] })
  const answer = await signIn(holder)
  const me = await api.call(account.getMe, { accessToken: answer.tokens.accessToken })
  expect(me).toMatchObject({ id: customer.account.id, passkeyCount: 1 })
  const { secret } = await api.call(security.beginTotp, { accessToken: answer.tokens.accessToken })
  const body = { code: totpCode(secret, clock) }
  await api.call(security.confirmTotp, { accessToken: answer.tokens.accessToken, body })
  expect((await signIn(holder)).kind).toBe('signed-in')
  const used = await db
    .selectFrom('passkeys')
    .select('lastUsedAt')
    .where('accountId', '=', customer.account.id)
    .execute()
  expect(used).toEqual([{ lastUsedAt: clock.now() }])
})

test('after a password a passkey is the second factor, of the account that began only', async () => {
  const email = nextEmail()
  const customer = await given.customer({ email, password })
  const [mine, foreign] = [phone(), phone()]
  await addPasskey(customer, mine)
  await addPasskey(await given.customer(), foreign)
  const { secret } = await customer.call(security.beginTotp, {})
  await customer.call(security.confirmTotp, { body: { code: totpCode(secret, clock) } })
  const begun = await api.call(auth.login, { body: { email, password } })
  if (begun.kind !== 'second-factor') throw new Error('no second factor was asked for')
  expect(begun.methods).toEqual(['passkey', 'totp', 'recovery-code'])
  const { challengeId } = begun
  const give = async (holder: SoftAuthenticator, isForeign = false) => {
    const { ceremonyId, options } = await api.call(auth.beginPasskeySignIn, { body: { challengeId } })
    const response = holder.get(isForeign ? { challenge: options.challenge } : options)
    const proof = { method: 'passkey', ceremonyId, response } as const
    return codeOf(api.call(auth.giveSecondFactor, { body: { challengeId, proof } }))
  }
  expect(await give(foreign, true)).toBe('auth/passkey-invalid')
  expect(await give(mine)).toBe('none')
  expect(await codeOf(give(mine))).toBe('auth/challenge-invalid')
})

test.each<[string, Oddity]>([
  ['without the person verified', { userVerified: false }],
  ['for the back office', { origin: 'http://localhost:3001' }],
  ['by a copy of the site', { origin: 'http://localhost:3000.evil.example', rpId: 'evil.example' }],
  ['with a forged signature', { isForged: true }],
])('a passkey given %s signs nobody in', async (_, odd) => {
  const holder = phone()
  await addPasskey(await given.customer(), holder)
  expect(await codeOf(signIn(holder, odd))).toBe('auth/passkey-invalid')
  expect(await codeOf(signIn(holder))).toBe('none')
})

test('a disabled customer’s passkey is refused like an unknown one', async () => {
  const customer = await given.customer()
  const holder = phone()
  await addPasskey(customer, holder)
  await db.updateTable('accounts').set({ status: 'disabled' }).where('id', '=', customer.account.id).execute()
  const unknown = phone()
  unknown.create({ challenge: 'AAAA', user: { id: Buffer.from('nobody').toString('base64url') } })
  expect(await codeOf(signIn(holder))).toBe('auth/passkey-invalid')
  expect(await codeOf(signIn(unknown))).toBe('auth/passkey-invalid')
})

test('the last way in cannot be removed, another’s passkey is not found', async () => {
  const holder = phone()
  const lonely = await given.customer({ phone: null })
  const passkeyId = await addPasskey(lonely, holder)
  const remove = (customer: GivenCustomer, id: string) =>
    codeOf(customer.call(security.removePasskey, { params: { passkeyId: id } }))
  expect(await remove(lonely, passkeyId)).toBe('auth/last-factor')
  expect(await remove(await given.customer(), passkeyId)).toBe('auth/factor-not-found')
  const spare = await addPasskey(lonely, phone())
  expect(await remove(lonely, spare)).toBe('none')
  expect(await codeOf(signIn(holder))).toBe('none')
  const byPhone = await given.customer()
  expect(await remove(byPhone, await addPasskey(byPhone, phone()))).toBe('none')
})

test('a passkey confirms who is asking, where no app is set up', async () => {
  const customer = await given.customer()
  const holder = phone()
  await addPasskey(customer, holder)
  clock.advance({ minutes: 6 })
  expect(await codeOf(customer.call(security.beginPasskey, {}))).toBe('auth/confirmation-required')
  const { ceremonyId, options } = await customer.call(security.beginPasskeyConfirmation, {})
  const body = { method: 'passkey', ceremonyId, response: holder.get(options) } as const
  const other = await customer.signIn()
  const elsewhere = api.call(security.confirmIdentity, { accessToken: other.accessToken, body })
  expect(await codeOf(elsewhere)).toBe('auth/challenge-invalid') // of another session
  const again = await customer.call(security.beginPasskeyConfirmation, {})
  const right = { method: 'passkey', ceremonyId: again.ceremonyId, response: holder.get(again.options) } as const
  const tokens = await customer.call(security.confirmIdentity, { body: right })
  expect(await codeOf(api.call(security.beginPasskey, { accessToken: tokens.accessToken }))).toBe('none')
})

test('SE-6: a passkey somebody else added is taken back by the link in its notice', async () => {
  const customer = await given.customer({ email: nextEmail(), password })
  const holder = phone()
  await addPasskey(customer, holder)
  const link = await db.selectFrom('accountMessages').select('linkId').where('accountId', '=', customer.account.id)
    .where('kind', '=', 'second-factor-changed').executeTakeFirstOrThrow() // prettier-ignore
  await api.call(auth.undoChange, { body: { token: linkToken(app.ctx, link.linkId ?? '') } })
  expect(await codeOf(signIn(holder))).toBe('auth/passkey-invalid')
  expect(await codeOf(customer.call(account.getMe, {}))).toBe('auth/required')
})

test('one passkey belongs to one account', async () => {
  const holder = phone()
  const first = await given.customer()
  const { ceremonyId, options } = await first.call(security.beginPasskey, {})
  const response = holder.create(options)
  await first.call(security.addPasskey, { body: { ceremonyId, response, name: 'Phone' } })
  const second = await given.customer()
  const begun = await second.call(security.beginPasskey, {})
  const clientData: { challenge: string } = JSON.parse(
    Buffer.from(String(response.response['clientDataJSON']), 'base64url').toString(),
  )
  clientData.challenge = begun.options.challenge
  const clientDataJSON = Buffer.from(JSON.stringify(clientData)).toString('base64url')
  const copied = { ...response, response: { ...response.response, clientDataJSON } }
  const add = second.call(security.addPasskey, {
    body: { ceremonyId: begun.ceremonyId, response: copied, name: 'Mine' },
  })
  expect(await codeOf(add)).toBe('auth/passkey-invalid')
})
