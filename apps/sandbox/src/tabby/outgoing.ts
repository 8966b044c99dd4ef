import { randomUUID } from 'node:crypto'
import { makeId } from '../platform/ids.ts'
import type { OutgoingWebhook } from '../webhooks/webhooks.ts'
import type { StoredPayment, TabbyEndpoint, TabbyEvent } from './objects.ts'
import type { TabbyContext } from './state.ts'

/** Hands what happened to a payment to delivery, with a copy of how it stands now. */
export function announce(ctx: TabbyContext, type: string, stored: StoredPayment): void {
  const { payment, sessionId, closedAt } = stored
  const isExpired = payment.status === 'EXPIRED'
  const body = {
    id: payment.id,
    created_at: payment.created_at,
    expires_at: payment.expires_at,
    closed_at: closedAt,
    status: payment.status.toLowerCase(), // in webhooks, and only there
    is_test: true,
    is_expired: isExpired,
    amount: payment.amount,
    currency: payment.currency,
    order: { reference_id: payment.order.reference_id },
    captures: payment.captures,
    refunds: payment.refunds,
    meta: payment.meta,
    token: ctx.state.sessions.get(sessionId)?.token ?? '',
  }
  const event: TabbyEvent = {
    id: `tabby_${randomUUID()}`,
    type,
    paymentId: payment.id,
    payload: JSON.stringify(body),
  }
  ctx.deliver(event)
}

/** An event as it goes to every receiver. Nothing is signed: the header chosen at registration is all the proof there is. */
export function outgoingTabby(ctx: Pick<TabbyContext, 'state' | 'config'>, event: TabbyEvent): OutgoingWebhook[] {
  return receiversOf(ctx).map(({ url, header }) => ({
    provider: 'tabby',
    id: event.id,
    type: event.type,
    subject: event.paymentId,
    url,
    onlyBy200: true,
    build: (forged) => ({
      body: event.payload,
      headers: {
        'user-agent': 'tabby-webhooks',
        ...(header && { [header.title]: forged ? makeId('forged-') : header.value }),
      },
    }),
  }))
}

/** Whoever registered, and the receiver of the settings, as if somebody had registered it before. */
function receiversOf({
  state,
  config,
}: Pick<TabbyContext, 'state' | 'config'>): Pick<TabbyEndpoint, 'url' | 'header'>[] {
  const { webhookUrl: url, webhookHeader: title, webhookSecret: value } = config
  const registered = state.endpoints.values()
  return url === undefined ? registered : [...registered, { url, header: { title, value } }]
}
