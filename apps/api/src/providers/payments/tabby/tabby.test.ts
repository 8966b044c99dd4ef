import { money } from '@dhow/money/money.ts'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { createMetrics } from '../../../platform/telemetry/metrics.ts'
import { testStart } from '../../../../test/clock.ts'
import { authorisedAt, beginRequest, begunAt, boughtBefore, startTabbyApart } from '../../../../test/tabby.ts'
import type { EligibilityRequest, PaymentTruth } from '../port.ts'
import { createTabbyProvider } from './tabby.ts'

const at = await startTabbyApart()
const { tabby, impatient, sandbox, config, clock } = at
const control = sandbox.control.tabby
afterAll(() => sandbox.close())
beforeEach(() => {
  sandbox.control.reset()
  clock.set(testStart)
})

const truthOf = async (payment: Awaited<ReturnType<typeof begunAt>>): Promise<PaymentTruth> => {
  const outcome = await tabby.fetch(payment)
  if (outcome.kind !== 'found') throw new Error(`not found: ${outcome.kind}`)
  return outcome.truth
}

describe('beginning', () => {
  test('opens a session with the whole buyer, and sends the shopper to its page', async () => {
    const request = beginRequest()
    const outcome = await tabby.begin(request)
    const [payment] = control.state()
    expect(outcome).toMatchObject({
      kind: 'begun',
      providerRef: payment?.id,
      action: { kind: 'redirect', url: expect.stringContaining('/tabby/checkout/') },
      expiresAt: '2026-11-24T08:30:00.000Z',
    })
    expect(payment).toMatchObject({
      amount: '149.50',
      currency: 'AED',
      buyer: { name: 'Noor Al Suwaidi', email: 'otp.success@tabby.ai', phone: '+971500000001' },
      shipping_address: { city: 'Sharjah', address: '1204, Palm Tower, Al Majaz 2', zip: '00000' },
      order: { reference_id: 'DH-7K3M-9QX2', tax_amount: '7.12', shipping_amount: '15.00', discount_amount: '0.00' },
      buyer_history: { registered_since: '2025-03-01T09:00:00.000Z', loyalty_level: 3, is_phone_number_verified: true },
      order_history: [
        { amount: '80.25', payment_method: 'cod', status: 'complete' },
        { amount: '200.00', payment_method: 'card', status: 'canceled' },
      ],
      meta: { order_id: request.orderId },
    })
  })

  test('returns by addresses of allowed characters that mean what ours did', async () => {
    const payment = await begunAt(at)
    const back = control.approve(payment.providerRef)?.to ?? ''
    expect(back).toContain('token=aB%5Fc-9%7Ex&')
    expect(new URL(back).searchParams.get('token')).toBe('aB_c-9~x')
    expect(new URL(back).searchParams.get('payment_id')).toBe(payment.providerRef)
  })

  test.each([
    ['a number that is refused', { details: refusedBuyer() }, 'not-available'],
    ['more than Tabby lends', { amount: 1_000_001 }, 'amount-too-high'],
    ['less than Tabby takes', { amount: 999 }, 'amount-too-low'],
  ] as const)('of %s is a refusal with its reason, and no page', async (_, asked, eligibility) => {
    expect(await tabby.begin(beginRequest(asked))).toEqual({ kind: 'refused', reason: 'not-approved', eligibility })
  })

  test.each(['error500', 'rate-limit', 'timeout', 'reset-after'] as const)(
    'leaves open what a %s did',
    async (kind) => {
      sandbox.control.addFault({ provider: 'tabby', kind })
      const asked = kind === 'timeout' ? impatient : tabby
      expect(await asked.begin(beginRequest())).toMatchObject({ kind: 'unknown' })
      expect(control.state()).toHaveLength(kind === 'reset-after' ? 1 : 0)
      expect(await tabby.begin(beginRequest())).toMatchObject({ kind: 'begun' })
    },
  )

  test('with a key that is wrong is no refusal: putting the key right helps', async () => {
    const locked = createTabbyProvider({ ...config, TABBY_SECRET_KEY: 'sk_test_other' }, createMetrics(), clock)
    expect(await locked.begin(beginRequest())).toMatchObject({ kind: 'unknown' })
  })

  test('opens the same page again, until the session is over', async () => {
    const payment = await begunAt(at)
    expect(await tabby.reopen(payment)).toMatchObject({ kind: 'begun', redirectUrl: payment.redirectUrl })
    sandbox.control.advanceClock(21 * 60_000)
    expect(await tabby.reopen(payment)).toEqual({ kind: 'refused', reason: 'session-expired', eligibility: null })
    const unheard = { ...payment, sessionRef: null }
    expect(await tabby.reopen(unheard)).toEqual({ kind: 'refused', reason: 'session-missing', eligibility: null })
  })
})

describe('asking whether a shopper would be taken', () => {
  const question = (change: Partial<EligibilityRequest> = {}): EligibilityRequest => ({
    amount: money(14_950),
    locale: 'ar',
    buyer: boughtBefore().buyer,
    address: null,
    details: () => Promise.resolve(undefined),
    ...change,
  })

  test('says how many payments it would be, with little known and nobody sent anywhere', async () => {
    expect(await tabby.checkEligibility(question())).toEqual({
      kind: 'eligible',
      instalments: { count: 4 },
      labels: null,
    })
    expect(control.state()).toMatchObject([{ meta: null, order: { reference_id: 'eligibility' } }])
  })

  test('says why not', async () => {
    const buyer = refusedBuyer().buyer
    expect(await tabby.checkEligibility(question({ buyer }))).toEqual({ kind: 'refused', reason: 'not-available' })
    const amount = money(1_000_100)
    expect(await tabby.checkEligibility(question({ amount }))).toEqual({ kind: 'refused', reason: 'amount-too-high' })
  })

  test('asks nobody about somebody who is not known yet', async () => {
    expect(await tabby.checkEligibility(question({ buyer: null }))).toMatchObject({ kind: 'eligible' })
    expect(control.state()).toEqual([])
  })

  test('knows nothing while Tabby fails, with a bare string for an error', async () => {
    sandbox.control.addFault({ provider: 'tabby', kind: 'error500' })
    const outcome = await tabby.checkEligibility(question())
    expect(outcome).toMatchObject({ kind: 'unknown', cause: { message: 'tabby 500: Internal Server error' } })
  })
})

test('what Tabby refuses, or has too much of, keeps nobody from asking further; what fails does for a while', async () => {
  const payment = await authorisedAt(at)
  sandbox.control.addFault({ provider: 'tabby', kind: 'rate-limit', times: 30 })
  for (let tried = 0; tried < 30; tried += 1) await tabby.begin(beginRequest())
  expect(await tabby.fetch(payment)).toMatchObject({ kind: 'found' })
  sandbox.control.addFault({ provider: 'tabby', kind: 'error500', times: 60 })
  for (let tried = 0; tried < 60; tried += 1) await tabby.fetch(payment)
  expect(await tabby.fetch(payment)).toMatchObject({ kind: 'unknown', cause: { name: 'BreakerOpenError' } })
  sandbox.control.clearFaults()
  clock.advance({ seconds: 16 })
  expect(await tabby.fetch(payment)).toMatchObject({ kind: 'found' })
})

describe('the truth', () => {
  test('of a payment that waits, is agreed to, refused or lapses', async () => {
    const waiting = await begunAt(at)
    expect(await truthOf(waiting)).toMatchObject({
      state: 'requires-action',
      orderId: waiting.orderId,
      amount: 14_950,
      currency: 'AED',
      authorisedAmount: 0,
      expiresAt: '2026-11-24T08:30:00Z',
    })
    control.reject(waiting.providerRef)
    expect(await truthOf(waiting)).toMatchObject({ state: 'failed', declineReason: 'not-approved', expiresAt: null })

    const agreed = await authorisedAt(at)
    expect(await truthOf(agreed)).toMatchObject({ state: 'authorised', authorisedAmount: 14_950, capturedAmount: 0 })

    const left = await begunAt(at)
    control.abandon(left.providerRef)
    expect(await truthOf(left)).toMatchObject({ state: 'requires-action' })
    sandbox.control.advanceClock(30 * 60_000)
    expect(await truthOf(left)).toMatchObject({ state: 'cancelled', declineReason: 'expired', cancelledBy: 'shop' })
  })

  test('closed without a capture is cancelled and not paid', async () => {
    const payment = await authorisedAt(at)
    await tabby.cancel(payment, 'shop')
    expect(await truthOf(payment)).toMatchObject({ state: 'cancelled', providerState: 'CLOSED', capturedAmount: 0 })
  })

  test('of a payment Tabby does not know is that it is missing', async () => {
    const payment = await begunAt(at)
    sandbox.control.reset()
    expect(await tabby.fetch(payment)).toEqual({ kind: 'missing' })
  })

  test('is not read out of an answer of another shape', async () => {
    const payment = await begunAt(at)
    const stored = control.find(payment.providerRef)
    if (!stored) throw new Error('not stored')
    stored.amount = '1e3'
    expect(await tabby.fetch(payment)).toMatchObject({ kind: 'unknown' })
  })
})

test('the list goes through every page, and leaves out questions and other times', async () => {
  const early = await authorisedAt(at)
  clock.advance({ hours: 2 })
  const from = clock.now()
  const paid = await Promise.all(Array.from({ length: 23 }, () => authorisedAt(at)))
  await tabby.checkEligibility({
    amount: money(14_950),
    locale: 'en',
    buyer: boughtBefore().buyer,
    address: null,
    details: () => Promise.resolve(undefined),
  })
  const listed: string[] = []
  for await (const truth of tabby.list?.({ from, to: clock.now() }) ?? []) listed.push(truth.providerRef)
  expect(new Set(listed)).toEqual(new Set(paid.map(({ providerRef }) => providerRef)))
  expect(listed).toHaveLength(23)
  expect(listed).not.toContain(early.providerRef)
  expect(sandbox.control.calls()['GET /api/v2/payments']).toBe(2)
})

function refusedBuyer() {
  return boughtBefore({ buyer: { name: 'Noor', email: 'otp.success@tabby.ai', phone: '+971500000002' } })
}
