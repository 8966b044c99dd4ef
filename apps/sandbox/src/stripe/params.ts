import { parse as parseForm } from 'qs'
import { openSchemas, type JsonSchema, type SchemaError } from '../platform/schemas.ts'
import { invalidRequest, type StripeError } from './errors.ts'

const schemas = openSchemas('stripe-params.json')
const INTEGER = /^-?\d+$/

export type FormObject = { [key: string]: unknown }

/** Decodes Stripe's bracket form (`a[b]=1&c[0]=2`), bounded in depth and size. */
export function decodeForm(text: string): FormObject {
  return parseForm(text, { depth: 8, arrayLimit: 100, parameterLimit: 500, allowDots: false })
}

/**
 * A parser for one of Stripe's published parameter sets: coerces the form's strings by the schema, then validates.
 * Throws Stripe's own refusals (`parameter_unknown`, `parameter_missing`, `parameter_invalid_integer` …).
 */
export function paramsParser<Params>(name: string): (form: FormObject) => Params {
  const schema: JsonSchema = { $ref: `#/$defs/${name}` }
  return (form) => {
    const params = coerce(schema, form)
    const validate = schemas.validator(name)
    if (!validate(params)) throw refusalOf(validate.errors ?? [], params)
    return params as Params
  }
}

function resolve(schema: JsonSchema): JsonSchema {
  return schema.$ref === undefined ? schema : schemas.definition(schema.$ref.slice('#/$defs/'.length))
}

function coerce(unresolved: JsonSchema, value: unknown): unknown {
  const schema = resolve(unresolved)
  if (typeof value === 'string') return coerceText(schema, value)
  const shape = schema.anyOf ? (schema.anyOf.map(resolve).find((branch) => fits(branch, value)) ?? schema) : schema
  if (Array.isArray(value)) return shape.items ? value.map((entry) => coerce(shape.items ?? {}, entry)) : value
  if (typeof value !== 'object' || value === null) return value
  const extra = typeof shape.additionalProperties === 'object' ? shape.additionalProperties : {}
  const entries = Object.entries(value)
  return Object.fromEntries(entries.map(([key, entry]) => [key, coerce(shape.properties?.[key] ?? extra, entry)]))
}

function fits(branch: JsonSchema, value: unknown): boolean {
  return branch.type === (Array.isArray(value) ? 'array' : 'object')
}

function coerceText(schema: JsonSchema, value: string): unknown {
  const branches = schema.anyOf ? schema.anyOf.map(resolve) : [schema]
  if (branches.some((branch) => accepts(branch, 'string') && branch.enum === undefined)) return value
  if (branches.some((branch) => branch.enum?.includes(value))) return value
  if (branches.some((branch) => accepts(branch, 'integer')) && INTEGER.test(value)) return Number(value)
  if (branches.some((branch) => accepts(branch, 'number')) && value !== '' && Number.isFinite(Number(value)))
    return Number(value)
  if (branches.some((branch) => accepts(branch, 'boolean')) && (value === 'true' || value === 'false'))
    return value === 'true'
  return value
}

function accepts(schema: JsonSchema, type: string): boolean {
  return Array.isArray(schema.type) ? schema.type.includes(type) : schema.type === type
}

/** The most telling of the validator's complaints, in Stripe's words. */
function refusalOf(errors: readonly SchemaError[], params: unknown): StripeError {
  const unknown = errors.find((error) => error.keyword === 'additionalProperties')
  if (unknown) {
    const param = bracketed(unknown.instancePath, String(unknown.params['additionalProperty']))
    return invalidRequest(`Received unknown parameter: ${param}`, 'parameter_unknown', param)
  }
  const missing = errors.find((error) => error.keyword === 'required')
  if (missing) {
    const param = bracketed(missing.instancePath, String(missing.params['missingProperty']))
    return invalidRequest(`Missing required param: ${param}.`, 'parameter_missing', param)
  }
  return badValue(errors, params)
}

function badValue(errors: readonly SchemaError[], params: unknown): StripeError {
  const [error] = errors
  if (!error) return invalidRequest('Invalid request.')
  const param = bracketed(error.instancePath)
  const value = valueAt(params, error.instancePath)
  const wanted = errors.filter((entry) => entry.instancePath === error.instancePath)
  if (value === '')
    return invalidRequest(
      `You passed an empty string for '${param}'. We assume empty values are an attempt to unset a parameter; however '${param}' cannot be unset.`,
      'parameter_invalid_empty',
      param,
    )
  if (wanted.some((entry) => entry.keyword === 'type' && entry.params['type'] === 'integer'))
    return invalidRequest(`Invalid integer: ${String(value)}`, 'parameter_invalid_integer', param)
  if (wanted.some((entry) => entry.keyword === 'type' && entry.params['type'] === 'boolean'))
    return invalidRequest(`Invalid boolean: ${String(value)}`, undefined, param)
  const choice = wanted.find((entry) => entry.keyword === 'enum')
  if (choice)
    return invalidRequest(
      `Invalid ${param}: must be one of ${String(choice.params['allowedValues'])}`,
      undefined,
      param,
    )
  const wantsArray = wanted.some((entry) => entry.keyword === 'type' && entry.params['type'] === 'array')
  return invalidRequest(wantsArray ? 'Invalid array' : 'Invalid object', undefined, param)
}

function valueAt(root: unknown, instancePath: string): unknown {
  let value = root
  for (const key of instancePath.split('/').slice(1))
    value = typeof value === 'object' && value !== null ? Reflect.get(value, key) : undefined
  return value
}

/** `/shipping/address` and `city` → `shipping[address][city]`. */
function bracketed(instancePath: string, last?: string): string {
  const keys = instancePath.split('/').slice(1)
  if (last !== undefined) keys.push(last)
  const [first = '', ...rest] = keys
  return first + rest.map((key) => `[${key}]`).join('')
}
