import { getMe } from '@dhow/contracts/account.ts'
import {
  changePhone,
  confirmIdentity,
  confirmPhone,
  requestConfirmationCode,
} from '@dhow/contracts/account-security.ts'
import { undoChange } from '@dhow/contracts/auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { askerOf, codeFor, freshPhone, otherThan } from '../../../../test/one-time-codes.ts'
import { codeOf, problemOf } from '../../../../test/problems.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import { linkToken } from '../links.ts'
import { openSession } from '../tokens/sessions.ts'

const app = await startTestApp()
const { api, db, clock, sandbox } = app

const signedIn = async (wish: { phone: string; email?: string }) => {
  const { tokens, account } = await app.given.customer(wish)
  return { accessToken: tokens.accessToken, account }
}

/** Signed in by more than a text. */
async function signInWithPassword(accountId: string): Promise<string> {
  const client = {
    ip: '203.0.113.9',
    network: '203.0.113.0/24',
    deviceId: undefined,
    userAgent: '',
    place: undefined,
    requestId: newId(),
  }
  const tokens = await inTransaction(db, (tx) =>
    openSession(app.ctx, tx, { accountId, audience: 'shop-api', client, amr: ['pwd'], secondFactorAt: null }),
  )
  return tokens.accessToken
}

async function change(accessToken: string, phone: string) {
  const { challengeId } = await api.call(changePhone, { body: { phone }, accessToken })
  return api.call(confirmPhone, { body: { challengeId, code: codeFor(app, phone) }, accessToken })
}

const messagesOf = (accountId: string) =>
  db.selectFrom('accountMessages').select(['kind', 'channel', 'linkId']).where('accountId', '=', accountId).execute()

test('a new number is the account’s once its code was given; the old one and the address are told, other sessions end', async () => {
  const [old, next] = [freshPhone(), freshPhone()]
  const { accessToken, account } = await signedIn({ phone: old, email: 'layla@example.ae' })
  const elsewhere = await signInWithPassword(account.id)
  expect(await change(accessToken, next)).toMatchObject({ phone: next })
  const messages = (await messagesOf(account.id)).filter(({ kind }) => kind === 'phone-changed')
  expect(messages).toEqual([
    { kind: 'phone-changed', channel: 'email', linkId: expect.any(String) },
    { kind: 'phone-changed', channel: 'sms', linkId: null },
  ])
  expect(await codeOf(api.call(getMe, { accessToken: elsewhere }))).toBe('auth/required')
  expect(await api.call(getMe, { accessToken })).toMatchObject({ phone: next })
  expect((await app.worker.pendingJobs()).map(({ task }) => task)).toContain('customers.claim-orders')
  await app.worker.settle()
  expect(sandbox.control.texts(old)[0]?.body).not.toMatch(/https?:/)
  expect(await askerOf(app).signIn(next)).toMatchObject({ isNewCustomer: false })
})

test('the link in the notice puts the old number back', async () => {
  const [old, next] = [freshPhone(), freshPhone()]
  const { accessToken, account } = await signedIn({ phone: old, email: 'noor@example.ae' })
  await change(accessToken, next)
  const linkId = (await messagesOf(account.id)).find(
    (message) => message.kind === 'phone-changed' && message.linkId,
  )?.linkId
  await api.call(undoChange, { body: { token: linkToken(app.ctx, linkId ?? '') } })
  expect(await api.call(getMe, { accessToken: await signInWithPassword(account.id) })).toMatchObject({ phone: old })
})

test('a number that is another’s is refused only to whoever holds it', async () => {
  const [taken, mine] = [freshPhone(), freshPhone()]
  await signedIn({ phone: taken })
  const { accessToken } = await signedIn({ phone: mine })
  const { challengeId } = await api.call(changePhone, { body: { phone: taken }, accessToken })
  const wrong = otherThan(codeFor(app, taken))
  expect(await codeOf(api.call(confirmPhone, { body: { challengeId, code: wrong }, accessToken }))).toBe(
    'auth/code-invalid',
  )
  expect(await codeOf(api.call(confirmPhone, { body: { challengeId, code: codeFor(app, taken) }, accessToken }))).toBe(
    'account/contact-taken',
  )
  expect(await api.call(getMe, { accessToken })).toMatchObject({ phone: mine })
})

test('two who take one free number at once: one has it', async () => {
  const next = freshPhone()
  const both = await Promise.all([signedIn({ phone: freshPhone() }), signedIn({ phone: freshPhone() })])
  const [one, other] = both
  const { challengeId } = await api.call(changePhone, { body: { phone: next }, accessToken: one.accessToken })
  const confirm = { challengeId, code: codeFor(app, next) }
  clock.advance({ minutes: 1 })
  expect(await codeOf(api.call(confirmPhone, { body: confirm, accessToken: other.accessToken }))).toBe(
    'auth/challenge-invalid',
  )
  expect(await codeOf(api.call(confirmPhone, { body: confirm, accessToken: one.accessToken }))).toBe('none')
  expect(await codeOf(change(other.accessToken, next))).toBe('account/contact-taken')
})

test('a sign-in that is not fresh must be confirmed first, by a code to the account’s own number', async () => {
  const phone = freshPhone()
  const { accessToken } = await signedIn({ phone })
  clock.advance({ minutes: 6 })
  const stale = await problemOf(api.call(changePhone, { body: { phone: freshPhone() }, accessToken }))
  expect(stale.code).toBe('auth/confirmation-required')
  const { challengeId } = await api.call(requestConfirmationCode, { accessToken })
  const body = { method: 'code', challengeId, code: codeFor(app, phone) } as const
  const tokens = await api.call(confirmIdentity, { body, accessToken })
  expect(await change(tokens.accessToken, freshPhone())).toMatchObject({ phone: expect.any(String) })
})

test('OT-8: a number changed less than a day ago changes no number again, unless more than a text was given', async () => {
  const { accessToken, account } = await signedIn({ phone: freshPhone() })
  const young = freshPhone()
  clock.advance({ minutes: 1 })
  await change(accessToken, young)
  const begin = (token: string) => codeOf(api.call(changePhone, { body: { phone: freshPhone() }, accessToken: token }))
  const sentBefore = sandbox.control.countTexts()
  expect(await begin(accessToken)).toBe('auth/confirmation-required')
  const refused = await problemOf(api.call(requestConfirmationCode, { accessToken }))
  expect(refused).toMatchObject({ code: 'auth/factor-not-found' })
  expect(refused.document['alternatives']).toEqual(['password', 'passkey', 'totp'])
  expect(sandbox.control.countTexts()).toBe(sentBefore)
  expect(await begin(await signInWithPassword(account.id))).toBe('none')
  clock.advance({ hours: 25 })
  const later = await askerOf(app).signIn(young)
  if (later.kind !== 'signed-in') throw new Error(later.kind)
  expect(await begin(later.tokens.accessToken)).toBe('none')
})

test('OT-8: the number an account began with is not a changed one', async () => {
  const phone = freshPhone()
  const signIn = await askerOf(app).signIn(phone)
  if (signIn.kind !== 'signed-in') throw new Error(signIn.kind)
  clock.advance({ minutes: 2 })
  expect(await codeOf(api.call(requestConfirmationCode, { accessToken: signIn.tokens.accessToken }))).toBe('none')
})
