import { ApiProblem, ApiUnreachable } from '@dhow/api-client/api-client.ts'
import type { FieldError, ProblemCode } from '@dhow/contracts/problems.ts'
import type { z } from 'zod'
import type { FormState, FormValues } from '../framework/form.ts'
import type { ActionResult } from '../framework/page.ts'

/** Codes a field error may carry; each is a message `fields.<code>`. */
export const fieldCodes = [
  'required',
  'too-long',
  'too-short',
  'invalid',
  'invalid-email',
  'invalid-phone',
  'invalid-makani',
  'invalid-code',
  'wrong-code',
  'password-too-short',
  'password-too-long',
  'password-common',
] as const

const isFieldCode = (code: string): boolean => fieldCodes.some((known) => known === code)

const secrets = new Set(['password', 'currentPassword', 'newPassword', 'code', 'response', 'proofOfWork'])

/** A form as it is shown again: secrets are typed again, and stand in no page. */
export const withoutSecrets = (form: FormState): FormState => ({
  ...form,
  values: Object.fromEntries(Object.entries(form.values).filter(([name]) => !secrets.has(name))),
})

/** The text fields of a posted body; a repeated name keeps its last value, files do not exist. */
export function formValues(body: unknown): FormValues {
  const values: Record<string, string> = {}
  for (const [name, value] of Object.entries(body ?? {})) {
    const last: unknown = Array.isArray(value) ? value.at(-1) : value
    if (typeof last === 'string') values[name] = last
  }
  return values
}

/** `{ 'address/area': 'Deira' }` → `{ address: { area: 'Deira' } }`. Names beginning with `_` and `intent` are the form's own. */
function nest(values: FormValues): unknown {
  const root: Record<string, unknown> = {}
  for (const [name, value] of Object.entries(values)) {
    if (name === 'intent' || name.startsWith('_')) continue
    const steps = name.split('/')
    const leaf = steps.pop()
    if (leaf === undefined || [leaf, ...steps].includes('__proto__')) continue
    let at = root
    for (const step of steps) at = (at[step] ??= {}) as Record<string, unknown>
    at[leaf] = value
  }
  return root
}

export type ParsedForm<T> = { ok: true; value: T } | { ok: false; refused: ActionResult }

/** Reads a form by the contract's schema. Errors point at fields, with the codes of `fields.*`. */
export function parseForm<Schema extends z.ZodType>(schema: Schema, values: FormValues): ParsedForm<z.output<Schema>> {
  const parsed = schema.safeParse(nest(values))
  if (parsed.success) return { ok: true, value: parsed.data }
  const errors = parsed.error.issues.map((issue) => ({
    pointer: `/${issue.path.join('/')}`,
    code: isFieldCode(issue.message) ? issue.message : 'invalid',
  }))
  return { ok: false, refused: refusedFields(values, errors) }
}

/** Fields are wrong: 422, the form again with what was typed. */
export const refusedFields = (values: FormValues, errors: readonly FieldError[]): ActionResult => ({
  kind: 'refused',
  status: 422,
  form: { intent: values['intent'] ?? '', values, errors, problem: null },
})

const pagesProblem = (values: FormValues, code: ProblemCode, details: Record<string, unknown> = {}): FormState => ({
  intent: values['intent'] ?? '',
  values,
  errors: [],
  problem: { code, details },
})

/** Something other than a field stands in the way. */
export const refusedBy = (
  values: FormValues,
  code: ProblemCode,
  status: number,
  details: Record<string, unknown> = {},
): ActionResult => ({ kind: 'refused', status, form: pagesProblem(values, code, details) })

const ownMembers = new Set(['type', 'title', 'status', 'detail', 'instance', 'code', 'requestId', 'errors'])

/** Turns what an action threw into a refusal; anything that is not the API's word is thrown on. */
export function refusalFrom(error: unknown, values: FormValues): ActionResult {
  if (error instanceof ApiUnreachable) return refusedBy(values, 'service/unavailable', 503)
  if (!(error instanceof ApiProblem)) throw error
  if (error.code === 'request/invalid' && error.errors.length) {
    const errors = error.errors.map(({ pointer, code }) => ({ pointer, code: isFieldCode(code) ? code : 'invalid' }))
    return refusedFields(values, errors)
  }
  const details = Object.fromEntries(Object.entries(error.document).filter(([name]) => !ownMembers.has(name)))
  return refusedBy(values, error.code, error.status, details)
}
