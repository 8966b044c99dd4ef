import { createHash } from 'node:crypto'
import { decodeProtectedHeader, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import type { IncomingWebhook, WebhookEvent } from '../port.ts'
import { orderIdIn } from './reference.ts'

/** Theirs have some 150 bytes; what is longer is not even looked at. */
const MAX_TOKEN_LENGTH = 2_000
/** Tamara makes them for fifteen minutes: one that says more was not made by it. */
const MAX_LIFE_SECONDS = 900
const CLOCKS_DIFFER_SECONDS = 60

const Header = z.object({ alg: z.literal('HS256') })
const Claims = z.object({ iat: z.int(), exp: z.int() })

const Ref = z.string().min(1).max(255)

/** Of the movement an event is about only its name is read; `data` is `[]` where there is none. */
const Movement = z
  .object({ capture_id: Ref.optional(), refund_id: Ref.optional(), cancel_id: Ref.optional() })
  .catch({})

const TamaraEvent = z.object({
  order_id: Ref,
  order_reference_id: z.string().max(255).nullish(),
  event_type: z.string().min(1).max(100),
  data: Movement.nullish(),
})

/** The header counts, and only without one the query: both carry the same token (Tamara's own handlers read them so). */
function tokenOf({ headers, query }: Pick<IncomingWebhook, 'headers' | 'query'>): string | undefined {
  const header = headers['authorization']
  if (header === undefined) return query.get('tamaraToken') ?? undefined
  return typeof header === 'string' ? /^Bearer ([\w.-]+)$/i.exec(header)?.[1] : undefined
}

function saysHs256(token: string): boolean {
  try {
    return Header.safeParse(decodeProtectedHeader(token)).success
  } catch {
    return false // what cannot be decoded is no token
  }
}

async function isSignedWith(secret: string, token: string, now: Date): Promise<boolean> {
  try {
    const { payload } = await jwtVerify(token, Buffer.from(secret), {
      algorithms: ['HS256'],
      issuer: 'Tamara',
      currentDate: now,
      clockTolerance: CLOCKS_DIFFER_SECONDS,
      requiredClaims: ['exp', 'iat'],
    })
    const claims = Claims.safeParse(payload).data
    if (!claims || claims.exp - claims.iat > MAX_LIFE_SECONDS) return false
    return claims.iat <= Math.floor(now.getTime() / 1000) + CLOCKS_DIFFER_SECONDS
  } catch (error) {
    if (error instanceof errors.JOSEError) return false
    throw error
  }
}

async function isFromTamara(secrets: readonly string[], webhook: IncomingWebhook): Promise<boolean> {
  const token = tokenOf(webhook)
  if (token === undefined || token.length > MAX_TOKEN_LENGTH || !saysHs256(token)) return false
  for (const secret of secrets) if (await isSignedWith(secret, token, webhook.now)) return true
  return false
}

function parsed(rawBody: Buffer): z.output<typeof TamaraEvent> | undefined {
  try {
    return TamaraEvent.safeParse(JSON.parse(rawBody.toString())).data
  } catch {
    return undefined
  }
}

/** Tamara names no events: the same order, type and movement is the same event, however often it comes. */
function eventIdOf({ order_id, event_type, data }: z.output<typeof TamaraEvent>): string {
  const movement = data?.refund_id ?? data?.cancel_id ?? data?.capture_id ?? '' // a refund names its capture too
  return `tamara_${createHash('sha256')
    .update(JSON.stringify([order_id, event_type, movement]))
    .digest('hex')}`
}

/** All we ask for: each is answered by asking about the order, and what changes nothing costs one question. */
export const tamaraEvents = [
  'order_approved',
  'order_declined',
  'order_authorised',
  'order_canceled',
  'order_captured',
  'order_refunded',
  'order_expired',
] as const

const asksForTruth: ReadonlySet<string> = new Set([...tamaraEvents, 'order_updated'])

/**
 * Proven by a token made with one of the notification tokens (two while one is changed) within the last fifteen minutes. The
 * token does not cover the body, so the body is a hint: it says which order to ask about, and nothing in it is believed. The old
 * notifications of `merchant_url.notification`, which have `order_status` and no `event_type`, are not ours: undefined.
 */
export async function readTamaraWebhook(
  secrets: readonly string[],
  webhook: IncomingWebhook,
): Promise<WebhookEvent | undefined> {
  if (!(await isFromTamara(secrets, webhook))) return undefined
  const event = parsed(webhook.rawBody)
  if (!event) return undefined
  const { order_id: objectRef, order_reference_id: reference, event_type: type } = event
  const eventId = eventIdOf(event)
  if (!asksForTruth.has(type)) return { eventId, type, objectRef: null, topic: 'other', orderId: null }
  return { eventId, type, objectRef, topic: 'payment', orderId: orderIdIn(reference ?? '') }
}
