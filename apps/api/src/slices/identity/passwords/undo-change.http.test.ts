import * as account from '@dhow/contracts/account.ts'
import * as security from '@dhow/contracts/account-security.ts'
import * as auth from '@dhow/contracts/auth.ts'
import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { mailedToken, mailsTo } from '../../../../test/mailed.ts'
import { codeOf } from '../../../../test/problems.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { lockAccount, updateAccount } from '../accounts.sql.ts'
import { phoneIndexOf, sealPerson } from '../accounts.ts'
import { snapshotFactors } from '../factors/factor-snapshot.ts'
import { putTotp } from '../factors/totp.sql.ts'
import { tellOfChange } from '../tell-of-change.ts'

const app = await startTestApp()
const { api, ctx, db, clock, given } = app

const password = 'a lantern on the creek'
const another = 'another lantern, lit'
let number = 0
const newEmail = (): string => `noor${(number += 1)}@example.com`

async function customer() {
  const email = newEmail()
  const made = await given.customer({ email, password })
  return { ...made, email, id: made.account.id }
}
const undo = (token: string) => codeOf(api.call(auth.undoChange, { body: { token } }))
const isSignedIn = async (accessToken: string): Promise<boolean> =>
  (await codeOf(api.call(account.getMe, { accessToken }))) === 'none'
const loginCode = (email: string, typed: string) => codeOf(api.call(auth.login, { body: { email, password: typed } }))

async function moveTo(mover: Awaited<ReturnType<typeof customer>>, email: string): Promise<void> {
  await mover.call(security.changeEmail, { body: { email } })
  await api.call(auth.confirmEmail, { body: { token: await mailedToken(app, email, 'email') } })
}

test('SE-6: a new address is the account’s once its link is used; the old one is told, and other sessions end', async () => {
  const mover = await customer()
  const elsewhere = await mover.signIn()
  const email = newEmail()
  await mover.call(security.changeEmail, { body: { email } })
  expect(await loginCode(email, password)).toBe('auth/invalid-credentials')
  await moveTo(mover, email)
  expect(await mover.call(account.getMe, {})).toMatchObject({ email })
  expect(await isSignedIn(elsewhere.accessToken)).toBe(false)
  expect(await loginCode(email, password)).toBe('none')
  expect((await mailsTo(app, mover.email)).map((mail) => mail.subject)).toEqual(['Your e-mail address was changed'])
})

test('SE-6: the old address takes the change back within 72 hours: everybody is signed out, and later links are dead', async () => {
  const owner = await customer()
  const thief = newEmail()
  await moveTo(owner, thief)
  await owner.call(security.setPassword, { body: { currentPassword: password, newPassword: another } })
  await api.call(auth.forgetPassword, { body: { email: thief } })
  const thiefsReset = await mailedToken(app, thief, 'reset')
  const thiefsUndo = await mailedToken(app, thief, 'undo')
  clock.advance({ hours: 71 })
  expect(await undo(await mailedToken(app, owner.email, 'undo'))).toBe('none')
  expect(await isSignedIn(owner.tokens.accessToken)).toBe(false)
  expect(await undo(thiefsUndo)).toBe('auth/link-invalid')
  expect(await codeOf(api.call(auth.resetPassword, { body: { token: thiefsReset, password: another } }))).toBe(
    'auth/link-invalid',
  )
  expect(await loginCode(thief, another)).toBe('auth/invalid-credentials')
  await api.call(auth.forgetPassword, { body: { email: owner.email } })
  const token = await mailedToken(app, owner.email, 'reset')
  expect(await codeOf(api.call(auth.resetPassword, { body: { token, password } }))).toBe('none')
  expect(await loginCode(owner.email, password)).toBe('none')
})

test('SE-6: after 72 hours, or a second time, nothing is taken back', async () => {
  const owner = await customer()
  await moveTo(owner, newEmail())
  const late = await mailedToken(app, owner.email, 'undo')
  clock.advance({ hours: 72, seconds: 1 })
  expect(await undo(late)).toBe('auth/link-invalid')

  const other = await customer()
  await moveTo(other, newEmail())
  const token = await mailedToken(app, other.email, 'undo')
  expect([await undo(token), await undo(token)]).toEqual(['none', 'auth/link-invalid'])
})

test('SE-6: a password that was changed comes back, and the new one no longer works', async () => {
  const owner = await customer()
  await owner.call(security.setPassword, { body: { currentPassword: password, newPassword: another } })
  expect(await undo(await mailedToken(app, owner.email, 'undo'))).toBe('none')
  expect(await loginCode(owner.email, another)).toBe('auth/invalid-credentials')
  expect(await loginCode(owner.email, password)).toBe('none')
  expect(await isSignedIn(owner.tokens.accessToken)).toBe(false)
})

test('SE-6: a phone that was changed comes back, unless it is another’s by now', async () => {
  const change = async (phone: string) => {
    const owner = await customer()
    const { phone: before } = await owner.call(account.getMe, {})
    await inTransaction(db, async (tx) => {
      const row = await lockAccount(tx, owner.id)
      if (!row?.dataKey) throw new Error('no account')
      const sealed = sealPerson(ctx.sealer, { id: row.id, dataKey: row.dataKey }, { phone })
      await updateAccount(tx, row.id, sealed, clock.now())
      await tellOfChange(ctx, tx, { account: row, before: { change: 'phone', phone: before } })
    })
    return { owner, before, token: await mailedToken(app, owner.email, 'undo') }
  }
  const phoneOf = async (id: string) => {
    const row = await db.selectFrom('accounts').select('phoneIndex').where('id', '=', id).executeTakeFirstOrThrow()
    return row.phoneIndex
  }
  const { owner, before, token } = await change('+971521110001')
  expect(await undo(token)).toBe('none')
  expect(await phoneOf(owner.id)).toEqual(phoneIndexOf(ctx.sealer, before ?? ''))
  expect(app.sandbox.control.texts(before ?? '').map((text) => text.body)).toEqual([
    'Dhow: your account has another phone number now. Not you? Tell us at once.',
  ])

  const gone = await change('+971521110002')
  await given.customer({ phone: gone.before })
  expect(await undo(gone.token)).toBe('auth/link-invalid')
})

test('SE-6: a second factor somebody added goes again', async () => {
  const owner = await customer()
  await inTransaction(db, async (tx) => {
    const row = await lockAccount(tx, owner.id)
    if (!row) throw new Error('no account')
    const before = await snapshotFactors(tx, row.id)
    const now = clock.now()
    const seed = { accountId: row.id, seedSealed: Buffer.from('sealed'), nextSeedSealed: null, lastStep: 0 }
    await putTotp(tx, { ...seed, confirmedAt: now, createdAt: now })
    const details = { change: 'totp-added' }
    await tellOfChange(ctx, tx, { account: row, before: { change: 'second-factor', before }, details })
  })
  expect(await owner.call(account.getMe, {})).toMatchObject({ hasTotp: true })
  expect(await undo(await mailedToken(app, owner.email, 'undo'))).toBe('none')
  const { accessToken } = await owner.signIn()
  expect(await api.call(account.getMe, { accessToken })).toMatchObject({ hasTotp: false })
})

test('SE-6: password and e-mail change only within five minutes of a proof of who is asking', async () => {
  const owner = await customer()
  clock.advance({ minutes: 5, seconds: 1 })
  const codes = [
    await codeOf(owner.call(security.changeEmail, { body: { email: newEmail() } })),
    await codeOf(owner.call(security.setPassword, { body: { currentPassword: password, newPassword: another } })),
  ]
  expect(codes).toEqual(['auth/confirmation-required', 'auth/confirmation-required'])
})

test('an address that is another’s is mailed all the same, and only whoever uses the link learns of it', async () => {
  const [mover, owner] = [await customer(), await customer()]
  expect(await mover.call(security.changeEmail, { body: { email: owner.email } })).toBeNull()
  const token = await mailedToken(app, owner.email, 'email')
  expect(await codeOf(api.call(auth.confirmEmail, { body: { token } }))).toBe('account/contact-taken')
})

test('one account has five new addresses mailed an hour, and the last link is the one that works', async () => {
  const mover = await customer()
  const emails = Array.from({ length: 5 }, newEmail)
  for (const email of emails) await mover.call(security.changeEmail, { body: { email } })
  expect(await codeOf(mover.call(security.changeEmail, { body: { email: newEmail() } }))).toBe('request/rate-limited')
  await app.worker.runJobs()
  const mailed = emails.filter((email) => app.sandbox.control.inbox(email).length > 0)
  expect(mailed).toEqual([emails[4]])
})
