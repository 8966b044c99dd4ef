import { openSchemas, type SchemaError } from '../platform/schemas.ts'

export type Address = { email: string; name?: string }

export type Personalisation = {
  to: Address[]
  cc?: Address[]
  bcc?: Address[]
  subject?: string
  headers?: Record<string, string>
  custom_args?: Record<string, unknown>
  dynamic_template_data?: Record<string, unknown>
  send_at?: number
}

export type MailRequest = {
  personalizations: Personalisation[]
  from: Address
  reply_to?: Address
  reply_to_list?: Address[]
  subject?: string
  content?: { type: string; value: string }[]
  attachments?: { content: string; filename: string; type?: string; disposition?: string; content_id?: string }[]
  template_id?: string
  headers?: Record<string, string>
  categories?: string[]
  custom_args?: Record<string, unknown>
  send_at?: number
  mail_settings?: { sandbox_mode?: { enable?: boolean } }
}

export type MailFault = { message: string; field: string | null; help: null }

const schemas = openSchemas('sendgrid-mail.json')

const RESERVED_HEADERS = new Set(
  'x-sg-id x-sg-eid received dkim-signature content-type content-transfer-encoding to from subject reply-to cc bcc'.split(
    ' ',
  ),
)
const TOP_LEVEL = new Set(
  'personalizations from reply_to reply_to_list subject content attachments template_id headers categories custom_args send_at batch_id asm ip_pool_name mail_settings tracking_settings'.split(
    ' ',
  ),
)
const MAX_RECIPIENTS = 1_000
const MAX_CUSTOM_ARGS_BYTES = 10_000
const MAX_AHEAD_SECONDS = 72 * 3_600

/** SendGrid's request, or every fault it would name: first those of the published schema, then those of its prose. */
export function parseMail(body: unknown, nowSeconds: number): { mail: MailRequest } | { faults: MailFault[] } {
  const validate = schemas.validator('MailSend')
  if (!validate(body)) return { faults: (validate.errors ?? []).map(faultOf) }
  const mail = body as MailRequest
  const faults = [...unknownFields(mail), ...contentFaults(mail), ...mailFaults(mail, nowSeconds)]
  for (const [index, entry] of mail.personalizations.entries()) faults.push(...recipientFaults(mail, entry, index))
  return faults.length > 0 ? { faults } : { mail }
}

function faultOf(error: SchemaError): MailFault {
  const path = error.instancePath.split('/').slice(1).join('.')
  const missing = error.keyword === 'required' ? String(error.params['missingProperty']) : undefined
  const field = [path, missing].filter(Boolean).join('.') || null
  if (missing) return fault(`The ${missing} field is required.`, field)
  return fault(error.message ?? 'Bad Request', field)
}

function fault(message: string, field: string | null = null): MailFault {
  return { message, field, help: null }
}

/** A camelCase slip (`replyTo`) would otherwise be dropped without a word. */
function unknownFields(mail: MailRequest): MailFault[] {
  const unknown = Object.keys(mail).filter((key) => !TOP_LEVEL.has(key))
  return unknown.map((key) => fault(`Additional property ${key} is not allowed`, key))
}

function contentFaults(mail: MailRequest): MailFault[] {
  const faults: MailFault[] = []
  const content = mail.content ?? []
  if (content.length === 0 && mail.template_id === undefined)
    faults.push(
      fault(
        'Unless a valid template_id is provided, the content parameter is required. There must be at least one defined content block.',
        'content',
      ),
    )
  const plain = content.findIndex((part) => part.type === 'text/plain')
  const html = content.findIndex((part) => part.type === 'text/html')
  if (plain > 0 || (plain !== -1 && html !== -1 && html < plain))
    faults.push(
      fault(
        'If present, text/plain and text/html may only be provided once, and text/plain must come first.',
        'content',
      ),
    )
  if (new Set(content.map((part) => part.type)).size !== content.length)
    faults.push(fault('Each content type may be provided once.', 'content'))
  for (const [index, attachment] of (mail.attachments ?? []).entries())
    if (!/^[A-Za-z0-9+/]+={0,2}$/.test(attachment.content))
      faults.push(fault('The attachment content must be base64 encoded.', `attachments.${index}.content`))
  return faults
}

function mailFaults(mail: MailRequest, nowSeconds: number): MailFault[] {
  const faults: MailFault[] = []
  if (mail.personalizations.length === 0)
    faults.push(
      fault('The personalizations field is required and must have at least one personalization.', 'personalizations'),
    )
  if (mail.reply_to && mail.reply_to_list)
    faults.push(fault('Only one of reply_to and reply_to_list may be used.', 'reply_to_list'))
  if (recipientsOf(mail).length > MAX_RECIPIENTS)
    faults.push(fault('There are too many recipients; at most 1000 are allowed in one request.', 'personalizations'))
  if (mail.send_at !== undefined && mail.send_at > nowSeconds + MAX_AHEAD_SECONDS)
    faults.push(fault('Scheduling more than 72 hours in advance is forbidden.', 'send_at'))
  faults.push(...argumentFaults(mail.custom_args, 'custom_args'), ...headerFaults(mail.headers, 'headers'))
  return faults
}

function recipientFaults(mail: MailRequest, entry: Personalisation, index: number): MailFault[] {
  const at = `personalizations.${index}`
  const faults: MailFault[] = []
  if (entry.to.length === 0)
    faults.push(
      fault(
        'The to array is required for all personalization objects, and must have at least one email object with a valid email address.',
        `${at}.to`,
      ),
    )
  const emails = [...entry.to, ...(entry.cc ?? []), ...(entry.bcc ?? [])].map((address) => address.email.toLowerCase())
  if (new Set(emails).size !== emails.length)
    faults.push(fault('Each email address in the personalization block should be unique between to, cc, and bcc.', at))
  if (mail.template_id === undefined && !(entry.subject ?? mail.subject))
    faults.push(
      fault(
        'The subject is required. You can get around this requirement if you use a template with a subject defined or if every personalization has a subject defined.',
        'subject',
      ),
    )
  if (entry.dynamic_template_data && !mail.template_id?.startsWith('d-'))
    faults.push(fault('dynamic_template_data needs a dynamic template_id.', `${at}.dynamic_template_data`))
  faults.push(
    ...argumentFaults(entry.custom_args, `${at}.custom_args`),
    ...headerFaults(entry.headers, `${at}.headers`),
  )
  return faults
}

function argumentFaults(args: Record<string, unknown> | undefined, field: string): MailFault[] {
  if (!args) return []
  const faults: MailFault[] = []
  if (Object.values(args).some((value) => typeof value !== 'string'))
    faults.push(fault('custom_args values must be strings.', field))
  if (Buffer.byteLength(JSON.stringify(args)) > MAX_CUSTOM_ARGS_BYTES)
    faults.push(fault('The custom_args may not exceed 10000 bytes.', field))
  return faults
}

function headerFaults(headers: Record<string, unknown> | undefined, field: string): MailFault[] {
  const faults: MailFault[] = []
  for (const [name, value] of Object.entries(headers ?? {})) {
    if (RESERVED_HEADERS.has(name.toLowerCase()))
      faults.push(fault(`The header ${name} is reserved.`, `${field}.${name}`))
    if (typeof value !== 'string') faults.push(fault('Header values must be strings.', `${field}.${name}`))
  }
  return faults
}

export function recipientsOf(mail: MailRequest): Address[] {
  return mail.personalizations.flatMap((entry) => [...entry.to, ...(entry.cc ?? []), ...(entry.bcc ?? [])])
}
