import { z } from 'zod'
import type { CheckOutcome, StartOutcome, TextOutcome } from './port.ts'

/** Ten minutes: a verification's whole life, after which Twilio counts its sends and checks anew. */
const VERIFICATION_SECONDS = 600
const RETRY_SECONDS = 30

/** Errors from before the request left: nothing was sent. A reset or a time-out later on says nothing of the kind. */
const unsentErrors = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

/** What the SDK throws when there was an answer (RestException); without a JSON body it has the status alone. */
const Refusal = z.object({ status: z.int(), code: z.int().optional().catch(undefined) })

/** Numbers no text can reach (provider facts §5). */
const noMobile = new Set([21614, 60205])
const noNumber = new Set([21211, 60200])
/** Fraud guard and geography. */
const blocked = new Set([60410, 60605, 60238, 60413, 21408])
/** Whatever is wrong with our account or sender, not with the message. */
const lockedOut = new Set([20003, 21212, 21606, 21608])

interface Refused {
  status: number
  code: number | undefined
}

const refusalOf = (error: unknown): Refused | undefined => {
  const parsed = Refusal.safeParse(error)
  return parsed.success ? { status: parsed.data.status, code: parsed.data.code } : undefined
}

const wordsOf = ({ status, code }: Refused): string => `Twilio answered ${status}${code ? ` (${code})` : ''}`

/** Made anew with a code only: the SDK's errors carry the request, with credentials and number in it. */
const causeOf = (error: unknown): { code: string; cause: Error } => {
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'without a code'
  return { code, cause: new Error(`no answer from Twilio: ${code}`) }
}

export const isGone = (error: unknown): boolean => refusalOf(error)?.code === 20404

export function outcomeOfStartError(error: unknown): StartOutcome {
  const refusal = refusalOf(error)
  if (!refusal) {
    const { code, cause } = causeOf(error)
    return unsentErrors.has(code) ? { kind: 'unavailable', reason: cause.message } : { kind: 'unknown', cause }
  }
  const { status, code = 0 } = refusal
  if (noMobile.has(code)) return { kind: 'refused', reason: 'no-mobile' }
  if (noNumber.has(code)) return { kind: 'refused', reason: 'no-number' }
  if (blocked.has(code)) return { kind: 'blocked', reason: String(code) }
  if (code === 60203 || code === 60207) return { kind: 'limited', retryAfterSeconds: VERIFICATION_SECONDS }
  if (status === 429) return { kind: 'limited', retryAfterSeconds: RETRY_SECONDS }
  return { kind: 'unavailable', reason: wordsOf(refusal) }
}

export function outcomeOfCheckError(error: unknown): CheckOutcome {
  const refusal = refusalOf(error)
  if (!refusal) return { kind: 'unknown', cause: causeOf(error).cause }
  if (refusal.code === 20404) return { kind: 'gone' }
  if (refusal.code === 60202) return { kind: 'exhausted' }
  return { kind: 'unknown', cause: new Error(wordsOf(refusal)) }
}

export function outcomeOfTextError(error: unknown): TextOutcome {
  const refusal = refusalOf(error)
  if (!refusal) {
    const { code, cause } = causeOf(error)
    return unsentErrors.has(code) ? { kind: 'retry', afterSeconds: RETRY_SECONDS, cause } : { kind: 'unknown', cause }
  }
  const { status, code = 0 } = refusal
  const reason = wordsOf(refusal)
  if (lockedOut.has(code) || status === 401) return { kind: 'locked-out', reason }
  if (status === 429 || code === 21611) return { kind: 'retry', afterSeconds: RETRY_SECONDS, cause: new Error(reason) }
  // A 5xx may come from behind the queue the text lies in already.
  if (status >= 500) return { kind: 'unknown', cause: new Error(reason) }
  return { kind: 'refused', reason }
}
