import { expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { newId } from '../../../platform/ids.ts'
import { sendMessage } from '../messages.ts'

const app = await startTestApp()
const { db, sandbox } = app

let made = 0

/** A text about an account that has gone out, as the provider knows it. */
async function sentText(): Promise<string> {
  const providerRef = `SM${String((made += 1)).padStart(32, '0')}`
  const id = newId()
  await db
    .insertInto('accountMessages')
    .values({
      id,
      accountId: null,
      kind: 'phone-changed',
      channel: 'sms',
      locale: 'en',
      contentSealed: Buffer.alloc(1),
      linkId: null,
      state: 'sent',
      providerRef,
      createdAt: app.clock.now(),
      sendingSince: app.clock.now(),
      sentAt: app.clock.now(),
    })
    .execute()
  return providerRef
}

const stateOf = async (providerRef: string) =>
  (await db.selectFrom('accountMessages').select('state').where('providerRef', '=', providerRef).executeTakeFirst())
    ?.state

type Status = 'sent' | 'delivered' | 'undelivered'
const report = (messageSid: string, status: Status) =>
  sandbox.control.reportText({ messageSid, status, url: 'https://api.shop.test/webhooks/twilio' })

test('a report moves a text on, twice the same does nothing, and what was delivered stays delivered', async () => {
  const text = await sentText()
  expect(await report(text, 'delivered')).toBe(204)
  for (const status of ['sent', 'delivered', 'undelivered'] as const) expect(await report(text, status)).toBe(204)
  expect(await stateOf(text)).toBe('delivered')
})

test('a text that did not arrive is noted and logged, without its number', async () => {
  const text = await sentText()
  await report(text, 'undelivered')
  expect(await stateOf(text)).toBe('undelivered')
  expect(JSON.stringify(app.logs)).not.toContain('501234567')
})

test('a report of a text we do not know is 204 and changes nothing', async () => {
  expect(await report('SMffffffffffffffffffffffffffffffff', 'delivered')).toBe(204)
})

test('a forged report is 403 and changes nothing, also unsigned or at another address', async () => {
  const text = await sentText()
  sandbox.control.setTexts({ forgeNext: 1 })
  expect(await report(text, 'delivered')).toBe(403)
  const body = new URLSearchParams({ MessageSid: text, MessageStatus: 'delivered' })
  expect((await fetch(`${app.baseUrl}/webhooks/twilio`, { method: 'POST', body })).status).toBe(403)
  const elsewhere = { messageSid: text, status: 'delivered', url: `${app.baseUrl}/webhooks/twilio` } as const
  expect(await sandbox.control.reportText(elsewhere)).toBe(403)
  expect(await stateOf(text)).toBe('sent')
})

test('a text of ours is told of from being sent to being delivered', async () => {
  await inTransaction(db, (tx) =>
    sendMessage(app.ctx, tx, {
      accountId: null,
      kind: 'phone-changed',
      channel: 'sms',
      locale: 'ar',
      content: { to: '+971501239999', name: null, details: {} },
    }),
  )
  await app.worker.settle()
  await sandbox.control.webhooksSettled()
  expect(sandbox.control.countTexts('+971501239999')).toBe(1)
  const states = await db.selectFrom('accountMessages').select('state').where('locale', '=', 'ar').execute()
  expect(states).toEqual([{ state: 'delivered' }])
})
