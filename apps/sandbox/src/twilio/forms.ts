import { openSchemas } from '../platform/schemas.ts'
import { TwilioError } from './errors.ts'

const schemas = openSchemas('twilio.json')

export type Form = Readonly<Record<string, string>>

/**
 * A form checked by Twilio's published schema: names in PascalCase, known ones only. Throws 20001, which names the field. Values
 * stay text, as they came.
 */
export function readForm(
  name: 'CreateVerification' | 'UpdateVerification' | 'CheckVerification' | 'CreateMessage',
  body: unknown,
): Form {
  if (typeof body !== 'object' || body === null) throw new TwilioError(20001, 'Send application/x-www-form-urlencoded')
  const form: Record<string, string> = {}
  for (const [field, value] of Object.entries(body)) {
    if (typeof value !== 'string') throw new TwilioError(20001, `Invalid parameter: ${field}`)
    form[field] = value
  }
  const validate = schemas.validator(name)
  if (validate({ ...form })) return form
  const [fault] = validate.errors ?? []
  const field = fault?.params['additionalProperty'] ?? fault?.params['missingProperty'] ?? fault?.instancePath.slice(1)
  const isVerify = name !== 'CreateMessage'
  if (field === 'To' && !isVerify) throw new TwilioError(21604)
  throw new TwilioError(isVerify ? 60200 : 20001, `Invalid parameter: ${String(field)} ${fault?.message ?? ''}`)
}

/** A parameter that is JSON inside the form. */
export function readJsonField(form: Form, name: string): Record<string, string> {
  const text = form[name]
  if (text === undefined) return {}
  try {
    const value: unknown = JSON.parse(text)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return Object.fromEntries(Object.entries(value).map(([key, entry]) => [key, String(entry)]))
  } catch {
    // said below, as for any other text that is no object
  }
  throw new TwilioError(60200, `Invalid parameter: ${name} must be a JSON object`)
}
