import { readFileSync } from 'node:fs'
import { Ajv2020, type ErrorObject, type ValidateFunction } from 'ajv/dist/2020.js'
import addFormats from 'ajv-formats'

export type JsonSchema = {
  $ref?: string
  type?: string | string[]
  enum?: unknown[]
  anyOf?: JsonSchema[]
  items?: JsonSchema
  properties?: Record<string, JsonSchema>
  additionalProperties?: boolean | JsonSchema
  required?: string[]
}

export type SchemaFile = {
  definition: (name: string) => JsonSchema
  /** Compiled at the first use and kept: compiling costs tens of milliseconds, validating microseconds. */
  validator: (name: string) => ValidateFunction
}

/** Opens one of the committed schema files. Throws when asked for a definition it lacks. */
export function openSchemas(
  file: 'stripe-params.json' | 'stripe-objects.json' | 'sendgrid-mail.json' | 'twilio.json' | 'tamara.json',
): SchemaFile {
  const document = parseDocument(readFileSync(new URL(`../../schemas/${file}`, import.meta.url), 'utf8'))
  const allErrors = file === 'sendgrid-mail.json'
  // Twilio's bodies are forms: every value comes as text.
  const ajv = new Ajv2020({ strict: false, allErrors, validateFormats: true, coerceTypes: file === 'twilio.json' })
  addFormats.default(ajv)
  ajv.addSchema({ $id: file, ...document })
  const compiled = new Map<string, ValidateFunction>()
  return {
    definition(name) {
      const schema = document.$defs[name]
      if (!schema) throw new Error(`${file} has no definition ${name}`)
      return schema
    },
    validator(name) {
      const known = compiled.get(name)
      if (known) return known
      const validate = ajv.compile({ $ref: `${file}#/$defs/${name}` })
      compiled.set(name, validate)
      return validate
    },
  }
}

export type SchemaError = ErrorObject

function parseDocument(text: string): { $defs: Record<string, JsonSchema> } {
  return JSON.parse(text) as { $defs: Record<string, JsonSchema> }
}
