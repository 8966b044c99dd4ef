import { inspect } from 'node:util'
import { expect, onTestFinished, test } from 'vitest'
import { findFreePort } from '../../../../../scripts/embedded/ports.ts'
import { startSandbox } from '../../../../sandbox/src/app.ts'
import { readConfig } from '../../config.ts'
import { createMetrics } from '../../platform/telemetry/metrics.ts'
import type { CodeRequest } from './port.ts'
import { createTwilio } from './twilio.ts'

const key = Buffer.alloc(32, 1).toString('base64')
const phone = '+971501234567'
const request: CodeRequest = { phone, purpose: 'sign-in', locale: 'en', callerKey: 'k1' }

function twilioAt(url: string, env: Record<string, string> = {}) {
  const config = readConfig({
    DATABASE_URL: 'postgresql://unused',
    DATA_KEY: key,
    TOKEN_KEY: key,
    STRIPE_SECRET_KEY: 'sk_test_unused',
    STRIPE_PUBLISHABLE_KEY: 'pk_test_unused',
    STRIPE_WEBHOOK_SECRETS: 'whsec_unused',
    SENDGRID_API_KEY: 'SG.unused',
    TWILIO_API_BASE: url,
    TWILIO_VERIFY_BASE: url,
    TWILIO_ACCOUNT_SID: 'AC00000000000000000000000000d00d00',
    TWILIO_AUTH_TOKEN: 'dhow-sandbox-auth-token',
    TWILIO_VERIFY_SERVICE_SID: 'VA00000000000000000000000000d00d00',
    TWILIO_VERIFY_TEMPLATES:
      'sign-in:HJ00000000000000000000000000d00d01,change-phone:HJ00000000000000000000000000d00d02,confirm-identity:HJ00000000000000000000000000d00d03,confirm-order:HJ00000000000000000000000000d00d04',
    PUBLIC_API_URL: 'https://api.shop.test',
    TWILIO_TIMEOUT_MS: '500',
    ...env,
  })
  return createTwilio(config, createMetrics())
}

async function start(env: Record<string, string> = {}) {
  const sandbox = await startSandbox()
  onTestFinished(() => sandbox.close())
  return { sms: twilioAt(sandbox.url, env), sandbox: sandbox.control }
}

async function started() {
  const parts = await start()
  const outcome = await parts.sms.startVerification(request)
  if (outcome.kind !== 'sent') throw new Error(outcome.kind)
  const { providerRef } = outcome
  return { ...parts, at: { providerRef, phone }, code: String(parts.sandbox.lastCode(phone)) }
}

test('a wrong code is not verified though Twilio answers 200, the right one is once, then a new one is needed', async () => {
  const { sms, at, code } = await started()
  expect(await sms.checkVerification(at, code === '000000' ? '111111' : '000000')).toEqual({ kind: 'wrong' })
  expect(await sms.checkVerification(at, code)).toEqual({ kind: 'approved' })
  expect(await sms.checkVerification(at, code)).toEqual({ kind: 'gone' })
})

test('the sixth message and the sixth check are too many', async () => {
  const { sms, at, code } = await started()
  for (let sends = 0; sends < 4; sends += 1) await sms.startVerification(request)
  expect(await sms.startVerification(request)).toEqual({ kind: 'limited', retryAfterSeconds: 600 })
  for (let tries = 0; tries < 5; tries += 1) await sms.checkVerification(at, 'xxxxxx')
  expect(await sms.checkVerification(at, code)).toEqual({ kind: 'exhausted' })
})

test('a cancelled verification is gone, and the next one has another sid', async () => {
  const { sms, at, code } = await started()
  expect(await sms.cancelVerification(at)).toBe(true)
  expect(await sms.cancelVerification(at)).toBe(true)
  expect(await sms.checkVerification(at, code)).toEqual({ kind: 'gone' })
  const again = await sms.startVerification(request)
  expect(again).toMatchObject({ kind: 'sent' })
  expect(again).not.toEqual({ kind: 'sent', providerRef: at.providerRef })
})

test.each([
  ['+971585550005', { kind: 'refused', reason: 'no-mobile' }],
  ['+971585550010', { kind: 'refused', reason: 'no-number' }],
  ['+971585550007', { kind: 'limited', retryAfterSeconds: 600 }],
  ['+971585550008', { kind: 'blocked', reason: '60410' }],
  ['+971585550009', { kind: 'blocked', reason: '60605' }],
])('%s is answered %j', async (number, outcome) => {
  const { sms } = await start()
  expect(await sms.startVerification({ ...request, phone: number })).toEqual(outcome)
})

test('without an answer the outcome is unknown, asking again sends the same code, and a check goes by the number', async () => {
  const { sms, sandbox } = await start()
  sandbox.addFault({ provider: 'twilio', kind: 'reset-after' })
  expect(await sms.startVerification(request)).toMatchObject({ kind: 'unknown' })
  const code = String(sandbox.lastCode(phone))
  expect(await sms.startVerification(request)).toMatchObject({ kind: 'sent' })
  expect(sandbox.lastCode(phone)).toBe(code)
  expect(await sms.checkVerification({ providerRef: null, phone }, code)).toEqual({ kind: 'approved' })
})

test('a failure of theirs, too many requests, and nobody there mean it was not sent', async () => {
  const { sms, sandbox } = await start()
  sandbox.addFault({ provider: 'twilio', kind: 'error500' })
  expect(await sms.startVerification(request)).toMatchObject({ kind: 'unavailable' })
  sandbox.addFault({ provider: 'twilio', kind: 'rate-limit' })
  expect(await sms.startVerification(request)).toEqual({ kind: 'limited', retryAfterSeconds: 30 })
  const nobody = twilioAt(`http://127.0.0.1:${await findFreePort()}`)
  expect(await nobody.startVerification(request)).toMatchObject({ kind: 'unavailable' })
  expect(await nobody.sendMessage({ to: phone, text: 'x' })).toMatchObject({ kind: 'retry' })
})

test('our rate limit goes along as a JSON string in the form, and the sandbox reads it', async () => {
  const { sms } = await start({ TWILIO_VERIFY_RATE_LIMIT: 'end_user_ip' })
  expect(await sms.startVerification(request)).toMatchObject({ kind: 'sent' })
})

test('OT-9: a code stands first, names brand and purpose, warns, has no link, and fits one part in both languages', async () => {
  for (const purpose of ['sign-in', 'change-phone', 'confirm-identity'] as const)
    for (const locale of ['en', 'ar'] as const) {
      const { sms, sandbox } = await start()
      await sms.startVerification({ ...request, purpose, locale })
      const [text] = sandbox.texts(phone)
      expect(text).toMatchObject({ segments: 1, code: text?.body.slice(0, 6) })
      expect(text?.body).toContain(locale === 'ar' ? 'داو' : 'Dhow')
      expect(text?.body).toMatch(locale === 'ar' ? /لا تشاركه/ : /Never share/)
      expect(text?.body).not.toMatch(/https?:|www\.|\.(com|ae|example)/)
      expect(text?.body.length).toBeLessThanOrEqual(locale === 'ar' ? 70 : 160)
    }
})

test('a text is taken, its statuses go to our public address', async () => {
  const { sms, sandbox } = await start()
  const outcome = await sms.sendMessage({ to: phone, text: 'تم تغيير رقم هاتفك' })
  expect(outcome).toMatchObject({ kind: 'accepted', providerRef: expect.stringMatching(/^SM[0-9a-f]{32}$/) })
  expect(sandbox.texts(phone)[0]).toMatchObject({ from: 'DHOW', body: 'تم تغيير رقم هاتفك', segments: 1 })
})

test.each([
  ['+971585550004', { kind: 'refused', reason: 'Twilio answered 400 (21610)' }],
  ['+971585550005', { kind: 'refused', reason: 'Twilio answered 400 (21614)' }],
  ['+971585550007', { kind: 'retry', afterSeconds: 30 }],
  ['+971585550006', { kind: 'unknown' }],
])('a text to %s is answered %j', async (to, outcome) => {
  const { sms } = await start()
  expect(await sms.sendMessage({ to, text: 'x' })).toMatchObject(outcome)
})

test('a text that timed out is unknown, never tried again by itself', async () => {
  const { sms, sandbox } = await start()
  sandbox.addFault({ provider: 'twilio', kind: 'timeout' })
  expect(await sms.sendMessage({ to: phone, text: 'x' })).toMatchObject({ kind: 'unknown' })
  sandbox.addFault({ provider: 'twilio', kind: 'reset-after' })
  expect(await sms.sendMessage({ to: phone, text: 'x' })).toMatchObject({ kind: 'unknown' })
  expect(sandbox.countTexts(phone)).toBe(1)
})

test('a token Twilio does not take locks us out', async () => {
  const { sms } = await start({ TWILIO_AUTH_TOKEN: 'revoked' })
  expect(await sms.sendMessage({ to: phone, text: 'x' })).toMatchObject({ kind: 'locked-out' })
  expect(await sms.startVerification(request)).toMatchObject({ kind: 'unavailable' })
})

test('no outcome carries the token or the number into a log', async () => {
  const { sms, sandbox } = await start()
  for (const kind of ['error500', 'reset-before', 'rate-limit', 'timeout'] as const) {
    sandbox.addFault({ provider: 'twilio', kind, times: 2 })
    const printed = inspect(
      [await sms.startVerification(request), await sms.sendMessage({ to: phone, text: 'secret' })],
      {
        depth: 10,
      },
    )
    expect(printed).not.toMatch(/501234567|auth-token|secret|Basic/)
  }
})
