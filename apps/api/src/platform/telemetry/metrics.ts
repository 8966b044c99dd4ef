import { collectDefaultMetrics, Counter, Gauge, Histogram, Registry } from 'prom-client'

export interface Metrics {
  registry: Registry
  /** Seconds to answer, by endpoint and status class. */
  requestSeconds: Histogram<'endpoint' | 'status'>
  jobs: Counter<'task' | 'result'>
  orders: Counter<'event'>
  providerCalls: Counter<'provider' | 'operation' | 'result'>
  /** Money that needs a person: amount or currency mismatch and the like. Alerted when it moves. */
  paymentsHeld: Counter<'reason'>
  /** Webhooks that came: `stored`, `repeated`, or `refused` as forged, stale or unreadable. */
  webhooks: Counter<'provider' | 'result'>
  /** Where a provider's books and ours differ and running our handler again did not help. */
  reconciliationDifferences: Counter<'provider' | 'class'>
  /** Held money that lapses if nobody takes it: at 50 and 90 percent of its time. */
  capturesDue: Counter<'provider' | 'level'>
  securityAlerts: Counter<'rule' | 'severity'>
  rateLimited: Counter<'limit'>
  oldestJobSeconds: Gauge
}

/** Prometheus metrics of one process. Names follow the Prometheus convention: base unit and `_total` last. */
export function createMetrics(): Metrics {
  const registry = new Registry()
  collectDefaultMetrics({ register: registry })
  const registers = [registry]
  return {
    registry,
    requestSeconds: new Histogram({
      name: 'dhow_http_request_seconds',
      help: 'Time to answer',
      labelNames: ['endpoint', 'status'],
      registers,
      buckets: [0.001, 0.005, 0.01, 0.025, 0.05, 0.1, 0.3, 0.8, 2, 5],
    }),
    jobs: new Counter({ name: 'dhow_jobs_total', help: 'Jobs by result', labelNames: ['task', 'result'], registers }),
    orders: new Counter({
      name: 'dhow_order_events_total',
      help: 'Orders placed, confirmed, cancelled, expired',
      labelNames: ['event'],
      registers,
    }),
    providerCalls: new Counter({
      name: 'dhow_provider_calls_total',
      help: 'Calls to outside services',
      labelNames: ['provider', 'operation', 'result'],
      registers,
    }),
    paymentsHeld: new Counter({
      name: 'dhow_payments_held_total',
      help: 'Payments whose truth did not match the order',
      labelNames: ['reason'],
      registers,
    }),
    webhooks: new Counter({
      name: 'dhow_webhooks_total',
      help: 'Webhooks of payment providers by what became of them at the door',
      labelNames: ['provider', 'result'],
      registers,
    }),
    reconciliationDifferences: new Counter({
      name: 'dhow_reconciliation_differences_total',
      help: 'New differences between the books of a provider and ours',
      labelNames: ['provider', 'class'],
      registers,
    }),
    capturesDue: new Counter({
      name: 'dhow_captures_due_total',
      help: 'Held money of which half, or nine tenths, of its time has passed',
      labelNames: ['provider', 'level'],
      registers,
    }),
    rateLimited: new Counter({
      name: 'dhow_rate_limited_total',
      help: 'Requests and messages refused by a limit',
      labelNames: ['limit'],
      registers,
    }),
    securityAlerts: new Counter({
      name: 'dhow_security_alerts_total',
      help: 'What the threat rules have seen',
      labelNames: ['rule', 'severity'],
      registers,
    }),
    oldestJobSeconds: new Gauge({
      name: 'dhow_oldest_job_seconds',
      help: 'Age of the oldest job that is due',
      registers,
    }),
  }
}
