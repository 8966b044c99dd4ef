import { randomUUID } from 'node:crypto'
import { money } from '@dhow/money/money.ts'
import { startSandbox } from '../../sandbox/src/app.ts'
import type { RunningSandbox, SandboxOptions } from '../../sandbox/src/app.ts'
import type { Config } from '../src/config.ts'
import { createMetrics } from '../src/platform/telemetry/metrics.ts'
import type { BeginPayment, BegunPayment, PaymentProvider, PurchaseDetails } from '../src/providers/payments/port.ts'
import { createTabbyProvider } from '../src/providers/payments/tabby/tabby.ts'
import { createTestClock } from './clock.ts'
import type { TestClock } from './clock.ts'
import { unitConfig } from './unit-config.ts'

export interface TabbyApart {
  tabby: PaymentProvider
  /** The same, not waiting long: for answers that do not come. */
  impatient: PaymentProvider
  sandbox: RunningSandbox
  config: Config
  /** The shop's and Tabby's. */
  clock: TestClock
}

/** The adapter with a sandbox of its own, and nothing else: no database, no API. */
export async function startTabbyApart(
  env: Record<string, string> = {},
  options: SandboxOptions = {},
): Promise<TabbyApart> {
  const clock = createTestClock()
  const sandbox = await startSandbox({ now: () => clock.now().getTime(), ...options })
  const { secretKey, publicKey, webhookSecret } = sandbox.config.tabby
  const config = unitConfig({
    TABBY_API_BASE: sandbox.url,
    TABBY_SECRET_KEY: secretKey,
    TABBY_PUBLIC_KEY: publicKey,
    TABBY_WEBHOOK_SECRETS: webhookSecret,
    ...env,
  })
  const providerWith = (settings: Config): PaymentProvider => createTabbyProvider(settings, createMetrics(), clock)
  const impatient = providerWith({ ...config, TABBY_TIMEOUT_MS: 300 })
  return { tabby: providerWith(config), impatient, sandbox, config, clock }
}

/** Somebody who has bought before, with two lines one of which is reduced: 2 × 50.00 less 5.50, 40.00 and delivery 15.00 are 149.50. */
export const boughtBefore = (change: Partial<PurchaseDetails> = {}): PurchaseDetails => ({
  buyer: { name: 'Noor Al Suwaidi', email: 'otp.success@tabby.ai', phone: '+971500000001' },
  address: {
    recipientName: 'Noor Al Suwaidi',
    phone: '+971500000001',
    emirate: 'AE-SH',
    area: 'Al Majaz 2',
    kind: 'apartment',
    building: 'Palm Tower',
    unit: '1204',
    street: '',
    landmark: 'beside the mosque',
    makani: '',
    location: null,
    notes: 'do not ring',
  },
  items: [
    {
      sku: 'OUD-50',
      name: 'Oud oil, 50 ml',
      category: 'Perfumes',
      quantity: 2,
      unitPrice: money(5_000),
      total: money(9_450),
      vat: money(450),
      pictureUrl: 'https://shop.example/media/oud.webp',
      productUrl: 'https://shop.example/en/p/oud-oil',
    },
    {
      sku: 'MUG-1',
      name: 'فنجان قهوة',
      category: 'Kitchen',
      quantity: 1,
      unitPrice: money(4_000),
      total: money(4_000),
      vat: money(190),
      pictureUrl: null,
      productUrl: null,
    },
  ],
  vat: money(712),
  delivery: money(1_500),
  discount: money(0),
  buyerHistory: {
    registeredSince: '2025-03-01T09:00:00.000Z',
    successfulOrders: 3,
    isPhoneVerified: true,
    isEmailVerified: false,
  },
  orderHistory: [
    { placedAt: '2026-10-02T10:00:00.000Z', amount: money(8_025), method: 'cod', status: 'complete' },
    { placedAt: '2026-09-01T10:00:00.000Z', amount: money(20_000), method: 'tamara', status: 'cancelled' },
  ],
  ...change,
})

export interface Asked {
  amount?: number
  details?: PurchaseDetails
  orderId?: string
  returnUrl?: string
}

export function beginRequest(asked: Asked = {}): BeginPayment {
  const { amount = 14_950, details = boughtBefore(), orderId = randomUUID() } = asked
  const back = asked.returnUrl ?? 'https://shop.example/en/orders/DH-7K3M-9QX2/payment?token=aB_c-9~x'
  return {
    paymentId: randomUUID(),
    orderId,
    orderNumber: 'DH-7K3M-9QX2',
    amount: money(amount),
    locale: 'en',
    returnUrls: {
      success: `${back}&outcome=paid`,
      cancelled: `${back}&outcome=left`,
      failed: `${back}&outcome=failed`,
    },
    customerRef: null,
    details: () => Promise.resolve(details),
  }
}

/** A payment that waits for its shopper. */
export async function begunAt({ tabby }: Pick<TabbyApart, 'tabby'>, asked: Asked = {}): Promise<BegunPayment> {
  const request = beginRequest(asked)
  const outcome = await tabby.begin(request)
  if (outcome.kind !== 'begun') throw new Error(`not begun: ${JSON.stringify(outcome)}`)
  const { providerRef, sessionRef, redirectUrl } = outcome
  const { paymentId, orderId, amount } = request
  return { paymentId, orderId, amount, providerRef, sessionRef, redirectUrl }
}

/** A payment its shopper has agreed to. */
export async function authorisedAt(
  at: Pick<TabbyApart, 'tabby' | 'sandbox'>,
  asked: Asked = {},
): Promise<BegunPayment> {
  const payment = await begunAt(at, asked)
  at.sandbox.control.tabby.approve(payment.providerRef)
  return payment
}
