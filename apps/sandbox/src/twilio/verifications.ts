import { randomInt } from 'node:crypto'
import { TwilioError } from './errors.ts'
import { readForm, readJsonField } from './forms.ts'
import { sentinelOf } from './numbers.ts'
import { codeText, segmentsOf, SHOP_TEMPLATES } from './sms-text.ts'
import { keepText, makeSid, type TwilioContext, type Verification } from './state.ts'

const LIFE_MS = 10 * 60_000
const MAX_SENDS = 5
const MAX_CHECKS = 5
const E164 = /^\+[1-9]\d{6,14}$/

/** `POST …/Verifications`: a code by SMS. Within ten minutes the same number is sent the same code under the same sid. */
export function createVerification(ctx: TwilioContext, body: unknown): { answer: object; isCut: boolean } {
  const form = readForm('CreateVerification', body)
  const { To: to = '', Channel: channel } = form
  if (channel !== 'sms') throw new TwilioError(60200, `Invalid parameter: Channel \`${channel}\` is not switched on`)
  if (!E164.test(to)) throw new TwilioError(60200, 'Invalid parameter `To`')
  readJsonField(form, 'RateLimits')
  const templateSid = form['TemplateSid']
  if (templateSid !== undefined && !(templateSid in SHOP_TEMPLATES))
    throw new TwilioError(60200, 'Invalid parameter TemplateSid: no such template')
  const sentinel = sentinelOf(to)
  if (sentinel?.verify !== undefined) throw new TwilioError(sentinel.verify)
  const verification = pendingFor(ctx, to) ?? newVerification(ctx, to)
  if (verification.attempts.length >= MAX_SENDS) throw new TwilioError(60203)
  verification.locale = form['Locale'] === 'ar' ? 'ar' : 'en'
  verification.attempts.push({ sid: makeSid('VL'), atMs: ctx.nowMs() })
  verification.updatedMs = ctx.nowMs()
  const text = codeText({
    code: verification.code,
    brand: form['CustomFriendlyName'] ?? 'Dhow',
    locale: verification.locale,
    templateSid,
    appHash: form['AppHash'],
  })
  keepText(ctx.state, {
    id: makeSid('SM'),
    kind: 'code',
    to,
    from: 'VERIFY',
    body: text,
    code: verification.code,
    locale: verification.locale,
    segments: segmentsOf(text),
    status: sentinel?.later?.status ?? 'delivered',
    receivedAt: new Date(ctx.nowMs()).toISOString(),
  })
  return { answer: viewOf(ctx, verification), isCut: sentinel?.isCut === true }
}

/** `POST …/VerificationCheck`: a wrong code is no error, but a verification that is over is 404. */
export function checkVerification(ctx: TwilioContext, body: unknown): object {
  const form = readForm('CheckVerification', body)
  const { Code: code, To: to, VerificationSid: sid } = form
  if (code === undefined) throw new TwilioError(60200, 'Missing required parameter Code')
  if (to === undefined && sid === undefined) throw new TwilioError(60200, 'Either To or VerificationSid is required')
  const verification = findPending(ctx, sid ?? to ?? '')
  if (verification.checks >= MAX_CHECKS) throw new TwilioError(60202)
  verification.checks += 1
  verification.updatedMs = ctx.nowMs()
  if (verification.code === code) verification.status = 'approved'
  const { lookup: _lookup, send_code_attempts: _attempts, sna: _sna, url: _url, ...view } = viewOf(ctx, verification)
  return { ...view, sna_attempts_error_codes: [] }
}

/** `POST …/Verifications/{Sid}`: ends it, as when the number turns out to be another. */
export function updateVerification(ctx: TwilioContext, sidOrTo: string, body: unknown): object {
  const { Status: status } = readForm('UpdateVerification', body)
  if (status !== 'canceled' && status !== 'approved') throw new TwilioError(60200, 'Invalid parameter Status')
  const verification = findPending(ctx, sidOrTo)
  verification.status = status
  verification.updatedMs = ctx.nowMs()
  return viewOf(ctx, verification)
}

export const fetchVerification = (ctx: TwilioContext, sidOrTo: string): object => viewOf(ctx, findPending(ctx, sidOrTo))

/** Throws 20404 when it was never started, is approved, cancelled or too old: all look the same. */
function findPending(ctx: TwilioContext, sidOrTo: string): Verification {
  const found = sidOrTo.startsWith('VE') ? ctx.state.verifications.get(sidOrTo) : pendingFor(ctx, sidOrTo)
  if (found && isPending(ctx, found)) return found
  throw new TwilioError(
    20404,
    `The requested resource /Services/${ctx.config.verifyServiceSid}/Verifications was not found`,
  )
}

const isPending = (ctx: TwilioContext, verification: Verification): boolean =>
  verification.status === 'pending' && ctx.nowMs() - verification.createdMs < LIFE_MS

const pendingFor = (ctx: TwilioContext, to: string): Verification | undefined =>
  ctx.state.verifications.newestFirst().find((one) => one.to === to && isPending(ctx, one))

function newVerification(ctx: TwilioContext, to: string): Verification {
  const nowMs = ctx.nowMs()
  const code = String(randomInt(1_000_000)).padStart(6, '0')
  const verification: Verification = {
    sid: makeSid('VE'),
    to,
    code,
    locale: 'en',
    status: 'pending',
    attempts: [],
    checks: 0,
    createdMs: nowMs,
    updatedMs: nowMs,
  }
  ctx.state.verifications.set(verification.sid, verification)
  return verification
}

function viewOf(ctx: TwilioContext, verification: Verification) {
  const { sid, to, status, attempts, createdMs, updatedMs } = verification
  const { accountSid, verifyServiceSid } = ctx.config
  const iso = (atMs: number): string => `${new Date(atMs).toISOString().slice(0, 19)}Z`
  return {
    sid,
    service_sid: verifyServiceSid,
    account_sid: accountSid,
    to,
    channel: 'sms',
    status,
    valid: status === 'approved',
    lookup: {},
    amount: null,
    payee: null,
    send_code_attempts: attempts.map((attempt) => ({
      time: iso(attempt.atMs),
      channel: 'SMS',
      attempt_sid: attempt.sid,
    })),
    sna: null,
    date_created: iso(createdMs),
    date_updated: iso(updatedMs),
    url: `${ctx.publicUrl()}/v2/Services/${verifyServiceSid}/Verifications/${sid}`,
  }
}
