import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { beforeEach, describe, expect, test } from 'vitest'
import { startTestApp } from '../../../../test/app.ts'
import { atProvider } from '../../../../test/provider.ts'
import type { BeginPayment, BegunPayment } from '../port.ts'
import { openStripe } from './access.ts'
import { createStripeProvider } from './stripe.ts'

const { ctx, sandbox } = await startTestApp({ env: { STRIPE_TIMEOUT_MS: '300' } })
const stripe = createStripeProvider(openStripe(ctx.config, ctx.metrics, ctx.clock))
const create = { provider: 'stripe', method: 'POST', path: '/v1/payment_intents' } as const

beforeEach(() => {
  sandbox.control.reset()
  sandbox.control.setWebhooks({ mode: 'drop' })
})

const request = (amount = 14_950): BeginPayment => ({
  paymentId: randomUUID(),
  orderId: randomUUID(),
  orderNumber: 'DH-7K3M-9QX2',
  amount: money(amount),
  locale: 'en',
  returnUrls: { success: 'https://shop.test/', cancelled: 'https://shop.test/', failed: 'https://shop.test/' },
  customerRef: null,
  details: () => Promise.reject(new Error('cards need no details')),
})
const known = (providerRef: string): BegunPayment => ({
  paymentId: randomUUID(),
  orderId: randomUUID(),
  providerRef,
  sessionRef: null,
  redirectUrl: null,
  amount: money(14_950),
})
const intents = () => sandbox.control.state().paymentIntents
const pay = (id: string, card = 'pm_card_visa') =>
  atProvider(sandbox, `/payment_intents/${id}/confirm`, { payment_method: card, return_url: 'http://localhost/' })

async function begun(): Promise<string> {
  const outcome = await stripe.begin(request())
  if (outcome.kind !== 'begun') throw new Error(`not begun: ${outcome.kind}`)
  return outcome.providerRef
}

describe('beginning', () => {
  test('asks for minor units in small letters, about the order id and nothing else', async () => {
    const asked = request()
    const outcome = await stripe.begin(asked)
    expect(intents()).toMatchObject([
      {
        amount: 14_950,
        currency: 'aed',
        metadata: { order_id: asked.orderId },
        automatic_payment_methods: { enabled: true },
        receipt_email: null,
        description: null,
        shipping: null,
      },
    ])
    expect(outcome).toEqual({
      kind: 'begun',
      providerRef: intents()[0]?.id,
      sessionRef: null,
      redirectUrl: null,
      expiresAt: null,
      action: {
        kind: 'client_secret',
        clientSecret: intents()[0]?.client_secret,
        publishableKey: ctx.config.STRIPE_PUBLISHABLE_KEY,
        scriptUrl: ctx.config.STRIPE_JS_URL,
      },
    })
  })

  test('the same payment again, also at once, is the same intent', async () => {
    const asked = request()
    const outcomes = await Promise.all([stripe.begin(asked), stripe.begin(asked), stripe.begin(asked)])
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1)
    expect(intents()).toHaveLength(1)
  })

  test.each(['reset-before', 'reset-after', 'error500', 'rate-limit'] as const)(
    'is tried again with the same key after %s',
    async (kind) => {
      sandbox.control.addFault({ ...create, kind })
      const outcome = await stripe.begin(request())
      // 429 is not repeated by itself: the caller is told to come back
      expect(outcome.kind).toBe(kind === 'rate-limit' ? 'unknown' : 'begun')
      expect(intents()).toHaveLength(kind === 'rate-limit' ? 0 : 1)
    },
  )

  test('is unknown when no answer comes in time, and found by asking again', async () => {
    const asked = request()
    sandbox.control.addFault({ ...create, kind: 'timeout', times: 3 })
    expect((await stripe.begin(asked)).kind).toBe('unknown')
    expect((await stripe.begin(asked)).kind).toBe('begun')
    expect(intents()).toHaveLength(1)
  })

  test('goes on under a second key when Stripe repeats a failure of its own for the first', async () => {
    sandbox.control.addFault({ ...create, kind: 'error500-kept' })
    const asked = request()
    const first = await stripe.begin(asked)
    expect(first.kind).toBe('begun')
    expect(await stripe.begin(asked)).toEqual(first)
    expect(intents()).toHaveLength(1)
  })

  test.each([199, 100_000_000])('of %i fils is refused, once, and makes nothing', async (amount) => {
    const outcome = await stripe.begin(request(amount))
    expect(outcome.kind).toBe('refused')
    expect(intents()).toEqual([])
    expect(sandbox.control.calls()['POST /v1/payment_intents']).toBe(1)
  })

  test('takes the amounts it says it takes', async () => {
    expect((await stripe.begin(request(stripe.minimum.amount))).kind).toBe('begun')
    expect((await stripe.begin(request(stripe.maximum.amount))).kind).toBe('begun')
  })
})

describe('reopening', () => {
  test('gives the same action as the beginning, without creating anything', async () => {
    const first = await stripe.begin(request())
    expect(first.kind === 'begun' && (await stripe.reopen(known(first.providerRef)))).toEqual(first)
    expect(sandbox.control.calls()['POST /v1/payment_intents']).toBe(1)
  })

  test('of what the provider does not know is unknown', async () => {
    expect((await stripe.reopen(known('pi_unknown'))).kind).toBe('unknown')
  })
})

describe('the truth', () => {
  test('of a paid payment has its card and what was captured', async () => {
    const ref = await begun()
    await pay(ref)
    expect(await stripe.fetch(known(ref))).toMatchObject({
      kind: 'found',
      truth: {
        providerRef: ref,
        state: 'captured',
        capturedAmount: 14_950,
        currency: 'AED',
        card: { brand: 'visa', last4: '4242' },
      },
    })
  })

  test('of a declined one has the reason', async () => {
    const ref = await begun()
    await expect(pay(ref, 'pm_card_chargeDeclinedExpiredCard')).rejects.toThrow('expired_card')
    expect(await stripe.fetch(known(ref))).toMatchObject({
      truth: { state: 'failed', declineReason: 'expired-card', capturedAmount: 0 },
    })
  })

  test('of an unknown one is missing, and while nobody answers unknown', async () => {
    expect(await stripe.fetch(known('pi_unknown'))).toEqual({ kind: 'missing' })
    sandbox.control.addFault({ provider: 'stripe', kind: 'error500', times: 2 })
    expect((await stripe.fetch(known('pi_unknown'))).kind).toBe('unknown')
  })
})

describe('cancelling', () => {
  test('stops the payment, tells who wanted it, and again is the same', async () => {
    const ref = await begun()
    expect(await stripe.cancel(known(ref), 'shopper')).toMatchObject({
      kind: 'cancelled',
      truth: { state: 'cancelled', cancelledBy: 'shopper' },
    })
    expect(await stripe.cancel(known(ref), 'shop')).toMatchObject({
      kind: 'cancelled',
      truth: { cancelledBy: 'shopper' },
    })
  })

  test('is too late for a paid one', async () => {
    const ref = await begun()
    await pay(ref)
    expect(await stripe.cancel(known(ref), 'shop')).toMatchObject({ kind: 'too-late', truth: { state: 'captured' } })
  })

  test('refused while the bank thinks is possible afterwards: no refusal is kept', async () => {
    const ref = await begun()
    const intent = sandbox.control.findIntent(ref)
    if (intent) intent.status = 'processing'
    expect(await stripe.cancel(known(ref), 'shop')).toMatchObject({ kind: 'too-late', truth: { state: 'processing' } })
    if (intent) intent.status = 'requires_payment_method'
    expect(await stripe.cancel(known(ref), 'shop')).toMatchObject({ kind: 'cancelled', truth: { cancelledBy: 'shop' } })
  })

  test('of an unknown one is missing, and while nobody answers unknown', async () => {
    expect(await stripe.cancel(known('pi_unknown'), 'shop')).toEqual({ kind: 'missing' })
    sandbox.control.addFault({ provider: 'stripe', kind: 'timeout', times: 5 })
    expect((await stripe.cancel(known('pi_unknown'), 'shop')).kind).toBe('unknown')
  })
})
