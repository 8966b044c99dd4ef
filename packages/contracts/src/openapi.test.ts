import { readFileSync } from 'node:fs'
import { expect, test } from 'vitest'
import { z } from 'zod'
import { allEndpoints } from './all-endpoints.ts'
import { printOpenApi, toOpenApi } from './openapi.ts'
import { problemCatalogue } from './problems.ts'

const document = toOpenApi()

const Reference = z.object({ $ref: z.string() })
const Operation = z.object({
  operationId: z.string(),
  tags: z.array(z.string()).length(1),
  summary: z.string().min(5),
  parameters: z.array(
    z.union([
      Reference,
      z.object({ name: z.string(), in: z.enum(['path', 'query', 'header']), required: z.boolean() }),
    ]),
  ),
  security: z.array(z.record(z.string(), z.array(z.string()))),
  responses: z.record(
    z.string().regex(/^[1-5]\d\d$/),
    z.object({
      description: z.string().min(1),
      content: z.record(z.string(), z.object({ schema: z.unknown() })).optional(),
    }),
  ),
})

const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.values(methods).map((operation) => ({ path, operation: Operation.parse(operation) })),
)

/** Every value under a keyword, at any depth. */
function valuesOf(keyword: string, value: unknown): unknown[] {
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([key, entry]) => [
    ...(key === keyword ? [entry] : []),
    ...valuesOf(keyword, entry),
  ])
}

test('the committed document is what the contracts say (npm run openapi writes it)', () => {
  const committed = readFileSync(new URL('../openapi.json', import.meta.url), 'utf8')
  expect(committed).toBe(printOpenApi())
})

test('each endpoint is one operation under an id of its own', () => {
  const ids = operations.map(({ operation }) => operation.operationId)
  expect(ids.toSorted()).toEqual(allEndpoints.map((endpoint) => endpoint.id).toSorted())
  expect(new Set(ids).size).toBe(ids.length)
})

test('each reference leads somewhere', () => {
  const places = new Set(
    Object.entries(document.components).flatMap(([kind, parts]) =>
      Object.keys(parts).map((name) => `#/components/${kind}/${name}`),
    ),
  )
  const references = valuesOf('$ref', document)
  expect(references.length).toBeGreaterThan(100)
  for (const reference of references) expect(places).toContain(reference)
})

test('the parameters in a path are those declared, and required', () => {
  for (const { path, operation } of operations) {
    const inPath = [...path.matchAll(/\{(\w+)\}/g)].map((match) => match[1] ?? '')
    const declared = operation.parameters.filter((one) => 'in' in one).filter((one) => one.in === 'path')
    expect(declared.map((one) => one.name).toSorted()).toEqual(inPath.toSorted())
    for (const one of declared) expect(one.required).toBe(true)
  }
})

test('tags and security schemes are declared', () => {
  const names = document.tags.map((tag) => tag['name'])
  const schemes = Object.keys(document.components['securitySchemes'] ?? {})
  for (const { operation } of operations) {
    expect(names).toContain(operation.tags[0])
    for (const need of operation.security) for (const scheme of Object.keys(need)) expect(schemes).toContain(scheme)
  }
})

test('each problem of an endpoint is listed under its own status', () => {
  for (const endpoint of allEndpoints) {
    const found = operations.find(({ operation }) => operation.operationId === endpoint.id)
    for (const code of endpoint.problems) {
      const response = found?.operation.responses[String(problemCatalogue[code].status)]
      expect(valuesOf('enum', response?.content?.['application/problem+json']).flat()).toContain(code)
    }
  }
})

test('each schema can be read back as a schema', () => {
  const { schemas = {} } = document.components
  const $defs = JSON.parse(JSON.stringify(schemas).replaceAll('#/components/schemas/', '#/$defs/'))
  const Money = z.fromJSONSchema({ $defs, $ref: '#/$defs/Money' })
  expect(Money.safeParse({ amount: 12_345, currency: 'AED' }).success).toBe(true)
  expect(Money.safeParse({ amount: 123.45, currency: 'AED' }).success).toBe(false)
  for (const name of Object.keys(schemas))
    expect(() => z.fromJSONSchema({ $defs, $ref: `#/$defs/${name}` })).not.toThrow()
})

test('what is sent is described as it may be sent, what is answered as it is answered', () => {
  const { ContactInput, Contact } = document.components['schemas'] ?? {}
  expect(ContactInput).toMatchObject({ properties: { name: { maxLength: 80 }, phone: { type: 'string' } } })
  expect(Contact).toMatchObject({ properties: { email: { format: 'email' } } })
})
