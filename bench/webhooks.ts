import { createHmac, randomBytes } from 'node:crypto'
import { setTimeout as delay } from 'node:timers/promises'
import pg from 'pg'
import { send } from './http.ts'
import type { BenchShop } from './shop.ts'
import { percentile } from './shopper.ts'

/** 10,000 a minute: what a provider that was away may send at once when it is back (domain/reliability.md §9, F8). */
const PER_SECOND = 167

export interface WebhookFigures {
  perSecond: number
  p50: number
  p95: number
  p99: number
  /** Answers that were not 2xx. */
  failed: number
  /** Events left to handle when the last had been answered; events wait two seconds for the shopper's own return. */
  backlog: number
  /** Until the last of them was handled, seconds. */
  handledAfter: number
}

function signed(secret: string, paymentRef: string) {
  const at = Math.floor(Date.now() / 1000)
  const event = {
    id: `evt_${randomBytes(12).toString('hex')}`,
    object: 'event',
    type: 'payment_intent.succeeded',
    created: at,
    livemode: false,
    data: { object: { id: paymentRef, object: 'payment_intent' } },
  }
  const signature = createHmac('sha256', secret)
    .update(`${at}.${JSON.stringify(event)}`)
    .digest('hex')
  return { json: event, headers: { 'stripe-signature': `t=${at},v1=${signature}` } }
}

/** Signed events of payments that were made before, offered at a steady rate whatever the answers take, to the last one handled. */
export async function measureWebhooks(shop: BenchShop, seconds: number): Promise<WebhookFigures> {
  const client = new pg.Client({ connectionString: shop.databaseUrl })
  await client.connect()
  const { rows } = await client.query<{ ref: string }>(
    "select provider_ref as ref from payments where provider = 'stripe' and state = 'captured'",
  )
  const unhandled = async (): Promise<number> => {
    const left = await client.query(
      "select count(*)::int as left from webhook_events where state in ('stored', 'failed')",
    )
    return Number(left.rows[0]?.left)
  }
  const times: number[] = []
  let failed = 0
  async function deliver(paymentRef: string): Promise<void> {
    const before = performance.now()
    const answer = await send({
      method: 'POST',
      url: `${shop.api.url}/webhooks/stripe`,
      ...signed(String(shop.env['STRIPE_WEBHOOK_SECRETS']), paymentRef),
    })
    if (answer.status >= 300) failed += 1
    times.push(performance.now() - before)
  }
  const startedAt = performance.now()
  const deliveries: Promise<void>[] = []
  while (performance.now() - startedAt < seconds * 1000) {
    const due = Math.floor(((performance.now() - startedAt) / 1000) * PER_SECOND)
    while (deliveries.length < due) deliveries.push(deliver(rows[deliveries.length % rows.length]?.ref ?? 'pi_none'))
    await delay(2)
  }
  await Promise.all(deliveries)
  const answeredMs = performance.now() - startedAt
  const backlog = await unhandled()
  while ((await unhandled()) > 0) await delay(50)
  const handledMs = performance.now() - startedAt - answeredMs
  await client.end()
  const sorted = times.toSorted((a, b) => a - b)
  return {
    perSecond: Math.round(times.length / (answeredMs / 1000)),
    p50: percentile(sorted, 0.5),
    p95: percentile(sorted, 0.95),
    p99: percentile(sorted, 0.99),
    failed,
    backlog,
    handledAfter: Math.round(handledMs / 100) / 10,
  }
}
