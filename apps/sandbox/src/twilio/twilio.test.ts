import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { startSandbox, type RunningSandbox } from '../app.ts'
import { openSchemas } from '../platform/schemas.ts'
import { segmentsOf } from './sms-text.ts'
import { signatureOf } from './signature.ts'

let sandbox: RunningSandbox
let receiver: Server
let callbackUrl = ''
const received: { signature: string; fields: Record<string, string> }[] = []

beforeAll(async () => {
  sandbox = await startSandbox()
  receiver = createServer((req, res) => {
    const chunks: Buffer[] = []
    req.on('data', (chunk: Buffer) => chunks.push(chunk))
    req.on('end', () => {
      const fields = Object.fromEntries(new URLSearchParams(Buffer.concat(chunks).toString()))
      received.push({ signature: String(req.headers['x-twilio-signature']), fields })
      res.writeHead(204).end()
    })
  }).listen(0, '127.0.0.1')
  await once(receiver, 'listening')
  const address = receiver.address()
  callbackUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}/webhooks/twilio`
})
afterAll(async () => {
  receiver.close()
  await sandbox.close()
})
beforeEach(() => {
  sandbox.control.reset()
  received.length = 0
})

const MONA = '+971501234567'
const account = () => sandbox.config.twilio
const basic = () => `Basic ${btoa(`${account().accountSid}:${account().authToken}`)}`

async function call(path: string, form?: Record<string, string>, authorization = basic()) {
  const body = form && new URLSearchParams(form)
  const response = await fetch(`${sandbox.url}${path}`, {
    method: form ? 'POST' : 'GET',
    headers: { authorization },
    ...(body ? { body } : {}),
  })
  return { status: response.status, body: (await response.json()) as Record<string, unknown> }
}

const service = () => `/v2/Services/${account().verifyServiceSid}`
const start = (form: Record<string, string> = {}) =>
  call(`${service()}/Verifications`, { To: MONA, Channel: 'sms', ...form })
const check = (form: Record<string, string>) => call(`${service()}/VerificationCheck`, form)
const text = (form: Record<string, string> = {}) =>
  call(`/2010-04-01/Accounts/${account().accountSid}/Messages.json`, { To: MONA, From: 'DHOW', Body: 'Hello', ...form })

const schemas = openSchemas('twilio.json')
function expectShape(name: 'Verification' | 'VerificationCheck' | 'Message', value: unknown): void {
  const validate = schemas.validator(name)
  validate(structuredClone(value))
  expect(validate.errors ?? []).toEqual([])
}

test('a code is sent, is wrong as a 200, right once, and gone afterwards', async () => {
  const started = await start({ Locale: 'ar' })
  expect(started).toMatchObject({ status: 201, body: { status: 'pending', valid: false, to: MONA, channel: 'sms' } })
  expectShape('Verification', started.body)
  const code = String(sandbox.control.lastCode('050 123 4567'.replace(/^0/, '971')))
  const wrong = await check({ To: MONA, Code: code === '000000' ? '000001' : '000000' })
  expect(wrong).toMatchObject({ status: 200, body: { status: 'pending', valid: false } })
  const right = await check({ VerificationSid: String(started.body['sid']), Code: code })
  expect(right).toMatchObject({ status: 200, body: { status: 'approved', valid: true } })
  expectShape('VerificationCheck', right.body)
  expect(await check({ To: MONA, Code: code })).toMatchObject({ status: 404, body: { code: 20404, status: 404 } })
})

test('asking again sends the same code under the same sid, five times at most', async () => {
  const first = await start()
  const code = sandbox.control.lastCode(MONA)
  for (const attempts of [2, 3, 4, 5]) {
    const again = await start()
    expect(again.body['sid']).toBe(first.body['sid'])
    expect(again.body['send_code_attempts']).toHaveLength(attempts)
  }
  expect(sandbox.control.lastCode(MONA)).toBe(code)
  expect(await start()).toMatchObject({ status: 429, body: { code: 60203 } })
  expect(sandbox.control.countTexts(MONA)).toBe(5)
})

test('the sixth check is refused, and a cancelled verification is gone', async () => {
  await start()
  for (let tries = 0; tries < 5; tries += 1) await check({ To: MONA, Code: 'xxxxxx' })
  expect(await check({ To: MONA, Code: String(sandbox.control.lastCode(MONA)) })).toMatchObject({
    status: 429,
    body: { code: 60202 },
  })
  const cancelled = await call(`${service()}/Verifications/${MONA}`, { Status: 'canceled' })
  expect(cancelled).toMatchObject({ status: 200, body: { status: 'canceled' } })
  expect(await call(`${service()}/Verifications/${MONA}`)).toMatchObject({ status: 404, body: { code: 20404 } })
})

test.each([
  ['an unknown field', { to: MONA }],
  ['a channel that is switched off', { Channel: 'call' }],
  ['rate limits that are no JSON', { RateLimits: 'end_user_ip=1' }],
  ['a number that is none', { To: '0501234567' }],
])('%s is refused as Verify does', async (_case, change) => {
  expect(await start(change)).toMatchObject({ status: 400, body: { code: 60200 } })
  expect(sandbox.control.countTexts()).toBe(0)
})

test('a wrong token is 401, another account’s path 404', async () => {
  expect(await call(`${service()}/Verifications`, { To: MONA, Channel: 'sms' }, 'Basic eDp5')).toMatchObject({
    status: 401,
    body: { code: 20003 },
  })
  expect((await call('/v2/Services/VAffffffffffffffffffffffffffffffff/Verifications/x')).status).toBe(404)
})

test.each([
  [{ To: '+15005550001' }, 21211],
  [{ To: '+15005550009' }, 21614],
  [{ From: '+15005550008' }, 21611],
  [{ From: 'A name too long' }, 21212],
  [{ Body: 'x'.repeat(1601) }, 21617],
  [{ To: '+971585550004' }, 21610],
] as const)('a message with %j is refused with %i', async (change, code) => {
  expect(await text(change)).toMatchObject({ body: { code } })
})

test('a message is queued, then its statuses are reported, signed over the address and all fields', async () => {
  const sent = await text({ StatusCallback: callbackUrl })
  expect(sent).toMatchObject({ status: 201, body: { status: 'queued', num_segments: '1', direction: 'outbound-api' } })
  expectShape('Message', sent.body)
  await sandbox.control.webhooksSettled()
  expect(received.map(({ fields }) => fields['MessageStatus'])).toEqual(['sent', 'delivered'])
  for (const { signature, fields } of received)
    expect(signature).toBe(signatureOf(account().authToken, callbackUrl, fields))
  const path = `/2010-04-01/Accounts/${account().accountSid}/Messages/${String(sent.body['sid'])}.json`
  expect((await call(path)).body).toMatchObject({ status: 'delivered', error_code: null })
})

test('callbacks are doubled, reordered, dropped and forged as told, and texts can be lost', async () => {
  const statuses = async () => {
    received.length = 0
    await text({ StatusCallback: callbackUrl })
    await sandbox.control.webhooksSettled()
    return received.map(({ fields }) => fields['MessageStatus'])
  }
  sandbox.control.setTexts({ mode: 'double' })
  expect(await statuses()).toEqual(['sent', 'sent', 'delivered', 'delivered'])
  sandbox.control.setTexts({ mode: 'reorder', delayMs: 5 })
  expect(await statuses()).toEqual(['delivered', 'sent'])
  sandbox.control.setTexts({ mode: 'drop' })
  expect(await statuses()).toEqual([])
  sandbox.control.setTexts({ mode: 'normal', forgeNext: 1, areTextsLost: true })
  expect(await statuses()).toEqual(['sent', 'undelivered'])
  expect(received[1]?.fields['ErrorCode']).toBe('30003')
  const [forged] = received
  expect(forged?.signature).not.toBe(signatureOf(account().authToken, callbackUrl, forged?.fields ?? {}))
})

test('the known vectors have the known signatures', () => {
  const url = 'https://mycompany.com/myapp.php?foo=1&bar=2'
  const fields = { CallSid: 'CA1234567890ABCDE', Caller: '+14158675309', Digits: '1234', From: '+14158675309' }
  expect(signatureOf('12345', url, { ...fields, To: '+18005551212' })).toBe('RSOYDt4T1cUTdK1PDd93/VVr8B8=')
})

test('the inbox shows code and text, and a number’s newest code is there for tests', async () => {
  await start({ Locale: 'ar', CustomFriendlyName: 'داو' })
  const listed = await fetch(`${sandbox.url}/texts.json?to=${encodeURIComponent(MONA)}`)
  const { texts } = (await listed.json()) as { texts: { code: string; body: string }[] }
  expect(texts[0]?.code).toMatch(/^\d{6}$/)
  const page = await (await fetch(`${sandbox.url}/inbox`)).text()
  expect(page).toContain(`<strong><bdi dir="ltr">${texts[0]?.code}</bdi></strong>`)
  expect(page).toContain('lang="ar" dir="rtl"')
  expect(await (await fetch(sandbox.url)).text()).toContain('058 555 0001')
})

test('a cut connection leaves the text sent', async () => {
  sandbox.control.addFault({ provider: 'twilio', kind: 'reset-after' })
  await expect(start()).rejects.toThrow('fetch failed')
  expect(sandbox.control.countTexts(MONA)).toBe(1)
})

test.each([
  ['a'.repeat(160), 1],
  ['a'.repeat(161), 2],
  ['ر'.repeat(70), 1],
  ['ر'.repeat(71), 2],
  ['€'.repeat(80), 1],
  ['€'.repeat(81), 2],
])('%# a body counts its parts', (body, parts) => expect(segmentsOf(body)).toBe(parts))
