import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { afterAll, beforeEach } from 'vitest'
import { startSandbox } from '../../sandbox/src/app.ts'
import { createMetrics } from '../src/platform/telemetry/metrics.ts'
import type {
  BeginPayment,
  BegunPayment,
  CaptureRequest,
  PaymentProvider,
  RefundRequest,
} from '../src/providers/payments/port.ts'
import { createTamaraProvider } from '../src/providers/payments/tamara/tamara.ts'
import { createTestClock } from './clock.ts'
import { begunAs, paymentFor } from './purchase.ts'
import { unitConfig } from './unit-config.ts'

export const courier = {
  company: 'Aramex',
  trackingNumber: null,
  trackingUrl: null,
  shippedAt: '2026-11-24T08:00:00.000Z',
}

/** Our adapter against Tamara's stand-in, without the rest of the shop. Each test has both to itself. */
export async function startTamara() {
  const sandbox = await startSandbox()
  const { control } = sandbox
  const clock = createTestClock()
  const settings = {
    TAMARA_API_BASE: sandbox.url,
    TAMARA_API_TOKEN: sandbox.config.tamara.apiToken,
  }
  const providerWith = (env: Record<string, string> = {}): PaymentProvider =>
    createTamaraProvider(unitConfig({ ...settings, ...env }), createMetrics(), clock)
  let provider = providerWith()
  afterAll(sandbox.close)
  beforeEach(() => {
    control.reset()
    provider = providerWith() // what failed in one test must not open the breaker of the next
  })

  async function begun(request: BeginPayment = paymentFor()): Promise<BegunPayment> {
    const outcome = await provider.begin(request)
    if (outcome.kind !== 'begun') throw new Error(`not begun: ${JSON.stringify(outcome)}`)
    return begunAs(request, outcome)
  }
  async function authorised(request?: BeginPayment): Promise<BegunPayment> {
    const payment = await begun(request)
    control.tamara.approve(payment.providerRef)
    await provider.authorise(payment)
    return payment
  }
  return {
    sandbox,
    control,
    tamara: () => provider,
    providerWith,
    /** For calls that nobody will answer. */
    impatient: () => providerWith({ TAMARA_TIMEOUT_MS: '100' }),
    orders: () => control.tamara.state().orders,
    calls: (endpoint: string): number => control.calls()[endpoint] ?? 0,
    begun,
    authorised,
  }
}

export const capturing = (amount: number, wish: Partial<CaptureRequest> = {}): CaptureRequest => ({
  captureId: randomUUID(),
  amount: money(amount),
  isFinal: false,
  takenBefore: 0,
  shipment: courier,
  ...wish,
})

export const refunding = (amount: number, otherRefs: readonly string[] = []): RefundRequest => ({
  refundId: randomUUID(),
  amount: money(amount),
  otherRefs,
  reason: 'Returned',
})
