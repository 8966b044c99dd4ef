import { ApiProblem } from '@dhow/api-client/api-client.ts'
import type { MessageId, Translator } from '@dhow/i18n/translator.ts'

/** The problems that have a sentence of their own here; the rest is told by kind. */
const told = [
  'request/invalid',
  'request/rate-limited',
  'auth/forbidden',
  'auth/cross-site',
  'auth/invalid-credentials',
  'auth/refresh-invalid',
  'auth/challenge-invalid',
  'auth/code-invalid',
  'auth/link-invalid',
  'auth/busy',
  'auth/passkey-invalid',
  'auth/factor-not-found',
  'auth/last-factor',
  'auth/session-not-found',
  'staff/not-found',
  'staff/last-owner',
  'staff/already-invited',
  'staff/role-not-found',
  'staff/role-protected',
  'staff/role-in-use',
  'approvals/not-found',
  'approvals/not-pending',
  'approvals/own-request',
  'security/alert-not-found',
  'catalog/cursor-invalid',
  'service/unavailable',
] as const

type Told = (typeof told)[number]

const isTold = (code: string): code is Told => told.some((known) => known === code)

/** Refused by the browser's own passkey dialog: closed, timed out, or no such key here. */
const isPasskeyTrouble = (error: unknown): boolean =>
  error instanceof Error && /^(NotAllowed|Abort|InvalidState|Security|WebAuthn)/.test(error.name)

/** What went wrong, in words for people: by the problem's code, never by its English title. */
export function problemWords(t: Translator, error: unknown): string {
  if (error instanceof ApiProblem) {
    if (isTold(error.code)) return t(`admin.problems.${error.code}` satisfies MessageId)
    if (error.status === 404) return t('admin.problems.not-found')
    if (error.status === 409) return t('admin.problems.conflict')
    return t('admin.problems.failed')
  }
  if (isPasskeyTrouble(error)) return t('admin.problems.passkey')
  return t('admin.problems.unreachable')
}

/** What support can find in the logs. */
export const referenceOf = (error: unknown): string | undefined =>
  error instanceof ApiProblem && error.document.requestId !== '' ? error.document.requestId : undefined
