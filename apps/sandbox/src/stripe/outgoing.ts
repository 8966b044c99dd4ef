import { makeId } from '../platform/ids.ts'
import type { OutgoingWebhook } from '../webhooks/webhooks.ts'
import type { StripeContext } from './context.ts'
import { matches } from './events.ts'
import type { StoredEvent } from './objects.ts'
import { signatureHeader } from './signature.ts'

/** An event as it goes to every endpoint that subscribed to its type, signed with that endpoint's secret. */
export function outgoingFor(ctx: Pick<StripeContext, 'state' | 'now'>, event: StoredEvent): OutgoingWebhook[] {
  return ctx.state.endpoints
    .values()
    .filter(({ endpoint }) => endpoint.status === 'enabled')
    .filter(({ endpoint }) => endpoint.enabled_events.some((pattern) => matches(event.type, pattern)))
    .map(({ endpoint, secret }) => ({
      provider: 'stripe',
      id: event.id,
      type: event.type,
      subject: event.subject,
      url: endpoint.url,
      build: (forged) => ({
        body: event.payload,
        headers: {
          'user-agent': 'Stripe/1.0 (+https://stripe.com/docs/webhooks)',
          'stripe-signature': signatureHeader(forged ? makeId('whsec_forged_') : secret, event.payload, ctx.now()),
        },
      }),
    }))
}
