import { allEndpoints } from '@dhow/contracts/all-endpoints.ts'
import type { Endpoint } from '@dhow/contracts/endpoint.ts'
import { randomUUID } from 'node:crypto'
import { Client } from 'pg'
import { afterAll, expect, test } from 'vitest'
import { z } from 'zod'
import { startTestApp } from '../test/app.ts'
import { rawRequest } from '../test/raw-request.ts'

const app = await startTestApp()
const { given, baseUrl, env } = app

/** What somebody would add to a request to be, have or pay what is not theirs. */
const intruders = [
  'role',
  'isAdmin',
  'price',
  'total',
  'discount',
  'customer_id',
  'status',
  'paid',
  'verified',
  '__proto__',
  'constructor',
]
/** What no answer ever holds, in whatever spelling. */
const secrets = /password_?hash|cost_?price|internal_?note|deleted_?at|wrapped_?key|data_?key/i

const [customer, owner, newcomer, cart] = await Promise.all([
  given.customer(),
  given.staff(),
  given.staff({ secondFactorAt: null }),
  given.cart(),
])

function headersOf({ auth, path }: Endpoint): Record<string, string> {
  const key = { 'idempotency-key': randomUUID() }
  if (auth === 'customer' || auth === 'order-token')
    return { ...key, authorization: `Bearer ${customer.tokens.accessToken}` }
  if (auth === 'staff') return { ...key, ...owner.headers }
  if (auth === 'staff-enrolling') return { ...key, ...newcomer.headers }
  return path.startsWith('/admin/') ? { ...key, origin: owner.headers['origin'] ?? '' } : key
}

const params: Record<string, string> = {
  cartId: cart.id,
  lineId: cart.lines[0]?.id ?? '',
  number: 'DH-0000-0000',
  line: '1',
}
const pathOf = ({ path }: Endpoint): string => path.replace(/\{(\w+)\}/g, (_, name) => params[name] ?? randomUUID())

type JsonSchema = z.core.JSONSchema.BaseSchema
const isSchema = (part: unknown): part is JsonSchema => typeof part === 'object' && part !== null

/** What a schema with an id of its own stands for. */
function resolved(schema: unknown, root: JsonSchema): JsonSchema {
  if (!isSchema(schema)) throw new Error('a schema is an object')
  const name = schema.$ref?.split('/').at(-1)
  return name === undefined ? schema : resolved(root.$defs?.[name], root)
}

/** The least a body must say for its strict schema to be reached: of a union, what names the alternative. */
function skeletonsOf(body: z.ZodType): Record<string, unknown>[] {
  const root = z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })
  const schema = resolved(root, root)
  const alternatives = (schema.oneOf ?? schema.anyOf ?? [schema]).map((alternative) => resolved(alternative, root))
  return alternatives.map((alternative) =>
    Object.fromEntries(
      Object.entries(alternative.properties ?? {}).flatMap(([name, property]) =>
        isSchema(property) && property.const !== undefined ? [[name, property.const]] : [],
      ),
    ),
  )
}

const knows = (body: z.ZodType, key: string): boolean =>
  JSON.stringify(z.toJSONSchema(body, { io: 'input', unrepresentable: 'any' })).includes(`"${key}":`)

const database = new Client({ connectionString: env['DATABASE_URL'] })
await database.connect()
afterAll(() => database.end())

/** Counters of requests, and what a refused one may leave: that somebody was here. */
const moving = ['rate_limits', 'sessions', 'audit_events']

/** One text for every row of every table. */
async function fingerprint(): Promise<string> {
  const { rows } = await database.query<{ name: string }>(
    `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1`,
  )
  const parts: string[] = []
  for (const { name } of rows.filter((row) => !moving.includes(row.name))) {
    const { rows: sums } = await database.query<{ sum: string | null }>(
      `select md5(string_agg(line::text, '|' order by line::text)) as sum from "${name}" line`,
    )
    parts.push(`${name} ${sums[0]?.sum ?? ''}`)
  }
  return parts.join('\n')
}

const writes = allEndpoints.filter((endpoint) => endpoint.body !== undefined)

test.each(writes)('AZ-3: $id takes no field it does not name, and nothing changes', async (endpoint) => {
  const { body } = endpoint
  if (!body) throw new Error('only what has a body is asked')
  const before = await fingerprint()
  for (const skeleton of skeletonsOf(body))
    for (const key of intruders.filter((name) => !knows(body, name))) {
      const answer = await rawRequest(`${baseUrl}/api/v1${pathOf(endpoint)}`, {
        method: endpoint.method,
        headers: { 'content-type': 'application/json', ...headersOf(endpoint) },
        body: JSON.stringify({ ...skeleton, ['placeholder']: true }).replace('"placeholder"', `"${key}"`),
      })
      expect([answer.status, answer.code], key).toEqual([422, 'request/invalid'])
      expect(answer.body, key).toMatchObject({
        errors: expect.arrayContaining([{ pointer: `/${key}`, code: 'unknown-field' }]),
      })
    }
  expect('isAdmin' in {} || 'paid' in {}).toBe(false)
  expect(await fingerprint()).toBe(before)
})

test('AZ-3: no answer’s schema has room for what is ours to know', () => {
  const open = allEndpoints.filter(({ response }) => {
    const schema = response && z.toJSONSchema(response, { io: 'output', unrepresentable: 'any' })
    return secrets.test(JSON.stringify(schema ?? {}))
  })
  expect(open.map(({ id }) => id)).toEqual([])
})

/** Made by a library for its other half in the browser, from a challenge and the caller's own passkeys. */
const relayed = /^begin\w*(Passkey|StepUp)|^getProofOfWork$/

test('AZ-3: every answer’s schema is closed, so that nothing leaves that it does not name', () => {
  const isOpen = (schema: unknown): boolean => {
    if (typeof schema !== 'object' || schema === null) return false
    if (Array.isArray(schema)) return schema.some(isOpen)
    const isObject = 'type' in schema && schema.type === 'object' && 'properties' in schema
    const isClosed = 'additionalProperties' in schema && schema.additionalProperties === false
    return (isObject && !isClosed) || Object.values(schema).some(isOpen)
  }
  const open = allEndpoints.filter(
    ({ id, response }) =>
      !relayed.test(id) && response && isOpen(z.toJSONSchema(response, { io: 'output', unrepresentable: 'any' })),
  )
  expect(open.map(({ id }) => id)).toEqual([])
})

test('AZ-3: what is read by customers and staff holds none of it', async () => {
  const reads = allEndpoints.filter(({ method, path }) => method === 'GET' && !path.includes('{'))
  for (const endpoint of reads) {
    const answer = await rawRequest(`${baseUrl}/api/v1${endpoint.path}`, { headers: headersOf(endpoint) })
    expect(JSON.stringify(answer.body), endpoint.id).not.toMatch(secrets)
  }
})
