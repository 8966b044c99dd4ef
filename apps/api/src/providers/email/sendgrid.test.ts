import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePort } from '../../../../../scripts/embedded/ports.ts'
import { startSandbox } from '../../../../sandbox/src/app.ts'
import { unitConfig } from '../../../test/unit-config.ts'
import { createMetrics } from '../../platform/telemetry/metrics.ts'
import { createSendGrid } from './sendgrid.ts'
import type { EmailMessage } from './port.ts'

const message: EmailMessage = {
  to: 'mariam@example.com',
  from: { email: 'orders@dhow.example', name: 'داو' },
  replyTo: 'care@dhow.example',
  subject: 'تأكيد طلبك DH-7K3M-9QXT',
  text: 'شكراً',
  html: '<p dir="rtl">شكراً</p>',
  notificationId: '0192a000-0000-7000-8000-00000000000a',
  category: 'order-confirmed',
}

function sendGridAt(url: string, apiKey: string) {
  return createSendGrid(unitConfig({ SENDGRID_API_BASE: url, SENDGRID_API_KEY: apiKey }), createMetrics())
}

async function start(options: { apiKey?: string } = {}) {
  const sandbox = await startSandbox()
  onTestFinished(() => sandbox.close())
  const apiKey = options.apiKey ?? sandbox.config.sendgrid.apiKey
  return { send: sendGridAt(sandbox.url, apiKey), sandbox: sandbox.control }
}

const fault = { provider: 'sendgrid', method: 'POST', path: '/v3/mail/send' } as const

test('a mail goes to the configured address, with both parts and only an opaque id beside them', async () => {
  const { send, sandbox } = await start()
  const outcome = await send(message)
  const [mail] = sandbox.inbox('mariam@example.com')
  expect(outcome).toEqual({ kind: 'accepted', providerRef: mail?.messageId })
  expect(mail).toMatchObject({
    subject: message.subject,
    from: { email: 'orders@dhow.example', name: 'داو' },
    replyTo: { email: 'care@dhow.example' },
    text: message.text,
    html: message.html,
    categories: ['order-confirmed'],
    customArgs: { dhow_notification_id: message.notificationId },
  })
})

test('two shops in one process do not share a key or an address', async () => {
  const first = await start()
  await start()
  expect(await first.send(message)).toMatchObject({ kind: 'accepted' })
  expect(first.sandbox.inbox()).toHaveLength(1)
})

test('a wrong message is refused for good, with the reason', async () => {
  const { send } = await start()
  const outcome = await send({ ...message, subject: '' })
  expect(outcome).toMatchObject({ kind: 'refused', reason: expect.stringContaining('subject') })
})

test('a key or sender SendGrid does not take locks us out: the message itself is not to blame', async () => {
  const { send } = await start({ apiKey: 'SG.revoked' })
  expect(await send(message)).toMatchObject({ kind: 'locked-out', reason: expect.stringContaining('401') })
  const { send: sendUnverified } = await start()
  const unverified = { ...message, from: { email: 'unverified@dhow.example', name: 'Dhow' } }
  expect(await sendUnverified(unverified)).toMatchObject({ kind: 'locked-out', reason: expect.stringContaining('403') })
})

test('too many requests wait until the limit starts anew', async () => {
  const { send, sandbox } = await start()
  sandbox.addFault({ ...fault, kind: 'rate-limit' })
  const outcome = await send(message)
  if (outcome.kind !== 'retry') throw new Error(outcome.kind)
  expect(outcome.afterSeconds).toBeGreaterThanOrEqual(1)
  expect(outcome.afterSeconds).toBeLessThanOrEqual(60)
  expect(sandbox.inbox()).toEqual([])
})

test('an error of theirs, and an address where nobody listens, mean it was not sent', async () => {
  const { send, sandbox } = await start()
  sandbox.addFault({ ...fault, kind: 'error500' })
  expect(await send(message)).toMatchObject({ kind: 'retry', afterSeconds: 30 })
  const sendNowhere = sendGridAt(`http://127.0.0.1:${await findFreePort()}`, 'SG.x')
  expect(await sendNowhere(message)).toMatchObject({ kind: 'retry' })
})

test('a connection cut before the answer is unknown: the mail may be on its way', async () => {
  const { send, sandbox } = await start()
  sandbox.addFault({ ...fault, kind: 'reset-after' })
  expect(await send(message)).toMatchObject({ kind: 'unknown' })
  expect(sandbox.inbox()).toHaveLength(1)
})

test('no outcome carries the API key or the mail into a log', async () => {
  const { send, sandbox } = await start()
  for (const kind of ['error500', 'reset-before', 'rate-limit'] as const) {
    sandbox.addFault({ ...fault, kind })
    const printed = inspect(await send(message), { depth: 10 })
    expect(printed).not.toMatch(/SG\.|mariam|dir="rtl"/)
  }
})
