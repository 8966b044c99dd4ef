import { ApiProblem } from '@dhow/api-client/api-client.ts'
import type { FieldError } from '@dhow/contracts/problems.ts'
import type { MessageId, Translator } from '@dhow/i18n/translator.ts'

export interface FormState {
  /** By JSON pointer into the body, without its first slash: `email`, `limits/refundUpTo`. */
  errors: Readonly<Record<string, string>>
  /** What went wrong that is no field's. */
  failure: unknown
  isBusy: boolean
}

export const untouched: FormState = { errors: {}, failure: undefined, isBusy: false }

/** The first fault of each field. A fault of a part (`roleIds/0`) is shown at the field it is a part of. */
export function errorsByField(errors: readonly FieldError[], fields: ReadonlySet<string>): Record<string, string> {
  const byField: Record<string, string> = {}
  for (const { pointer, code } of errors) {
    const exact = pointer.replace(/^\//, '')
    const field = fields.has(exact) ? exact : (exact.split('/')[0] ?? '')
    byField[field] ??= code
  }
  return byField
}

/** Codes that are about one field although the API tells them of the whole request. */
const fieldOfProblem: Readonly<Record<string, readonly string[]>> = {
  'auth/code-invalid': ['code'],
  'staff/already-invited': ['email'],
}

/** What an answer means for a form: faults of its fields, or one for all of it. */
export function stateOfFailure(error: unknown, fields: ReadonlySet<string>): FormState {
  if (error instanceof ApiProblem) {
    const field = fieldOfProblem[error.code]?.find((name) => fields.has(name))
    if (field) return { errors: { [field]: error.code }, failure: undefined, isBusy: false }
    const errors = errorsByField(error.errors, fields)
    if (Object.keys(errors).some((name) => fields.has(name))) return { errors, failure: undefined, isBusy: false }
  }
  return { errors: {}, failure: error, isBusy: false }
}

const toldFaults = [
  'required',
  'too-short',
  'too-long',
  'invalid-email',
  'invalid-code',
  'invalid-amount',
  'password-too-short',
  'password-too-long',
  'password-common',
  'not-same',
  'choose-one',
] as const

const isToldFault = (code: string): code is (typeof toldFaults)[number] => toldFaults.some((known) => known === code)

/** A field's fault in words. */
export function faultWords(t: Translator, code: string): string {
  if (isToldFault(code)) return t(`admin.fields.${code}` satisfies MessageId)
  if (code === 'auth/code-invalid') return t('admin.problems.auth/code-invalid')
  if (code === 'staff/already-invited') return t('admin.problems.staff/already-invited')
  return t('admin.fields.invalid')
}
