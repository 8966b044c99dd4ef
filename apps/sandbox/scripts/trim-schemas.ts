/**
 * Cuts the published provider schemas down to what the sandbox implements.
 * Run: node scripts/trim-schemas.ts <stripe-openapi.json> <sendgrid-mail.json> <twilio-verify.json> <twilio-messages.json>
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
  'WebhookEndpointUpdateParams',
  'CustomerCreateParams',
  'CustomerRetrieveParams',
  'CustomerDeleteParams',
  'CustomerListPaymentMethodsParams',
  'CustomerRetrievePaymentMethodParams',
  'CustomerSessionCreateParams',
  'SetupIntentCreateParams',
  'SetupIntentRetrieveParams',
  'SetupIntentConfirmParams',
  'PaymentMethodDetachParams',
  'DisputeListParams',
  'DisputeRetrieveParams',
  'DisputeUpdateParams',
  'DisputeCloseParams',
  'BalanceTransactionListParams',
  'PayoutCreateParams',
  'PayoutListParams',
  'PayoutRetrieveParams',
  'PaymentMethodDomainCreateParams',
  'PaymentMethodDomainListParams',
  'PaymentMethodDomainValidateParams',
  'Radar.EarlyFraudWarningListParams',
  'Radar.EarlyFraudWarningRetrieveParams',
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
  'Customer',
  'CustomerSession',
  'SetupIntent',
  'Dispute',
  'Payout',
  'PaymentMethodDomain',
  'EarlyFraudWarning',
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

const [stripePath, sendgridPath, verifyPath, messagesPath] = process.argv.slice(2)
if (!stripePath || !sendgridPath || !verifyPath || !messagesPath)
  throw new Error(
    'usage: node scripts/trim-schemas.ts STRIPE.json SENDGRID.json TWILIO-VERIFY.json TWILIO-MESSAGES.json',
  )

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

/** OpenAPI 3.0's `nullable` in JSON Schema's words, without Twilio's own formats and without prose. */
function modern(node: Json): Json {
  if (Array.isArray(node)) return node.map(modern)
  if (node === null || typeof node !== 'object') return node
  const { nullable, description: _prose, deprecated: _old, format, type, ...rest } = node
  const out: { [key: string]: Json } = Object.fromEntries(
    Object.entries(rest).map(([key, value]) => [key, modern(value)]),
  )
  if (type !== undefined) out['type'] = nullable === true ? [type, 'null'] : type
  if (typeof format === 'string' && ['uri', 'date-time'].includes(format)) out['format'] = format
  return nullable === true && type === undefined ? { anyOf: [out, { type: 'null' }] } : out
}

/** A form of Twilio's; unknown names are refused, which Twilio doesn't promise: a camelCase slip would vanish. */
const form = (document: { paths: Record<string, { post: Schemas }> }, path: string): Json => {
  const body = document.paths[path]?.post['requestBody'] as { content: Record<string, { schema: Json }> }
  return { ...(body.content['application/x-www-form-urlencoded']?.schema as object), additionalProperties: false }
}

const verify = JSON.parse(readFileSync(verifyPath, 'utf8'))
const messages = JSON.parse(readFileSync(messagesPath, 'utf8'))
const service = '/v2/Services/{ServiceSid}'
const account = '/2010-04-01/Accounts/{AccountSid}'
const twilio: Schemas = {
  ...verify.components.schemas,
  ...messages.components.schemas,
  CreateVerification: form(verify, `${service}/Verifications`),
  UpdateVerification: form(verify, `${service}/Verifications/{Sid}`),
  CheckVerification: form(verify, `${service}/VerificationCheck`),
  CreateMessage: form(messages, `${account}/Messages.json`),
  UpdateMessage: form(messages, `${account}/Messages/{Sid}.json`),
  Verification: verify.components.schemas['verify.v2.service.verification'],
  VerificationCheck: verify.components.schemas['verify.v2.service.verification_check'],
  Message: messages.components.schemas['api.v2010.account.message'],
}
const TWILIO =
  'CreateVerification UpdateVerification CheckVerification CreateMessage UpdateMessage Verification VerificationCheck Message'
write(
  'twilio.json',
  'github.com/twilio/twilio-oai spec/json/twilio_{api_v2010,verify_v2}.json @ d50069b, (c) Twilio',
  modern(closure(twilio, TWILIO.split(' '))) as Schemas,
)
