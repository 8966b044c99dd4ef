import { Client } from '@sendgrid/client'
import { MailService, type MailDataRequired } from '@sendgrid/mail'
import { z } from 'zod'
import type { Config } from '../../config.ts'
import type { Metrics } from '../../platform/telemetry/metrics.ts'
import type { EmailMessage, SendEmail, SendOutcome } from './port.ts'

const TIMEOUT_MS = 10_000
const RETRY_SECONDS = 30
const MAX_RETRY_SECONDS = 3_600

/** Errors from before the request left: nothing was sent. A reset or a time-out later on says nothing of the kind. */
const unsentErrors = new Set(['ECONNREFUSED', 'ENOTFOUND', 'EAI_AGAIN', 'EHOSTUNREACH', 'ENETUNREACH'])

const Accepted = z.object({ 'x-message-id': z.string().min(1) })

/** What the SDK rejects with when there was an answer (ResponseError of @sendgrid/helpers). */
const Refusal = z.object({
  code: z.number(),
  response: z.object({
    headers: z.object({ 'x-ratelimit-reset': z.coerce.number().optional().catch(undefined) }),
    body: z
      .object({ errors: z.array(z.object({ message: z.string(), field: z.string().nullish() })) })
      .catch({ errors: [] }),
  }),
})

function toMail(message: EmailMessage): MailDataRequired {
  const { to, from, replyTo, subject, text, html, category, notificationId } = message
  return {
    to,
    from,
    replyTo,
    subject,
    text,
    html,
    categories: [category],
    // Kept for long and not treated as personal data by SendGrid: an opaque id, nothing else.
    customArgs: { dhow_notification_id: notificationId },
    // Rewritten links would send the shopper's order token through somebody else's server.
    trackingSettings: { clickTracking: { enable: false, enableText: false }, openTracking: { enable: false } },
  }
}

/** Seconds until SendGrid's own limit starts anew: X-RateLimit-Reset is Unix seconds of its clock, so the wall clock counts here. */
function secondsUntil(resetAt: number | undefined): number {
  if (resetAt === undefined) return RETRY_SECONDS
  return Math.min(Math.max(Math.ceil(resetAt - Date.now() / 1000), 1), MAX_RETRY_SECONDS)
}

/**
 * Causes are made anew with a code only: the SDK's errors carry the whole request, with the API key and the mail in it.
 * SendGrid's messages name fields of the request and rules, not people.
 */
function outcomeOfRefusal({ code, response }: z.output<typeof Refusal>): SendOutcome {
  const said = response.body.errors.map(({ message, field }) => (field ? `${field}: ${message}` : message)).join('; ')
  const reason = `SendGrid answered ${code}${said && ` (${said})`}`
  if (code === 429)
    return {
      kind: 'retry',
      afterSeconds: secondsUntil(response.headers['x-ratelimit-reset']),
      cause: new Error(reason),
    }
  if (code >= 500) return { kind: 'retry', afterSeconds: RETRY_SECONDS, cause: new Error(reason) }
  if (code === 401 || code === 403) return { kind: 'locked-out', reason }
  return { kind: 'refused', reason }
}

function outcomeOfError(error: unknown): SendOutcome {
  const refusal = Refusal.safeParse(error)
  if (refusal.success) return outcomeOfRefusal(refusal.data)
  const code = error instanceof Error && 'code' in error ? String(error.code) : 'without a code'
  const cause = new Error(`no answer from SendGrid: ${code}`)
  return unsentErrors.has(code) ? { kind: 'retry', afterSeconds: RETRY_SECONDS, cause } : { kind: 'unknown', cause }
}

/**
 * Sends by SendGrid's `POST /v3/mail/send` through the official SDK. 202 means queued there, not delivered. The SDK never tries
 * again by itself, and SendGrid knows no idempotency key, which is why "no answer" is an outcome of its own.
 */
export function createSendGrid(config: Config, metrics: Metrics): SendEmail {
  const client = new Client()
  client.setApiKey(config.SENDGRID_API_KEY)
  client.setDefaultRequest('baseUrl', `${config.SENDGRID_API_BASE}/`) // after the key: setting that resets the address
  const service = new MailService()
  service.setClient(client)
  service.setTimeout(TIMEOUT_MS)

  async function send(message: EmailMessage): Promise<SendOutcome> {
    try {
      const [response] = await service.send(toMail(message))
      const headers = Accepted.safeParse(response.headers)
      return { kind: 'accepted', providerRef: headers.success ? headers.data['x-message-id'] : 'unnamed' }
    } catch (error) {
      return outcomeOfError(error)
    }
  }
  return async (message) => {
    const outcome = await send(message)
    metrics.providerCalls.inc({ provider: 'sendgrid', operation: 'send', result: outcome.kind })
    return outcome
  }
}
