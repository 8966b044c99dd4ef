import { timingSafeEqual } from 'node:crypto'
import { Id } from '@dhow/contracts/primitives.ts'
import { z } from 'zod'
import type { AddressList } from '../../../platform/auth/address-list.ts'
import { sha256 } from '../../../platform/crypto/sealing.ts'
import type { IncomingWebhook, WebhookEvent } from '../port.ts'

const Moves = z
  .array(z.object({ id: z.string().max(100) }))
  .max(1000)
  .nullish()
  .transform((moves) => (moves ?? []).map(({ id }) => id).toSorted())

/** Status words are lower case here, and only here. */
const TabbyNews = z.object({
  id: z.string().min(1).max(100),
  status: z.string().regex(/^[a-z_]{1,40}$/),
  captures: Moves,
  refunds: Moves,
  meta: z.object({ order_id: z.string().max(100).nullish() }).nullish(),
})

const hashOf = (text: string): string => sha256(text).toString('hex')

/** Never throws: what is no JSON is undefined. */
function parse(rawBody: Buffer): unknown {
  try {
    return JSON.parse(rawBody.toString())
  } catch {
    return undefined
  }
}

export interface WebhookProof {
  /** Name of the header Tabby sends back with each webhook, in any case, and the values that prove it. */
  header: string
  secrets: readonly string[]
  /** Where Tabby sends from; an empty list asks for the header alone. */
  addresses: AddressList
}

function isProven({ header, secrets, addresses }: WebhookProof, { headers, remoteAddress }: IncomingWebhook): boolean {
  const given = headers[header.toLowerCase()]
  if (typeof given !== 'string' || given === '' || !addresses.has(remoteAddress)) return false
  // Hashes have one length, so that not even that of a secret is told.
  return secrets.some((secret) => timingSafeEqual(sha256(given), sha256(secret)))
}

/**
 * Tabby signs nothing: the header chosen at registration is the whole proof, so a webhook only ever causes a look at the payment.
 * There is no event id either; news of the same status, captures and refunds is the same news.
 */
export function readTabbyWebhook(proof: WebhookProof, webhook: IncomingWebhook): WebhookEvent | undefined {
  if (!isProven(proof, webhook)) return undefined
  const body = parse(webhook.rawBody)
  if (typeof body !== 'object' || body === null) return undefined
  const news = TabbyNews.safeParse(body).data
  if (!news)
    return {
      eventId: `tabby_${hashOf(webhook.rawBody.toString())}`,
      type: 'unknown',
      objectRef: null,
      topic: 'other',
      orderId: null,
    }
  const { id, status, captures, refunds, meta } = news
  return {
    eventId: `tabby_${hashOf(JSON.stringify([id, status, captures, refunds]))}`,
    type: refunds.length > 0 ? `${status}.refunded` : captures.length > 0 ? `${status}.captured` : status,
    objectRef: id,
    topic: 'payment',
    orderId: Id.safeParse(meta?.order_id).data ?? null,
  }
}
