import { Id } from '@dhow/contracts/primitives.ts'
import {
  stripeDisputeEvents,
  stripePaymentEvents,
  stripePayoutEvents,
  stripeWarningEvents,
} from '@dhow/contracts/webhook-events.ts'
import type Stripe from 'stripe'
import { z } from 'zod'
import type { WebhookEvent } from '../port.ts'

/** Seconds a signature stays good. */
const TOLERANCE_SECONDS = 300

const Ref = z.string().min(1).max(255)

const StripeEvent = z.object({
  id: z.string().regex(/^evt_\w{1,200}$/),
  type: z.string().max(100),
  // Only where we know what it is about do we read it; others have other shapes, and are stored all the same.
  data: z
    .object({
      object: z.object({
        id: Ref,
        payment_intent: Ref.nullish().catch(null),
        metadata: z
          .object({ order_id: Id.nullish().catch(null) })
          .nullish()
          .catch(null),
      }),
    })
    .optional()
    .catch(undefined),
})
type Subject = NonNullable<z.output<typeof StripeEvent>['data']>['object']

const topicByType = new Map<string, WebhookEvent['topic']>([
  ...stripePaymentEvents.map((type) => [type, 'payment'] as const),
  ...stripeDisputeEvents.map((type) => [type, 'dispute'] as const),
  ...stripeWarningEvents.map((type) => [type, 'fraud-warning'] as const),
  ...stripePayoutEvents.map((type) => [type, 'payout'] as const),
])

/** What an event asks about: charges and refunds lead to their PaymentIntent, the others have names of their own. */
function refOf(type: string, topic: WebhookEvent['topic'], subject: Subject | undefined): string | null {
  if (topic === 'other' || !subject) return null
  if (topic === 'payment' && !type.startsWith('payment_intent.')) return subject.payment_intent ?? null
  return subject.id
}

function isSignedWithOneOf(
  stripe: Stripe,
  secrets: readonly string[],
  { rawBody, signature }: { rawBody: Buffer; signature: string },
): boolean {
  return secrets.some((secret) => {
    try {
      stripe.webhooks.constructEvent(rawBody, signature, secret, TOLERANCE_SECONDS)
      return true
    } catch {
      return false
    }
  })
}

/** The signature must fit one of the secrets (two while one is rolled) over the raw bytes, and be fresh. */
// oxlint-disable-next-line max-params -- the four things a signature is checked with
export function readStripeWebhook(
  stripe: Stripe,
  secrets: readonly string[],
  rawBody: Buffer,
  signature: string | undefined,
): WebhookEvent | undefined {
  if (!signature || !isSignedWithOneOf(stripe, secrets, { rawBody, signature })) return undefined
  const parsed = StripeEvent.safeParse(JSON.parse(rawBody.toString()))
  if (!parsed.success) return undefined
  const { id: eventId, type, data } = parsed.data
  const subject = data?.object
  const topic = topicByType.get(type) ?? 'other'
  const objectRef = refOf(type, topic, subject)
  if (objectRef === null) return { eventId, type, topic: 'other', objectRef, orderId: null }
  return { eventId, type, topic, objectRef, orderId: subject?.metadata?.order_id ?? null }
}
