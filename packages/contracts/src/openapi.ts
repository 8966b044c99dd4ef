import { z } from 'zod'
import { allEndpoints } from './all-endpoints.ts'
import type { Endpoint } from './endpoint.ts'
import { createComponents } from './openapi-schemas.ts'
import type { Components, JsonSchema } from './openapi-schemas.ts'
import { problemCatalogue } from './problems.ts'
import type { ProblemCode } from './problems.ts'

export interface OpenApiDocument {
  openapi: '3.1.0'
  info: JsonSchema
  servers: JsonSchema[]
  tags: JsonSchema[]
  paths: Record<string, Record<string, JsonSchema>>
  components: Record<string, Record<string, JsonSchema>>
}

const description = `The public API of a Dhow shop.

**Money** is \`{ "amount": 12345, "currency": "AED" }\`: whole fils, VAT included. Never a float.

**Language** of names and texts follows \`Accept-Language\` (\`en\` or \`ar\`).

**Pages** are asked for by \`limit\` and \`cursor\`; an answer's \`nextCursor\` is \`null\` on the last one.

**Errors** are \`application/problem+json\` (RFC 9457). Switch on \`code\`, never on words. Every answer has \`X-Request-Id\`.

**Idempotency-Key**: the first answer of a key is kept for 30 days and given again. The same key with another body is \`422\`; while
the first request still runs it is \`409\` with \`Retry-After\`.

**Who may see what**: a cart is whoever knows its id; an order whoever holds its \`Order-Token\`, or the customer it belongs to.
Customers send their access token as \`Authorization: Bearer\`; staff have theirs in a cookie, and send \`X-CSRF-Token\` with
every change. What somebody may not see answers as if it did not exist.`

const tags = [
  { name: 'Catalogue', description: 'Categories, products and search. Cacheable, with ETag.' },
  { name: 'Cart', description: 'A guest’s cart, from the first line to the chosen delivery.' },
  { name: 'Checkout and orders', description: 'A cart becomes an order, the order is paid, and can be looked at.' },
  {
    name: 'Cash on delivery',
    description: 'The shopper’s promise by a code, what the courier brings, and what couriers’ files say of it.',
  },
  {
    name: 'Payments (staff)',
    description:
      'Money taken, let go and given back; holds, disputes, the ledger, what providers told us, and where their books differ.',
  },
  {
    name: 'Signing in',
    description: 'Customers: codes by SMS, passwords, passkeys; tokens and how to keep them alive.',
  },
  { name: 'Account', description: 'What a customer sees and changes of their own.' },
  { name: 'Staff: signing in', description: 'Always two factors. Tokens live in cookies of the back office.' },
  { name: 'Staff and roles', description: 'Who works here, what they may do, and what takes two people.' },
  { name: 'Audit and security', description: 'The audit log, and what the threat rules have seen.' },
]

const keyHeader: JsonSchema = {
  name: 'Idempotency-Key',
  in: 'header',
  description:
    'Chosen by the caller, a new one for each thing that shall happen once: 8 to 255 visible ASCII characters, such as a UUID.',
  schema: { type: 'string', minLength: 8, maxLength: 255 },
}

const sharedParameters = {
  AcceptLanguage: {
    name: 'Accept-Language',
    in: 'header',
    required: false,
    description: 'Language of names and texts.',
    schema: { type: 'string', enum: ['en', 'ar'], default: 'en' },
  },
  IdempotencyKey: { ...keyHeader, required: false },
  RequiredIdempotencyKey: { ...keyHeader, required: true },
}

const sharedHeaders = {
  RequestId: { description: 'Names this request in our logs.', schema: { type: 'string' } },
  RetryAfter: { description: 'Seconds after which to try again.', schema: { type: 'integer' } },
  ETag: { description: 'Send it back as If-None-Match.', schema: { type: 'string' } },
  IdempotentReplayed: {
    description: '`true` when this is the first answer of the key, given again.',
    schema: { type: 'string', enum: ['true'] },
  },
}

const problemSchema: JsonSchema = {
  type: 'object',
  description: 'RFC 9457. Some codes carry members of their own, such as `totals` or `variantId`.',
  required: ['type', 'title', 'status', 'instance', 'code', 'requestId'],
  properties: {
    type: { type: 'string', description: 'A URN of the code.' },
    title: { type: 'string' },
    status: { type: 'integer' },
    detail: { type: 'string' },
    instance: { type: 'string', description: 'The path that was asked for.' },
    code: { type: 'string', enum: Object.keys(problemCatalogue) },
    requestId: { type: 'string' },
    errors: {
      type: 'array',
      items: {
        type: 'object',
        required: ['pointer', 'code'],
        properties: {
          pointer: { type: 'string', description: 'JSON pointer into the body, or `?name` of the query.' },
          code: { type: 'string' },
        },
      },
    },
  },
}

/** What any endpoint of its kind may answer besides its own problems. */
function problemsOf(endpoint: Endpoint): ProblemCode[] {
  const always: ProblemCode[] = ['request/rate-limited', 'service/failed', 'service/unavailable']
  const input: ProblemCode[] = endpoint.params || endpoint.query || endpoint.body ? ['request/invalid'] : []
  const body: ProblemCode[] = endpoint.body
    ? ['request/malformed', 'request/too-large', 'request/unsupported-media-type']
    : []
  const key: ProblemCode[] = endpoint.idempotency ? ['idempotency/mismatch', 'idempotency/in-progress'] : []
  const required: ProblemCode[] = endpoint.idempotency === 'required' ? ['idempotency/key-required'] : []
  return [
    ...new Set([...endpoint.problems, ...refusalsOf(endpoint), ...input, ...body, ...key, ...required, ...always]),
  ]
}

const ref = (kind: string, name: string): JsonSchema => ({ $ref: `#/components/${kind}/${name}` })

function problemResponses(endpoint: Endpoint): Record<string, JsonSchema> {
  const codesByStatus = Map.groupBy(problemsOf(endpoint), (code) => problemCatalogue[code].status)
  const responses = [...codesByStatus].map(([status, codes]) => {
    const narrowed = { allOf: [ref('schemas', 'Problem')], properties: { code: { enum: codes } } }
    const canRetry = status === 429 || status === 503 || codes.includes('idempotency/in-progress')
    const response: JsonSchema = {
      description: codes.map((code) => `\`${code}\`: ${problemCatalogue[code].title}.`).join('\n\n'),
      headers: {
        'X-Request-Id': ref('headers', 'RequestId'),
        ...(canRetry ? { 'Retry-After': ref('headers', 'RetryAfter') } : {}),
      },
      content: { 'application/problem+json': { schema: narrowed } },
    }
    return [String(status), response] as const
  })
  return Object.fromEntries(responses)
}

function successResponse(endpoint: Endpoint, components: Components): JsonSchema {
  const headers = {
    'X-Request-Id': ref('headers', 'RequestId'),
    ...(endpoint.cache ? { ETag: ref('headers', 'ETag') } : {}),
    ...(endpoint.idempotency ? { 'Idempotent-Replayed': ref('headers', 'IdempotentReplayed') } : {}),
  }
  const content = endpoint.response && {
    content: { 'application/json': { schema: components.add(endpoint.response, 'output') } },
  }
  return { description: endpoint.status === 201 ? 'Created' : 'OK', headers, ...content }
}

function inputParameters(endpoint: Endpoint, place: 'path' | 'query', components: Components): JsonSchema[] {
  const schema = place === 'path' ? endpoint.params : endpoint.query
  if (!(schema instanceof z.ZodObject)) return []
  const whole = components.add(schema, 'input')
  const required = new Set(Array.isArray(whole['required']) ? whole['required'] : [])
  return Object.entries(whole['properties'] ?? {}).map(([name, property]) => {
    const { description: text, ...rest }: JsonSchema = { ...property }
    return {
      name,
      in: place,
      required: place === 'path' || required.has(name),
      ...(text ? { description: text } : {}),
      schema: rest,
    }
  })
}

const securityOf = ({ auth }: Endpoint): JsonSchema[] => {
  if (auth === 'order-token') return [{ orderToken: [] }, { customer: [] }]
  if (auth === 'customer') return [{ customer: [] }]
  return auth === 'staff' || auth === 'staff-enrolling' ? [{ staff: [] }] : []
}

/** Who may call, as data: the matrix in docs/security is made from it. */
const accessOf = ({ auth, permission, isFresh }: Endpoint): JsonSchema => ({
  'x-auth': auth,
  ...(permission ? { 'x-permission': permission } : {}),
  ...(isFresh ? { 'x-fresh': true } : {}),
})

/** What every endpoint of its kind of caller may refuse with. */
function refusalsOf({ auth, permission, isFresh }: Endpoint): ProblemCode[] {
  if (auth === 'customer') return ['auth/required', ...(isFresh ? (['auth/confirmation-required'] as const) : [])]
  if (auth !== 'staff' && auth !== 'staff-enrolling') return []
  return [
    'auth/required',
    'auth/cross-site',
    'auth/second-factor-enrolment-required',
    ...(permission && permission !== 'self' ? (['auth/forbidden'] as const) : []),
    ...(isFresh ? (['auth/step-up-required'] as const) : []),
  ]
}

function operationOf(endpoint: Endpoint, components: Components): JsonSchema {
  const parameters = [
    ...inputParameters(endpoint, 'path', components),
    ...inputParameters(endpoint, 'query', components),
    ...(endpoint.idempotency === 'required' ? [ref('parameters', 'RequiredIdempotencyKey')] : []),
    ...(endpoint.idempotency === 'optional' ? [ref('parameters', 'IdempotencyKey')] : []),
    ref('parameters', 'AcceptLanguage'),
  ]
  const requestBody = endpoint.body && {
    requestBody: {
      required: true,
      content: { 'application/json': { schema: components.add(endpoint.body, 'input') } },
    },
  }
  return {
    operationId: endpoint.id,
    tags: [endpoint.tag],
    summary: endpoint.summary,
    ...(endpoint.description ? { description: endpoint.description } : {}),
    security: securityOf(endpoint),
    ...accessOf(endpoint),
    parameters,
    ...requestBody,
    responses: { [endpoint.status]: successResponse(endpoint, components), ...problemResponses(endpoint) },
  }
}

/** Everything a client needs to know of the API, from the same objects that the server and our own client run on. */
export function toOpenApi(): OpenApiDocument {
  const components = createComponents()
  const paths: OpenApiDocument['paths'] = {}
  for (const endpoint of allEndpoints) {
    const operations = (paths[endpoint.path] ??= {})
    operations[endpoint.method.toLowerCase()] = operationOf(endpoint, components)
  }
  const schemas = Object.entries({ ...components.schemas, Problem: problemSchema })
  return {
    openapi: '3.1.0',
    info: { title: 'Dhow API', version: '1', description, license: { name: 'MIT', identifier: 'MIT' } },
    servers: [{ url: '/api/v1' }],
    tags,
    paths,
    components: {
      schemas: Object.fromEntries(schemas.toSorted(([one], [other]) => (one < other ? -1 : 1))),
      parameters: sharedParameters,
      headers: sharedHeaders,
      securitySchemes: {
        orderToken: {
          type: 'apiKey',
          in: 'header',
          name: 'Order-Token',
          description: 'Given with the order at checkout, and in the link of its confirmation mail.',
        },
        customer: { type: 'http', scheme: 'bearer', bearerFormat: 'JWT', description: 'A customer’s access token.' },
        staff: {
          type: 'apiKey',
          in: 'cookie',
          name: '__Host-dhow_staff',
          description: 'Set by signing in. Changes need `X-CSRF-Token` and the back office’s own `Origin` besides.',
        },
      },
    },
  }
}

/** The document as it is committed: two spaces, a line break at the end. */
export const printOpenApi = (): string => `${JSON.stringify(toOpenApi(), null, 2)}\n`
