import { createHash, timingSafeEqual } from 'node:crypto'
import type twilio from 'twilio'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import type { ReportOutcome, TextReport } from './port.ts'

/** Other fields may come at any time; they are signed too, and left alone. */
const Report = z.object({
  MessageSid: z.string().regex(/^(SM|MM)[0-9a-f]{32}$/),
  MessageStatus: z.string().max(40),
  ErrorCode: z.string().max(10).optional(),
})

const stateByStatus: ReadonlyMap<string, TextReport['state']> = new Map([
  ['sent', 'sent'],
  ['delivered', 'delivered'],
  ['read', 'delivered'],
  ['undelivered', 'undelivered'],
  ['failed', 'undelivered'],
])

interface Callback {
  path: string
  rawBody: string
  signature: string | undefined
}

/** Repeated fields as a list, as the SDK's validator wants them. */
function fieldsOf(rawBody: string): Record<string, string | string[]> {
  const fields = new URLSearchParams(rawBody)
  return Object.fromEntries(
    [...new Set(fields.keys())].map((name) => {
      const values = fields.getAll(name)
      return [name, values.length > 1 ? values : (values[0] ?? '')]
    }),
  )
}

/** Twilio adds the hash of a JSON body to the address, and signs the address alone. */
function isSignedJson(url: URL, rawBody: string): boolean {
  const wanted = Buffer.from(url.searchParams.get('bodySHA256') ?? '', 'hex')
  const hash = createHash('sha256').update(rawBody).digest()
  return wanted.length === hash.length && timingSafeEqual(wanted, hash)
}

/**
 * A status callback, if Twilio signed it: over the address it was given (ours from outside, whatever the proxies made of it)
 * and every field. There is no timestamp, so the same one may come again at any time.
 */
export function readStatusReport(
  config: Pick<Config, 'PUBLIC_API_URL' | 'TWILIO_AUTH_TOKEN'>,
  { path, rawBody, signature }: Callback,
  validateRequest: typeof twilio.validateRequest,
): ReportOutcome {
  const url = new URL(config.PUBLIC_API_URL + path)
  const isJson = url.searchParams.has('bodySHA256')
  const fields = isJson ? {} : fieldsOf(rawBody)
  if (!signature || !validateRequest(config.TWILIO_AUTH_TOKEN, signature, url.href, fields)) return { kind: 'forged' }
  if (isJson && !isSignedJson(url, rawBody)) return { kind: 'forged' }
  const parsed = Report.safeParse(isJson ? parseJson(rawBody) : fields)
  const state = parsed.success ? stateByStatus.get(parsed.data.MessageStatus) : undefined
  if (!parsed.success || !state) return { kind: 'ignored' }
  const { MessageSid: providerRef, ErrorCode: errorCode = null } = parsed.data
  return { kind: 'report', report: { providerRef, state, errorCode } }
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
