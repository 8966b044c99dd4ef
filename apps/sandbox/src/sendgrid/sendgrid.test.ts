import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { startSandbox, type RunningSandbox } from '../app.ts'
import type { InboxMail } from './inbox.ts'

let sandbox: RunningSandbox

beforeAll(async () => {
  sandbox = await startSandbox()
})
afterAll(() => sandbox.close())
beforeEach(() => sandbox.control.reset())

const MAIL = {
  personalizations: [{ to: [{ email: 'mona@example.ae', name: 'Mona' }], custom_args: { outbox_id: '7' } }],
  from: { email: 'orders@shop.example', name: 'Dhow' },
  subject: 'تم تأكيد طلبك',
  content: [
    { type: 'text/plain', value: 'شكراً لك' },
    { type: 'text/html', value: '<html dir="rtl" lang="ar"><script>alert(1)</script><p>شكراً لك</p></html>' },
  ],
}

const send = (mail: object, key = 'SG.dhow.sandbox') =>
  fetch(`${sandbox.url}/v3/mail/send`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(mail),
  })

test('a right mail is answered 202 with nothing but its id, and lies in the inbox', async () => {
  const response = await send(MAIL)
  expect(response.status).toBe(202)
  expect(await response.text()).toBe('')
  expect(response.headers.get('x-ratelimit-remaining')).toMatch(/^\d+$/)
  const listed = await fetch(`${sandbox.url}/inbox.json?to=MONA@example.ae`)
  const { mails } = (await listed.json()) as { mails: InboxMail[] }
  expect(mails).toHaveLength(1)
  expect(mails[0]).toMatchObject({
    subject: MAIL.subject,
    messageId: response.headers.get('x-message-id'),
    customArgs: { outbox_id: '7' },
  })
})

test('the pages show direction and parts, and the mail’s own HTML may run nothing', async () => {
  await send(MAIL)
  const list = await (await fetch(`${sandbox.url}/inbox`)).text()
  expect(list).toContain('<span class="subject" dir="rtl">')
  const [mail] = sandbox.control.inbox()
  expect(await (await fetch(`${sandbox.url}/inbox/${mail?.id}`)).text()).toContain('sandbox="allow-popups')
  const shown = await fetch(`${sandbox.url}/inbox/${mail?.id}/html`)
  expect(shown.headers.get('content-security-policy')).toMatch(/default-src 'none'.*; sandbox /)
  await fetch(`${sandbox.url}/inbox`, { method: 'DELETE' })
  expect(sandbox.control.inbox()).toEqual([])
})

test.each([
  ['no personalisation', { personalizations: [] }, 'personalizations'],
  ['an address that is none', { personalizations: [{ to: [{ email: 'mona' }] }] }, 'personalizations.0.to.0.email'],
  [
    'one address twice',
    { personalizations: [{ to: [{ email: 'a@b.ae' }], cc: [{ email: 'A@b.ae' }] }] },
    'personalizations.0',
  ],
  ['no subject', { subject: undefined }, 'subject'],
  ['no content', { content: undefined }, 'content'],
  ['HTML before text', { content: MAIL.content.toReversed() }, 'content'],
  ['a number as argument', { custom_args: { outbox_id: 7 } }, 'custom_args'],
  ['a reserved header', { headers: { Subject: 'x' } }, 'headers.Subject'],
  ['a camelCase field', { replyTo: { email: 'a@b.ae' } }, 'replyTo'],
  ['two ways to reply', { reply_to: { email: 'a@b.ae' }, reply_to_list: [{ email: 'a@b.ae' }] }, 'reply_to_list'],
])('%s is refused by field', async (_case, change, field) => {
  const response = await send({ ...MAIL, ...change })
  expect(response.status).toBe(400)
  const { errors } = (await response.json()) as { errors: { field: string; message: string; help: null }[] }
  expect(errors.map((error) => error.field)).toContain(field)
  expect(sandbox.control.inbox()).toEqual([])
})

test('a wrong key, an unverified sender and too many requests have their own answers', async () => {
  expect((await send(MAIL, 'SG.other')).status).toBe(401)
  expect((await send({ ...MAIL, from: { email: 'unverified@shop.example' } })).status).toBe(403)
  sandbox.control.addFault({ provider: 'sendgrid', kind: 'rate-limit' })
  const limited = await send(MAIL)
  expect(limited.status).toBe(429)
  expect(await limited.json()).toEqual({ errors: [{ message: 'too many requests', field: null, help: null }] })
})

test('reset-after keeps the mail although the sender hears nothing', async () => {
  sandbox.control.addFault({ provider: 'sendgrid', kind: 'reset-after' })
  await expect(send(MAIL)).rejects.toThrow('fetch failed')
  expect(sandbox.control.inbox()).toHaveLength(1)
})
