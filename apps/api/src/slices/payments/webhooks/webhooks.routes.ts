import { webhookProviders } from '@dhow/contracts/webhook-log.ts'
import type { WebhookProvider } from '@dhow/contracts/webhook-log.ts'
import express from 'express'
import type { Express, Request } from 'express'
import type { AppContext } from '../../../context.ts'
import { Problem } from '../../../platform/http/problem.ts'
import type { IncomingWebhook } from '../../../providers/payments/port.ts'
import { storeEvent } from './webhooks.sql.ts'

/** What each provider takes for "received"; anything but a 2xx is sent again (Tabby: anything but 200). */
const answers: Record<WebhookProvider, string> = {
  stripe: '{"received":true}',
  tabby: '{"received":true}',
  tamara: '{"success":true}',
}

const readBytes = express.raw({ type: () => true, limit: '1mb' })

function incomingOf(ctx: AppContext, request: Request): IncomingWebhook {
  const body: unknown = request.body
  const query = request.originalUrl.split('?')[1] ?? ''
  return {
    rawBody: Buffer.isBuffer(body) ? body : Buffer.alloc(0),
    headers: request.headers,
    query: new URLSearchParams(query),
    remoteAddress: request.ip ?? '',
    now: ctx.clock.now(),
  }
}

/** So many refused with none accepted between them are no scanner's stray: a secret is wrong, or somebody is trying. */
const REFUSED_IN_A_ROW = 5
const TOLD_EVERY = 100

interface Arrival {
  provider: WebhookProvider
  webhook: IncomingWebhook
  /** Refused since the last accepted one, by this process: for the alert alone. */
  refusals: Map<WebhookProvider, number>
}

function refuse(ctx: AppContext, { provider, webhook, refusals }: Arrival): Problem {
  const refusedInARow = (refusals.get(provider) ?? 0) + 1
  refusals.set(provider, refusedInARow)
  ctx.metrics.webhooks.inc({ provider, result: 'refused' })
  ctx.log.warn({ provider, bytes: webhook.rawBody.length }, 'webhook refused: forged, stale or unreadable')
  if (refusedInARow === REFUSED_IN_A_ROW || refusedInARow % TOLD_EVERY === 0)
    ctx.log.error({ provider, refusedInARow, alert: 'webhooks-refused' }, 'no webhook of this provider proves itself')
  return new Problem('request/malformed', { detail: 'the signature does not fit' })
}

async function take(ctx: AppContext, arrival: Arrival): Promise<void> {
  const { provider, webhook, refusals } = arrival
  const event = await ctx.providers.payments[provider]?.readWebhook(webhook)
  if (!event) throw refuse(ctx, arrival)
  refusals.delete(provider)
  const payload = ctx.sealer.sealBytes('webhook_events.payload', webhook.rawBody)
  const isNew = await storeEvent(ctx.db, { ...event, provider, payload, receivedAt: webhook.now })
  ctx.metrics.webhooks.inc({ provider, result: isNew ? 'stored' : 'repeated' })
}

/**
 * `POST /webhooks/{stripe,tabby,tamara}`: proven over the raw bytes, then stored and queued in one statement, then answered. What
 * is forged or stale is 400 and leaves nothing; what could not be stored is a 5xx, so that the provider sends it again; a
 * provider this shop does not use is not there.
 */
export function mountWebhooks(app: Express, ctx: AppContext): void {
  const refusals: Arrival['refusals'] = new Map()
  for (const provider of webhookProviders)
    app.post(`/webhooks/${provider}`, readBytes, async (request, response) => {
      if (!ctx.providers.payments[provider]) throw new Problem('request/not-found')
      await take(ctx, { provider, webhook: incomingOf(ctx, request), refusals })
      response.status(200).type('application/json').end(answers[provider])
    })
}
