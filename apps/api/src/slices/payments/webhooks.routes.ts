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
    const event = ctx.providers.payments.stripe?.readWebhook({
      rawBody,
      headers: request.headers,
      query: new URLSearchParams(),
      remoteAddress: request.ip ?? '',
      now: ctx.clock.now(),
    })
    if (!event) {
      ctx.log.warn({ provider: 'stripe', bytes: rawBody.length }, 'webhook with a bad signature')
      throw new Problem('request/malformed', { detail: 'the signature does not fit' })
    }
    const payload = ctx.sealer.sealBytes('webhook_events.payload', rawBody)
    const { eventId, type, objectRef } = event
    const receivedAt = ctx.clock.now()
    await storeEvent(ctx.db, { provider: 'stripe', eventId, type, objectRef, payload, receivedAt })
    response.status(200).type('application/json').end('{"received":true}')
  })
}
