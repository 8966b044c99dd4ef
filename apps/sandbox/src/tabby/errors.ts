import type { SchemaError } from '../platform/schemas.ts'

type ErrorType = 'bad_data' | 'not_authorized' | 'no_permission' | 'not_found' | 'conflict' | 'internal'

export type FieldFault = { field: string; code: string; message: string }

/** A refusal in one of Tabby's shapes: one sentence, faults by field, or nothing but a JSON string. */
export class TabbyError extends Error {
  readonly status: number
  readonly body: object | string

  constructor(status: number, body: object | string) {
    super(`tabby ${status}`)
    this.status = status
    this.body = body
  }
}

const sentence = (status: number, errorType: ErrorType, error: string): TabbyError =>
  new TabbyError(status, { status: 'error', errorType, error })

export const badData = (error: string): TabbyError => sentence(400, 'bad_data', error)
export const notAuthorised = (error: string): TabbyError => sentence(401, 'not_authorized', error)
export const noPermission = (error: string): TabbyError => sentence(403, 'no_permission', error)
export const notFound = (error: string): TabbyError => sentence(404, 'not_found', error)
export const conflict = (error: string): TabbyError => sentence(409, 'conflict', error)
export const tooMany = (): TabbyError => sentence(429, 'bad_data', 'too many requests')
export const unknownRoute = (): TabbyError => new TabbyError(404, '404 page not found')
export const internal = (): TabbyError => new TabbyError(500, 'Internal Server error')

/** Faults of a body, by field, as its validation names them: `$.payment.currency`. */
export function invalidFields(errors: readonly SchemaError[]): TabbyError {
  return new TabbyError(400, { status: 'error', errorType: 'bad_data', errors: errors.map(faultOf) })
}

function faultOf({ instancePath, keyword, params, message = 'is invalid' }: SchemaError): FieldFault {
  const path = instancePath.replaceAll(/\/(\d+)/g, '[$1]').replaceAll('/', '.')
  const name: unknown = params['missingProperty'] ?? params['additionalProperty'] ?? params['unevaluatedProperty']
  const field = typeof name === 'string' ? `$${path}.${name}` : `$${path}`
  return { field, code: keyword === 'required' ? 'required' : 'invalid', message }
}
