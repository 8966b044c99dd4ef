/**
 * Cuts the published provider schemas down to what the sandbox implements.
 * Run: node scripts/trim-schemas.ts <stripe-openapi.json> <sendgrid-mail.json>
 * The results are committed under schemas/; see the README for source and licence.
 */
import { readFileSync, writeFileSync } from 'node:fs'

type Json = null | boolean | number | string | Json[] | { [key: string]: Json }
type Schemas = { [name: string]: Json }

const PARAMS = [
  'PaymentIntentCreateParams',
  'PaymentIntentUpdateParams',
  'PaymentIntentRetrieveParams',
  'PaymentIntentListParams',
  'PaymentIntentConfirmParams',
  'PaymentIntentCaptureParams',
  'PaymentIntentCancelParams',
  'PaymentMethodCreateParams',
  'PaymentMethodRetrieveParams',
  'ChargeRetrieveParams',
  'ChargeListParams',
  'RefundCreateParams',
  'RefundRetrieveParams',
  'RefundListParams',
  'EventListParams',
  'EventRetrieveParams',
  'WebhookEndpointCreateParams',
  'WebhookEndpointListParams',
  'WebhookEndpointRetrieveParams',
]
const OBJECTS = [
  'PaymentIntent',
  'PaymentMethod',
  'Charge',
  'Refund',
  'BalanceTransaction',
  'Event',
  'WebhookEndpoint',
  'ErrorEnvelope',
]

/** Numbers on Stripe's wire are whole, apart from percentages; the SDK's declarations cannot say so. */
function clean(node: Json, name: string, pointer: string): Json {
  if (Array.isArray(node)) return node.map((entry) => clean(entry, name, pointer))
  if (node === null || typeof node !== 'object') return node
  const out: { [key: string]: Json } = {}
  for (const [key, value] of Object.entries(node)) {
    if (key.startsWith('x-') || key === 'title') continue
    if (key === '$ref' && typeof value === 'string') out[key] = `${pointer}${value.split('/').at(-1)}`
    else if (key === 'properties' && value !== null && typeof value === 'object' && !Array.isArray(value))
      out[key] = Object.fromEntries(
        Object.entries(value).map(([property, schema]) => [property, clean(schema, property, pointer)]),
      )
    else if (key === 'type' && !name.includes('percent')) out[key] = wholeNumbers(value)
    else if (key === 'anyOf' && Array.isArray(value) && value.length === 0) out['not'] = {} // TypeScript's `never`
    else out[key] = clean(value, name, pointer)
  }
  return out
}

function wholeNumbers(type: Json): Json {
  if (Array.isArray(type)) return type.map(wholeNumbers)
  return type === 'number' ? 'integer' : type
}

function refsIn(node: Json, found: Set<string>): void {
  if (Array.isArray(node)) for (const entry of node) refsIn(entry, found)
  else if (node !== null && typeof node === 'object')
    for (const [key, value] of Object.entries(node)) {
      if (key === '$ref' && typeof value === 'string') found.add(value.split('/').at(-1) ?? '')
      else refsIn(value, found)
    }
}

function closure(all: Schemas, roots: readonly string[]): Schemas {
  const wanted = new Set<string>()
  const queue = [...roots]
  for (let name = queue.pop(); name !== undefined; name = queue.pop()) {
    const schema = all[name]
    if (wanted.has(name) || schema === undefined) continue
    wanted.add(name)
    const refs = new Set<string>()
    refsIn(schema, refs)
    queue.push(...refs)
  }
  return Object.fromEntries([...wanted].sort().map((name) => [name, clean(all[name] ?? null, name, '#/$defs/')]))
}

function write(file: string, source: string, schemas: Schemas): void {
  const document = { $comment: `Made by scripts/trim-schemas.ts from ${source}. MIT licence.`, $defs: schemas }
  writeFileSync(new URL(`../schemas/${file}`, import.meta.url), `${JSON.stringify(document, null, 2)}\n`)
}

const [stripePath, sendgridPath] = process.argv.slice(2)
if (!stripePath || !sendgridPath) throw new Error('usage: node scripts/trim-schemas.ts STRIPE.json SENDGRID.json')

const stripe = JSON.parse(readFileSync(stripePath, 'utf8')).components.schemas as Schemas
const stripeSource =
  'the type declarations of the official npm package stripe 23.1.0 (API 2026-10-28.endive), (c) Stripe'
write('stripe-params.json', stripeSource, closure(stripe, PARAMS))
write('stripe-objects.json', stripeSource, closure(stripe, OBJECTS))

const sendgrid = JSON.parse(readFileSync(sendgridPath, 'utf8')).components
const MailSend = sendgrid.requestBodies.PostMailSend.content['application/json'].schema
write(
  'sendgrid-mail.json',
  'github.com/twilio/sendgrid-oai spec/json/tsg_mail_v3.json @ dbe0e0d, (c) Twilio',
  closure({ ...sendgrid.schemas, MailSend }, ['MailSend']),
)
