import { afterAll, beforeEach } from 'vitest'
import { startSandbox } from '../../sandbox/src/app.ts'
import { createMetrics } from '../src/platform/telemetry/metrics.ts'
import type { CardVault } from '../src/providers/payments/card-vault.ts'
import type { BeginPayment, BegunPayment, PaymentProvider, PaymentTruth } from '../src/providers/payments/port.ts'
import { openStripe } from '../src/providers/payments/stripe/access.ts'
import { createStripeProvider } from '../src/providers/payments/stripe/stripe.ts'
import { createCardVault } from '../src/providers/payments/stripe/vault.ts'
import { createTestClock } from './clock.ts'
import { atProvider } from './provider.ts'
import { begunAs, paymentFor } from './purchase.ts'
import { unitConfig } from './unit-config.ts'

/** Our adapter against Stripe's stand-in, without the rest of the shop. Each test has both to itself, and no webhook comes. */
export async function startStripe(env: Record<string, string> = {}) {
  const sandbox = await startSandbox()
  const { control } = sandbox
  const clock = createTestClock()
  const settings = {
    STRIPE_API_BASE: sandbox.url,
    STRIPE_SECRET_KEY: sandbox.config.stripe.secretKey,
    STRIPE_PUBLISHABLE_KEY: sandbox.config.stripe.publishableKey,
    STRIPE_JS_URL: `${sandbox.url}/stripe.js`,
    STRIPE_TIMEOUT_MS: '5000', // a slow machine is no outage
  }
  function openWith(more: Record<string, string> = {}): { stripe: PaymentProvider; vault: CardVault } {
    const access = openStripe(unitConfig({ ...settings, ...env, ...more }), createMetrics(), clock)
    return { stripe: createStripeProvider(access), vault: createCardVault(access) }
  }
  let opened = openWith()
  afterAll(sandbox.close)
  beforeEach(() => {
    control.reset()
    opened = openWith() // what failed in one test must not open the breaker of the next
  })

  async function begun(request: BeginPayment = paymentFor(), { stripe } = opened): Promise<BegunPayment> {
    const outcome = await stripe.begin(request)
    if (outcome.kind !== 'begun') throw new Error(`not begun: ${outcome.kind}`)
    return begunAs(request, outcome)
  }
  const confirm = ({ providerRef }: BegunPayment, card = 'pm_card_visa') =>
    atProvider(sandbox, `/payment_intents/${providerRef}/confirm`, {
      payment_method: card,
      return_url: 'http://localhost/',
    })
  /** The shopper pays with a test card. */
  async function paid(card?: string, request?: BeginPayment): Promise<BegunPayment> {
    const payment = await begun(request)
    await confirm(payment, card)
    return payment
  }
  async function truthOf(payment: BegunPayment): Promise<PaymentTruth> {
    const now = await opened.stripe.fetch(payment)
    if (now.kind !== 'found') throw new Error(`not found: ${now.kind}`)
    return now.truth
  }
  return {
    sandbox,
    control,
    clock,
    stripe: () => opened.stripe,
    vault: () => opened.vault,
    openWith,
    /** For calls that nobody will answer. */
    impatient: () => openWith({ STRIPE_TIMEOUT_MS: '150' }).stripe,
    calls: (endpoint: string): number => control.calls()[endpoint] ?? 0,
    begun,
    confirm,
    paid,
    truthOf,
  }
}
