import { createHmac, randomUUID } from 'node:crypto'
import { makeId } from '../platform/ids.ts'
import type { OutgoingWebhook } from '../webhooks/webhooks.ts'
import type { TamaraContext, TamaraOrder } from './state.ts'

/** How long a webhook's token is good. */
const TOKEN_SECONDS = 900

export type TamaraEvent = { type: string; data: object }

const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')

/** The token Tamara proves itself with: it covers no body, only that it was made with the notification token just now. */
export function notificationToken(secret: string, nowMs: number): string {
  const iat = Math.floor(nowMs / 1000)
  const claims = { exp: iat + TOKEN_SECONDS, iat, iss: 'Tamara' }
  const signed = `${part({ typ: 'JWT', alg: 'HS256' })}.${part(claims)}`
  return `${signed}.${createHmac('sha256', secret).update(signed).digest('base64url')}`
}

/** An event to everybody who registered for it, and to the configured address, which hears everything. */
export function announce(ctx: TamaraContext, order: TamaraOrder, event: TamaraEvent): void {
  const { config, state } = ctx
  const body = JSON.stringify({
    order_id: order.id,
    order_reference_id: order.referenceId,
    order_number: order.request.order_number ?? null,
    event_type: event.type,
    data: event.data,
  })
  const registered = state.registrations
    .values()
    .filter(({ type, events }) => type === 'order' && events.includes(event.type))
  const receivers = [
    ...(config.webhookUrl === undefined ? [] : [{ url: config.webhookUrl, headers: {} }]),
    ...registered.map(({ url, headers }) => ({ url, headers })),
  ]
  const id = `tamara_evt_${randomUUID()}`
  for (const { url, headers } of receivers)
    ctx.dispatch({ ...outgoingTo(ctx, url, { body, headers }), id, type: event.type, subject: order.id })
}

function outgoingTo(
  ctx: TamaraContext,
  url: string,
  { body, headers }: { body: string; headers: Record<string, string> },
): Pick<OutgoingWebhook, 'provider' | 'url' | 'build'> {
  return {
    provider: 'tamara',
    url,
    build(forged) {
      const secret = forged ? makeId('forged_') : ctx.config.notificationToken
      const token = notificationToken(secret, ctx.signingNowMs())
      const to = new URL(url)
      to.searchParams.set('tamaraToken', token)
      return { url: to.href, body, headers: { ...headers, authorization: `Bearer ${token}` } }
    },
  }
}
