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

async function take(ctx: AppContext, provider: WebhookProvider, webhook: IncomingWebhook): Promise<void> {
  const event = await ctx.providers.payments[provider]?.readWebhook(webhook)
  if (!event) {
    ctx.metrics.webhooks.inc({ provider, result: 'refused' })
    ctx.log.warn({ provider, bytes: webhook.rawBody.length }, 'webhook refused: forged, stale or unreadable')
    throw new Problem('request/malformed', { detail: 'the signature does not fit' })
  }
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
  for (const provider of webhookProviders)
    app.post(`/webhooks/${provider}`, readBytes, async (request, response) => {
      if (!ctx.providers.payments[provider]) throw new Problem('request/not-found')
      await take(ctx, provider, incomingOf(ctx, request))
      response.status(200).type('application/json').end(answers[provider])
    })
}
