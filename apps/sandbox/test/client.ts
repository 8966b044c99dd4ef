import Stripe from 'stripe'
import { expect } from 'vitest'
import type { RunningSandbox } from '../src/app.ts'
import { openSchemas } from '../src/platform/schemas.ts'

/** The official SDK against a sandbox, without retries of its own, so that a test sees the first answer. */
export function sdkFor(sandbox: RunningSandbox, maxNetworkRetries = 0): Stripe {
  return new Stripe('sk_test_dhow', {
    apiVersion: '2026-10-28.endive',
    host: '127.0.0.1',
    port: sandbox.port,
    protocol: 'http',
    telemetry: false,
    maxNetworkRetries,
  })
}

export type Answer = {
  status: number
  headers: Headers
  body: { id: string; status: string; error: ErrorFields } & Record<string, unknown>
}
type ErrorFields = {
  type: string
  code?: string
  param?: string
  message: string
  decline_code?: string
  payment_intent?: Record<string, unknown>
}

export type PostOptions = { key?: string; idempotencyKey?: string }

/** A form post as `curl -d` makes it. */
export async function post(
  sandbox: RunningSandbox,
  path: string,
  form: Record<string, string>,
  options: PostOptions = {},
): Promise<Answer> {
  const headers: Record<string, string> = { authorization: `Bearer ${options.key ?? 'sk_test_dhow'}` }
  if (options.idempotencyKey !== undefined) headers['idempotency-key'] = options.idempotencyKey
  const response = await fetch(`${sandbox.url}${path}`, { method: 'POST', headers, body: new URLSearchParams(form) })
  return { status: response.status, headers: response.headers, body: await response.json() }
}

export const ORDER = {
  amount: '14950',
  currency: 'aed',
  'automatic_payment_methods[enabled]': 'true',
  'automatic_payment_methods[allow_redirects]': 'never',
  'metadata[order_id]': 'order-1',
}

const objects = openSchemas('stripe-objects.json')

/** Compares an answer with the schema Stripe publishes for it. */
export function expectShape(
  name:
    | 'PaymentIntent'
    | 'Charge'
    | 'Refund'
    | 'BalanceTransaction'
    | 'PaymentMethod'
    | 'Event'
    | 'WebhookEndpoint'
    | 'ErrorEnvelope'
    | 'Customer'
    | 'CustomerSession'
    | 'SetupIntent'
    | 'Dispute'
    | 'Payout'
    | 'PaymentMethodDomain'
    | 'EarlyFraudWarning',
  value: unknown,
): void {
  const validate = objects.validator(name)
  validate(value)
  expect(validate.errors ?? []).toEqual([])
}
