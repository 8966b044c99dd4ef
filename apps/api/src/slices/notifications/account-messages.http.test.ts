import { expect, test } from 'vitest'
import { startTestApp } from '../../../test/app.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { createLink, sendMessage } from '../identity/identity.ts'
import type { NewMessage } from '../identity/identity.ts'

const task = 'notifications.account-message'
const mailFault = { provider: 'sendgrid', method: 'POST', path: '/v3/mail/send' } as const

const app = await startTestApp()
const { ctx, db, sandbox, worker, clock, logs } = app

let number = 0
const newEmail = (): string => `reader${(number += 1)}@example.com`

/** Tells somebody something, and gives the message's id. */
async function tell(wish: Partial<NewMessage> & { to: string }): Promise<string> {
  const { to, ...more } = wish
  const id = newId()
  const content = { to, name: 'Mariam', details: {} }
  const message = { id, accountId: null, kind: 'password-changed', channel: 'email', locale: 'en', content } as const
  await inTransaction(db, (tx) => sendMessage(ctx, tx, { ...message, ...more }))
  return id
}
const stateOf = async (id: string) => {
  const row = await db
    .selectFrom('accountMessages')
    .select(['state', 'attempts', 'providerRef'])
    .where('id', '=', id)
    .executeTakeFirstOrThrow()
  return row
}
const alerts = () => logs.map((line) => line['alert']).filter(Boolean)

test('a message is mailed in its language from the shop, and says sent', async () => {
  const to = newEmail()
  const id = await tell({ to, locale: 'ar' })
  await worker.runJobs()
  const [mail] = sandbox.control.inbox(to)
  expect(mail?.subject).toBe('تم تغيير كلمة المرور')
  expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 1, providerRef: mail?.messageId })
})

test('a message by SMS is texted, without a link', async () => {
  const to = '+971501239876'
  const id = await tell({ to, channel: 'sms', kind: 'new-device' })
  await worker.runJobs()
  const texts = sandbox.control.texts(to).map((text) => text.body)
  expect(texts).toEqual(['Dhow: a new device signed in to your account. Not you? Sign it out under Security.'])
  expect((await stateOf(id)).state).not.toBe('queued')
})

test('the job done five times at once sends one mail', async () => {
  const to = newEmail()
  const messageId = await tell({ to })
  await Promise.all(Array.from({ length: 5 }, () => worker.runTask(task, { messageId })))
  await worker.runJobs()
  expect(sandbox.control.inbox(to)).toHaveLength(1)
})

test('the same message told twice is one', async () => {
  const to = newEmail()
  const id = await tell({ to })
  await tell({ to, id })
  await worker.runJobs()
  expect(sandbox.control.inbox(to)).toHaveLength(1)
})

test('while the provider is down it waits, and is sent when it is back', async () => {
  const to = newEmail()
  sandbox.control.addFault({ ...mailFault, kind: 'error500', times: 2 })
  const id = await tell({ to })
  await worker.runJobs()
  expect(await stateOf(id)).toMatchObject({ state: 'queued', attempts: 1 })
  clock.advance({ seconds: 30 })
  await worker.runJobs()
  clock.advance({ seconds: 60 })
  await worker.runJobs()
  expect(await stateOf(id)).toMatchObject({ state: 'sent', attempts: 3 })
  expect(sandbox.control.inbox(to)).toHaveLength(1)
})

test('what may have been sent is not sent again, and a person is told', async () => {
  const to = newEmail()
  sandbox.control.addFault({ ...mailFault, kind: 'reset-after' })
  const messageId = await tell({ to })
  await worker.runJobs()
  clock.advance({ hours: 1 })
  await worker.runTask(task, { messageId })
  expect(await stateOf(messageId)).toMatchObject({ state: 'sending', attempts: 1 })
  expect(alerts()).toContain('message-unknown')
})

test('a mail whose link has run out meanwhile is not sent', async () => {
  const to = newEmail()
  const { account } = await app.given.customer({ email: to })
  const accountId = account.id
  const linkId = await createLink(ctx, db, { purpose: 'reset-password', accountId })
  const id = await tell({ to, kind: 'reset-password', accountId, linkId })
  clock.advance({ minutes: 31 })
  await worker.runJobs()
  expect(sandbox.control.inbox(to)).toEqual([])
  expect((await stateOf(id)).state).toBe('refused')
})

test('the clean-up deletes a message after ninety days', async () => {
  const id = await tell({ to: newEmail() })
  await worker.runJobs()
  const isThere = async () =>
    (await db.selectFrom('accountMessages').select('id').where('id', '=', id).execute()).length
  clock.advance({ days: 89 })
  await worker.runTask('platform.clean-up')
  expect(await isThere()).toBe(1)
  clock.advance({ days: 2 })
  await worker.runTask('platform.clean-up')
  expect(await isThere()).toBe(0)
})

test('what is stored of a message says neither whom nor what', async () => {
  const to = newEmail()
  const id = await tell({ to, kind: 'new-device', content: { to, name: 'Mariam', details: { city: 'Sharjah' } } })
  const row = await db.selectFrom('accountMessages').selectAll().where('id', '=', id).executeTakeFirstOrThrow()
  const bytes = row.contentSealed.toString('latin1') + JSON.stringify({ ...row, contentSealed: null })
  for (const secret of [to, 'Mariam', 'Sharjah']) expect(bytes).not.toContain(secret)
})
