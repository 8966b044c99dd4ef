import type Stripe from 'stripe'
import { z } from 'zod'
import type { WebhookEvent } from '../port.ts'

/** Seconds a signature stays good. */
const TOLERANCE_SECONDS = 300

const StripeEvent = z.object({
  id: z.string().regex(/^evt_\w{1,200}$/),
  type: z.string().max(100),
  // Only of a payment do we read what it is about; others have other shapes, and are stored all the same.
  data: z
    .object({ object: z.object({ id: z.string().max(255) }) })
    .optional()
    .catch(undefined),
})

/** Events after which the payment may stand otherwise. Every other type is stored and left alone. */
const asksForTruth = new Set([
  'payment_intent.succeeded',
  'payment_intent.payment_failed',
  'payment_intent.canceled',
  'payment_intent.processing',
  'payment_intent.requires_action',
  'payment_intent.amount_capturable_updated',
])

/** The signature must fit one of the secrets (two while one is rolled) over the raw bytes, and be fresh. */
// oxlint-disable-next-line max-params -- the four things a signature is checked with
export function readStripeWebhook(
  stripe: Stripe,
  secrets: readonly string[],
  rawBody: Buffer,
  signature: string | undefined,
): WebhookEvent | undefined {
  if (!signature) return undefined
  const isSigned = secrets.some((secret) => {
    try {
      stripe.webhooks.constructEvent(rawBody, signature, secret, TOLERANCE_SECONDS)
      return true
    } catch {
      return false
    }
  })
  if (!isSigned) return undefined
  const parsed = StripeEvent.safeParse(JSON.parse(rawBody.toString()))
  if (!parsed.success) return undefined
  const { id, type, data } = parsed.data
  const objectRef = asksForTruth.has(type) ? (data?.object.id ?? null) : null
  return { eventId: id, type, objectRef, topic: objectRef === null ? 'other' : 'payment', orderId: null }
}
