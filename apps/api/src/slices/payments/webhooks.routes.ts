import express from 'express'
import type { Express } from 'express'
import type { AppContext } from '../../context.ts'
import { Problem } from '../../platform/http/problem.ts'
import { storeEvent } from './webhooks.sql.ts'

/**
 * `POST /webhooks/stripe`: signature over the raw bytes, then stored and queued in one statement, then 200. A forged or stale
 * one is 400 and leaves nothing; one we could not store is a 5xx, so that the provider sends it again.
 */
export function mountWebhooks(app: Express, ctx: AppContext): void {
  app.post('/webhooks/stripe', express.raw({ type: () => true, limit: '1mb' }), async (request, response) => {
    const body: unknown = request.body
    const rawBody = Buffer.isBuffer(body) ? body : Buffer.alloc(0)
    const signature = request.headers['stripe-signature']
    const event = ctx.providers.stripe.readWebhook(rawBody, typeof signature === 'string' ? signature : undefined)
    if (!event) {
      ctx.log.warn({ provider: 'stripe', bytes: rawBody.length }, 'webhook with a bad signature')
      throw new Problem('request/malformed', { detail: 'the signature does not fit' })
    }
    const payload = ctx.sealer.sealBytes('webhook_events.payload', rawBody)
    await storeEvent(ctx.db, { provider: 'stripe', ...event, payload, receivedAt: ctx.clock.now() })
    response.status(200).type('application/json').end('{"received":true}')
  })
}
