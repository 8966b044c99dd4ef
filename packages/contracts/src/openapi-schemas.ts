import { z } from 'zod'

export type JsonSchema = { [keyword: string]: unknown }

type Side = 'input' | 'output'

const refPrefix = '#/components/schemas/'

/** What zod adds of its own that says nothing to a reader: the bounds of safe integers, the pattern behind a format. */
function quieten(schema: JsonSchema): void {
  if (schema['minimum'] === Number.MIN_SAFE_INTEGER) delete schema['minimum']
  if (schema['maximum'] === Number.MAX_SAFE_INTEGER) delete schema['maximum']
  if (schema['format'] !== undefined) delete schema['pattern']
}

/** Copies a schema with every `$ref` renamed, at any depth. */
function renameRefs(schema: JsonSchema, rename: (name: string) => string): JsonSchema {
  const text = JSON.stringify(schema, (keyword, value: unknown) =>
    keyword === '$ref' && typeof value === 'string' ? refPrefix + rename(value.replace('#/$defs/', '')) : value,
  )
  return JSON.parse(text)
}

function without(schema: JsonSchema, ...keywords: string[]): JsonSchema {
  return Object.fromEntries(Object.entries(schema).filter(([keyword]) => !keywords.includes(keyword)))
}

/** One schema as JSON Schema: its named parts in `parts`, referred to by name. */
function convert(schema: z.ZodType, side: Side): { root: JsonSchema; parts: Record<string, JsonSchema> } {
  const whole = z.toJSONSchema(schema, {
    io: side,
    target: 'draft-2020-12',
    unrepresentable: 'any',
    override: ({ jsonSchema }) => quieten(jsonSchema),
  })
  const parts = Object.entries(whole.$defs ?? {}).map(([name, part]) => [name, without(part, 'id')] as const)
  return { root: without(whole, '$schema', '$defs'), parts: Object.fromEntries(parts) }
}

const isSame = (one: unknown, other: unknown): boolean => JSON.stringify(one) === JSON.stringify(other)

export interface Components {
  /** The schema for one place, its named parts moved to `schemas`. */
  add(schema: z.ZodType, side: Side): JsonSchema
  schemas: Record<string, JsonSchema>
}

/**
 * Collects the named schemas (`.meta({ id })`) of all endpoints. What is sent and what is answered may differ by cleaning and
 * defaults; then the one that is sent is called `…Input`. Throws when two different schemas would have one name.
 */
export function createComponents(): Components {
  const schemas: Record<string, JsonSchema> = {}
  return {
    schemas,
    add(schema, side) {
      const { root, parts } = convert(schema, side)
      const answered = side === 'input' ? convert(schema, 'output').parts : parts
      const rename = (name: string): string => (isSame(parts[name], answered[name]) ? name : `${name}Input`)
      for (const [name, part] of Object.entries(parts)) {
        const key = rename(name)
        const renamed = renameRefs(part, rename)
        if (schemas[key] && !isSame(schemas[key], renamed)) throw new Error(`two different schemas are called ${key}`)
        schemas[key] = renamed
      }
      return renameRefs(root, rename)
    },
  }
}
