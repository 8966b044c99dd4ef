import { createHmac } from 'node:crypto'
import type { RunningSandbox } from '../../sandbox/src/app.ts'
import { rawRequest } from './raw-request.ts'
import type { RawAnswer } from './raw-request.ts'

/** Calls the provider with the shop's secret key, as somebody at its dashboard would. */
export async function atProvider(
  sandbox: RunningSandbox,
  path: string,
  form: Record<string, string>,
): Promise<{ id: string }> {
  const response = await fetch(`${sandbox.url}/v1${path}`, {
    method: 'POST',
    headers: { authorization: `Bearer ${sandbox.config.stripe.secretKey}` },
    body: new URLSearchParams(form),
  })
  if (!response.ok) throw new Error(`the provider refused: ${await response.text()}`)
  return response.json()
}

export interface Webhook {
  body: string
  /** Seconds its signature is old. */
  ageSeconds?: number
  secret?: string
}

/** Delivers a webhook by hand, signed as told. */
export function deliverWebhook(
  app: { baseUrl: string; sandbox: RunningSandbox },
  webhook: Webhook,
): Promise<RawAnswer> {
  const { body, ageSeconds = 0, secret = app.sandbox.config.stripe.webhookSecret } = webhook
  const at = Math.floor(Date.now() / 1000) - ageSeconds
  const signature = `t=${at},v1=${createHmac('sha256', secret).update(`${at}.${body}`).digest('hex')}`
  return rawRequest(`${app.baseUrl}/webhooks/stripe`, {
    method: 'POST',
    headers: { 'content-type': 'application/json; charset=utf-8', 'stripe-signature': signature },
    body,
  })
}

/** An event as the provider prints it. */
export const eventAbout = (id: string, type: string, object: object): string =>
  JSON.stringify({ id, object: 'event', api_version: '2026-10-28.endive', type, data: { object } }, null, 2)
