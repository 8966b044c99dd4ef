import { money } from '@dhow/money/money.ts'
import { once } from 'node:events'
import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { paymentFor } from '../../../../test/purchase.ts'
import { startStripe } from '../../../../test/stripe.ts'
import type { BeginPayment, BegunPayment } from '../port.ts'

const shop = await startStripe()
const { sandbox, begun, confirm } = shop
const create = { provider: 'stripe', method: 'POST', path: '/v1/payment_intents' } as const

const request = (amount = 14_950): BeginPayment => ({
  ...paymentFor(),
  amount: money(amount),
  details: () => Promise.reject(new Error('cards need no details')),
})
const unknown = (): BegunPayment => ({
  ...paymentFor(),
  providerRef: 'pi_unknown',
  sessionRef: null,
  redirectUrl: null,
})
const intents = () => sandbox.control.state().paymentIntents

describe('beginning', () => {
  test('asks for minor units in small letters, about the order id and nothing else', async () => {
    const asked = request()
    const outcome = await shop.stripe().begin(asked)
    expect(intents()).toMatchObject([
      {
        amount: 14_950,
        currency: 'aed',
        metadata: { order_id: asked.orderId },
        automatic_payment_methods: { enabled: true },
        capture_method: 'automatic',
        customer: null,
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
        publishableKey: sandbox.config.stripe.publishableKey,
        scriptUrl: `${sandbox.url}/stripe.js`,
        captureMethod: 'automatic',
      },
    })
  })

  test('the same payment again, also at once, is the same intent', async () => {
    const asked = request()
    const outcomes = await Promise.all([
      shop.stripe().begin(asked),
      shop.stripe().begin(asked),
      shop.stripe().begin(asked),
    ])
    expect(new Set(outcomes.map((outcome) => JSON.stringify(outcome))).size).toBe(1)
    expect(intents()).toHaveLength(1)
  })

  test.each(['reset-before', 'reset-after', 'error500', 'rate-limit'] as const)(
    'is tried again with the same key after %s',
    async (kind) => {
      sandbox.control.addFault({ ...create, kind })
      const outcome = await shop.stripe().begin(request())
      // 429 is not repeated by itself: the caller is told to come back
      expect(outcome.kind).toBe(kind === 'rate-limit' ? 'unknown' : 'begun')
      expect(intents()).toHaveLength(kind === 'rate-limit' ? 0 : 1)
    },
  )

  test('is unknown when no answer comes in time, and found by asking again', async () => {
    const asked = request()
    sandbox.control.addFault({ ...create, kind: 'timeout', times: 3 })
    expect((await shop.impatient().begin(asked)).kind).toBe('unknown')
    expect((await shop.stripe().begin(asked)).kind).toBe('begun')
    expect(intents()).toHaveLength(1)
  })

  test('goes on under a second key when Stripe repeats a failure of its own for the first', async () => {
    sandbox.control.addFault({ ...create, kind: 'error500-kept' })
    const asked = request()
    const first = await shop.stripe().begin(asked)
    expect(first.kind).toBe('begun')
    expect(await shop.stripe().begin(asked)).toEqual(first)
    expect(intents()).toHaveLength(1)
  })

  test.each([199, 100_000_000])('of %i fils is refused, once, and makes nothing', async (amount) => {
    const outcome = await shop.stripe().begin(request(amount))
    expect(outcome.kind).toBe('refused')
    expect(intents()).toEqual([])
    expect(sandbox.control.calls()['POST /v1/payment_intents']).toBe(1)
  })

  test('takes the amounts it says it takes', async () => {
    expect((await shop.stripe().begin(request(shop.stripe().minimum.amount))).kind).toBe('begun')
    expect((await shop.stripe().begin(request(shop.stripe().maximum.amount))).kind).toBe('begun')
  })
})

describe('a merchant who changes when money is taken', () => {
  const later = () => shop.openWith({ STRIPE_CAPTURE: 'on-fulfilment' }).stripe

  test('has a payment whose beginning was lost begun anew, under a key of its own', async () => {
    const asked = request()
    expect((await shop.stripe().begin(asked)).kind).toBe('begun')
    expect(await later().begin(asked)).toMatchObject({ kind: 'begun', action: { captureMethod: 'manual' } })
  })

  test('has open payments brought over, unless a bank is being asked about one', async () => {
    const [payment, asked] = [await begun(), await begun()]
    expect(await later().reopen(payment)).toMatchObject({ kind: 'begun', action: { captureMethod: 'manual' } })
    await confirm(payment)
    expect(await shop.truthOf(payment)).toMatchObject({ state: 'authorised', capturedAmount: 0 })
    await confirm(asked, 'pm_card_authenticationRequired')
    expect(await later().reopen(asked)).toMatchObject({ kind: 'begun', action: { captureMethod: 'automatic' } })
  })
})

describe('a decline', () => {
  test('of money that was held, or of a refund, is final: asking again under its key would repeat it', async () => {
    const payment = await begun()
    await confirm(payment)
    const error = { type: 'card_error', code: 'card_declined', decline_code: 'do_not_honor', message: 'Declined.' }
    const bank = createServer((call, answer) => {
      answer.statusCode = call.method === 'POST' ? 402 : 404
      answer.setHeader('content-type', 'application/json')
      const empty = { object: 'list', data: [], has_more: false }
      if (call.url?.startsWith('/v1/refunds?')) answer.statusCode = 200
      answer.end(JSON.stringify(answer.statusCode === 200 ? empty : { error }))
    })
    await once(bank.listen(0, '127.0.0.1'), 'listening')
    const { port } = bank.address() as AddressInfo
    const { stripe } = shop.openWith({ STRIPE_API_BASE: `http://127.0.0.1:${port}` })
    const amount = money(14_950)
    const captured = { captureId: randomUUID(), amount, isFinal: true, takenBefore: 0, shipment: null }
    const refunded = { refundId: randomUUID(), amount, otherRefs: [], reason: 'return' }
    const declined = { kind: 'refused', reason: 'card_declined' }
    expect(await stripe.capture(payment, captured)).toEqual(declined)
    expect(await stripe.refund(payment, refunded)).toEqual(declined)
    bank.close()
  })
})

describe('reopening', () => {
  test('gives the same action as the beginning, without creating anything', async () => {
    const first = await shop.stripe().begin(request())
    expect(
      first.kind === 'begun' && (await shop.stripe().reopen({ ...unknown(), providerRef: first.providerRef })),
    ).toEqual(first)
    expect(sandbox.control.calls()['POST /v1/payment_intents']).toBe(1)
  })

  test('of what the provider does not know is unknown', async () => {
    expect((await shop.stripe().reopen(unknown())).kind).toBe('unknown')
  })
})

describe('the truth', () => {
  test('of a paid payment has its card and what was captured', async () => {
    const payment = await begun()
    await confirm(payment)
    expect(await shop.stripe().fetch(payment)).toMatchObject({
      kind: 'found',
      truth: {
        providerRef: payment.providerRef,
        state: 'captured',
        capturedAmount: 14_950,
        currency: 'AED',
        card: { brand: 'visa', last4: '4242' },
      },
    })
  })

  test('of a declined one has the reason', async () => {
    const payment = await begun()
    await expect(confirm(payment, 'pm_card_chargeDeclinedExpiredCard')).rejects.toThrow('expired_card')
    expect(await shop.stripe().fetch(payment)).toMatchObject({
      truth: { state: 'failed', declineReason: 'expired-card', capturedAmount: 0 },
    })
  })

  test('of an unknown one is missing, and while nobody answers unknown', async () => {
    expect(await shop.stripe().fetch(unknown())).toEqual({ kind: 'missing' })
    sandbox.control.addFault({ provider: 'stripe', kind: 'error500', times: 2 })
    expect((await shop.stripe().fetch(unknown())).kind).toBe('unknown')
  })
})

describe('cancelling', () => {
  test('stops the payment, tells who wanted it, and again is the same', async () => {
    const payment = await begun()
    expect(await shop.stripe().cancel(payment, 'shopper')).toMatchObject({
      kind: 'cancelled',
      truth: { state: 'cancelled', cancelledBy: 'shopper' },
    })
    expect(await shop.stripe().cancel(payment, 'shop')).toMatchObject({
      kind: 'cancelled',
      truth: { cancelledBy: 'shopper' },
    })
  })

  test('is too late for a paid one', async () => {
    const payment = await begun()
    await confirm(payment)
    expect(await shop.stripe().cancel(payment, 'shop')).toMatchObject({
      kind: 'too-late',
      truth: { state: 'captured' },
    })
  })

  test('refused while the bank thinks is possible afterwards: no refusal is kept', async () => {
    const payment = await begun()
    const intent = sandbox.control.findIntent(payment.providerRef)
    if (intent) intent.status = 'processing'
    expect(await shop.stripe().cancel(payment, 'shop')).toMatchObject({
      kind: 'too-late',
      truth: { state: 'processing' },
    })
    if (intent) intent.status = 'requires_payment_method'
    expect(await shop.stripe().cancel(payment, 'shop')).toMatchObject({
      kind: 'cancelled',
      truth: { cancelledBy: 'shop' },
    })
  })

  test('of an unknown one is missing, and while nobody answers unknown', async () => {
    expect(await shop.stripe().cancel(unknown(), 'shop')).toEqual({ kind: 'missing' })
    sandbox.control.addFault({ provider: 'stripe', kind: 'timeout', times: 5 })
    expect((await shop.impatient().cancel(unknown(), 'shop')).kind).toBe('unknown')
  })
})

describe('the shopper’s own cards', () => {
  test('can be used and kept when the payment says whose they are', async () => {
    const customer = await shop.vault().ensureCustomer({ accountId: 'a', replaces: null })
    const customerRef = customer.kind === 'done' ? customer.customerRef : ''
    await begun({ ...request(), customerRef })
    expect(intents()).toMatchObject([{ customer: customerRef, setup_future_usage: null }])
  })

  test('are done without when the provider has forgotten the shopper: nobody is kept from paying', async () => {
    const asked = { ...request(), customerRef: 'cus_forgotten' }
    const first = await begun(asked)
    expect(await begun(asked)).toEqual(first)
    expect(intents()).toMatchObject([{ customer: null }])
  })
})

describe('while Stripe is down', () => {
  test('it is not asked any more after twenty failures, and again after fifteen seconds', async () => {
    sandbox.control.addFault({ provider: 'stripe', kind: 'rate-limit', times: 20 }) // the one failure the SDK does not repeat
    for (let call = 0; call < 20; call += 1) expect((await shop.stripe().begin(request())).kind).toBe('unknown')
    const asked = shop.calls('POST /v1/payment_intents')
    expect((await shop.stripe().begin(request())).kind).toBe('unknown')
    expect((await shop.vault().listCards('cus_1')).kind).toBe('unknown')
    expect((await shop.stripe().fetch(unknown())).kind).toBe('unknown')
    expect(shop.calls('POST /v1/payment_intents')).toBe(asked)
    shop.clock.advance({ seconds: 15 })
    expect((await shop.stripe().begin(request())).kind).toBe('begun')
  })
})
