import type { OtpChallenge } from '@dhow/contracts/auth.ts'
import { mobileCountryOf } from '@dhow/contracts/phone.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../../context.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { newId } from '../../../platform/ids.ts'
import type { CodePurpose, StartOutcome } from '../../../providers/sms/port.ts'
import { recordAudit } from '../../audit/audit.ts'
import { admitSend, foreseeRefusal, refusalOf } from './admit-send.ts'
import type { Admission, Refusal, SendRequest } from './admit-send.ts'
import { callOff } from './challenges.ts'
import type { TakenChallenge } from './challenges.ts'
import { updateChallenge } from './challenges.sql.ts'
import { readProof } from './proof-of-work.ts'
import { resendSeconds, rulesFor, subjectOf } from './send-rules.ts'
import { markNotSent } from './sends.sql.ts'

export interface CodeWish {
  purpose: CodePurpose
  /** E.164. */
  phone: string
  /** Whoever is signed in; null for somebody unknown. */
  accountId: string | null
  client: ClientFacts
  /** The solution of a puzzle, as the website sends it. */
  proofOfWork?: string | undefined
  locale: Locale
}

const CODE_LENGTH = 6

/** What else opens the door when no code can be sent. */
const alternatives = ['password', 'passkey']

const retryAfter = (seconds: number) => ({ headers: { 'Retry-After': String(seconds) }, retryAfterSeconds: seconds })

function problemOf(refusal: Refusal): Problem {
  switch (refusal.kind) {
    case 'limited':
      return new Problem('request/rate-limited', { ...retryAfter(refusal.retryAfterSeconds), alternatives })
    case 'proof-required':
      return new Problem('auth/proof-required')
    case 'blocked':
      return new Problem('auth/codes-unavailable', { ...retryAfter(refusal.retryAfterSeconds), alternatives })
    case 'over-budget':
      return new Problem('auth/codes-unavailable', { alternatives })
  }
}

/** OT-4: mobiles of the countries we send to, nothing that costs more or belongs to nobody. */
function requireAcceptedCountry(ctx: AppContext, phone: string): string {
  const country = mobileCountryOf(phone)
  if (country === undefined || !ctx.config.OTP_COUNTRIES.includes(country)) throw new Problem('auth/phone-not-accepted')
  return country
}

async function requestFor(ctx: AppContext, wish: CodeWish): Promise<SendRequest> {
  const { purpose, phone, accountId, client, proofOfWork } = wish
  const country = requireAcceptedCountry(ctx, phone)
  const proof = proofOfWork === undefined ? undefined : await readProof(ctx, proofOfWork)
  if (proofOfWork !== undefined && !proof) throw new Problem('auth/proof-required')
  const subject = subjectOf(ctx.sealer, { phone, country, client, accountId })
  const rules = rulesFor(ctx.config, subject, proof !== undefined || accountId !== null)
  return { purpose, phone, deviceId: client.deviceId ?? null, subject, rules, proof }
}

/**
 * Redis wards a flood off in one step; PostgreSQL, which forgets nothing, decides. So a Redis that was flushed or is away lets
 * nothing through (F5), and one that is there keeps the flood from the database.
 */
async function admit(ctx: AppContext, request: SendRequest): Promise<Admission> {
  const { rules } = request
  const event = { id: newId(), now: ctx.clock.now() }
  const shared = await ctx.limits.windows.count(rules, event)
  const refusal = shared.kind === 'exceeded' ? refusalOf(shared.exceeded) : undefined
  if (refusal) return refusal
  const foreseen = await foreseeRefusal(ctx, request, shared.kind === 'counted')
  const admission = foreseen ?? (await admitSend(ctx, request))
  if (admission.kind !== 'admitted') await ctx.limits.windows.takeBack(rules, event.id)
  return admission
}

async function refuse(ctx: AppContext, wish: CodeWish, refusal: Refusal): Promise<never> {
  const { client, purpose } = wish
  const rule = 'rule' in refusal ? refusal.rule : refusal.kind
  if (refusal.kind !== 'proof-required') await ctx.limits.report({ limit: `otp-${rule}`, who: client.ip, client })
  ctx.log.info({ rule, purpose, requestId: client.requestId }, 'a one-time code was refused')
  throw problemOf(refusal)
}

/** What the provider said, kept. Throws what the caller must know. */
async function settle(
  ctx: AppContext,
  { challenge, sendId }: { challenge: TakenChallenge; sendId: number },
  outcome: StartOutcome,
): Promise<void> {
  switch (outcome.kind) {
    case 'sent':
      return updateChallenge(ctx.db, challenge.id, { providerRef: outcome.providerRef })
    case 'unknown':
      // It may be on its way, and asking again sends the same code: the challenge stands, the number stands in for the reference.
      ctx.log.warn({ err: outcome.cause, challengeId: challenge.id }, 'nobody knows whether a code was sent')
      return undefined
    case 'refused':
    case 'limited':
    case 'blocked':
    case 'unavailable':
      await markNotSent(ctx.db, sendId)
  }
  if (outcome.kind === 'refused') throw new Problem('auth/phone-not-accepted')
  if (outcome.kind === 'limited') throw new Problem('request/rate-limited', retryAfter(outcome.retryAfterSeconds))
  const alert = outcome.kind === 'blocked' ? 'otp-blocked-by-provider' : 'otp-provider-unavailable'
  ctx.log.error({ reason: outcome.reason, alert }, 'the provider sends no code')
  throw new Problem('auth/codes-unavailable', { alternatives })
}

/** A code of another purpose or device would be sent again under this challenge: it must be over first (OT-1). */
async function callOffOthers(ctx: AppContext, admitted: { challenge: TakenChallenge; sendId: number }): Promise<void> {
  for (const { id, started } of admitted.challenge.superseded)
    if (!(await callOff(ctx, id, started))) {
      await markNotSent(ctx.db, admitted.sendId)
      throw new Problem('auth/codes-unavailable', { alternatives })
    }
}

/**
 * Sends a one-time code, if every limit, budget and block allows it; all are counted before the provider is asked (OT-3 … OT-7).
 * The answer says nothing of who has the number. Throws `auth/phone-not-accepted`, `auth/proof-required`,
 * `auth/codes-unavailable` and `request/rate-limited`.
 */
export async function sendCode(ctx: AppContext, wish: CodeWish): Promise<OtpChallenge> {
  const { purpose, phone, accountId, client, locale } = wish
  const request = await requestFor(ctx, wish)
  const admission = await admit(ctx, request)
  if (admission.kind !== 'admitted') return refuse(ctx, wish, admission)
  await callOffOthers(ctx, admission)
  const callerKey = request.subject.ipIndex.toString('hex').slice(0, 32)
  await settle(ctx, admission, await ctx.providers.sms.startVerification({ phone, purpose, locale, callerKey }))
  const { id: challengeId, expiresAt } = admission.challenge
  await recordAudit(ctx, ctx.db, {
    action: 'auth.code-sent',
    result: 'ok',
    actor: anonymous,
    client,
    object: { type: 'otp-challenge', id: challengeId },
    details: { purpose, accountId, country: request.subject.country },
  })
  const resendAt = new Date(ctx.clock.now().getTime() + resendSeconds(ctx.config) * 1000)
  return { challengeId, expiresAt: expiresAt.toISOString(), resendAt: resendAt.toISOString(), codeLength: CODE_LENGTH }
}
