import { z } from 'zod'
import { defineEndpoint } from './endpoint.ts'
import { pageOf, pageQuery } from './paging.ts'
import { Id, Instant, OrderNumber, typedText } from './primitives.ts'

const tag = 'Payments (staff)'
const base = { tag, auth: 'staff', rateLimit: 'staff' } as const

/** Providers that send webhooks about payments. */
export const webhookProviders = ['stripe', 'tabby', 'tamara'] as const
export const WebhookProvider = z.enum(webhookProviders)
export type WebhookProvider = z.infer<typeof WebhookProvider>

export const webhookStates = ['stored', 'handled', 'failed', 'ignored'] as const
export const WebhookState = z.enum(webhookStates).meta({
  id: 'WebhookState',
  description: '`ignored` is of a type nobody asked for, or about a payment that is not ours.',
})
export type WebhookState = z.infer<typeof WebhookState>

export const WebhookLine = z
  .strictObject({
    provider: WebhookProvider,
    eventId: z.string(),
    type: z.string(),
    topic: z.enum(['payment', 'dispute', 'fraud-warning', 'payout', 'other']),
    /** The provider's name of what it is about. */
    objectRef: z.string().nullable(),
    orderId: Id.nullable(),
    orderNumber: OrderNumber.nullable(),
    state: WebhookState,
    /** Why it failed or was left alone, as a code. */
    reason: z.string().nullable(),
    deliveryCount: z.int(),
    attemptCount: z.int(),
    receivedAt: Instant,
    handledAt: Instant.nullable(),
  })
  .meta({ id: 'WebhookLine' })
export type WebhookLine = z.infer<typeof WebhookLine>

const EventPath = z.strictObject({ provider: WebhookProvider, eventId: z.string().min(1).max(255) })

export const listWebhooks = defineEndpoint({
  ...base,
  permission: 'payments.read',
  id: 'listWebhooks',
  method: 'GET',
  path: '/admin/webhooks',
  status: 200,
  summary: 'What providers have told us, newest first',
  query: z.strictObject({
    provider: WebhookProvider.optional(),
    state: WebhookState.optional(),
    /** Begins with: `payment_intent.` finds all about payments. */
    type: typedText({ max: 100 }).optional(),
    orderNumber: OrderNumber.optional(),
    ...pageQuery,
  }),
  response: pageOf(WebhookLine),
  problems: ['catalog/cursor-invalid'],
})

export const getWebhook = defineEndpoint({
  ...base,
  permission: 'payments.read',
  id: 'getWebhook',
  method: 'GET',
  path: '/admin/webhooks/{provider}/{eventId}',
  status: 200,
  summary: 'One event and what became of it',
  params: EventPath,
  response: WebhookLine,
  problems: ['webhooks/not-found'],
})

export const readWebhookPayload = defineEndpoint({
  ...base,
  permission: 'payments.write',
  isFresh: true,
  id: 'readWebhookPayload',
  method: 'POST',
  path: '/admin/webhooks/{provider}/{eventId}/payload',
  status: 200,
  summary: 'Open what the provider sent',
  description:
    'Ids, states, amounts and times as they came; every other text is hidden. Reading is written to the audit log.',
  params: EventPath,
  response: z.strictObject({ payload: z.unknown() }),
  problems: ['webhooks/not-found'],
})

export const redeliverWebhook = defineEndpoint({
  ...base,
  permission: 'payments.write',
  isFresh: true,
  id: 'redeliverWebhook',
  method: 'POST',
  path: '/admin/webhooks/{provider}/{eventId}/redeliver',
  status: 202,
  summary: 'Handle an event again',
  description: 'The provider is asked for the truth once more; doing it twice is as good as once.',
  params: EventPath,
  response: WebhookLine,
  problems: ['webhooks/not-found'],
})
