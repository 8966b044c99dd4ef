import { money } from '@dhow/money/money.ts'
import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { lineOf, paymentFor, purchaseOf } from '../../../../test/purchase.ts'
import { capturing, startTamara } from '../../../../test/tamara.ts'
import { TamaraError } from './client.ts'
import { checkEligibility } from './eligibility.ts'

const { control, tamara, impatient, providerWith, orders, calls, begun, authorised } = await startTamara()

describe('beginning', () => {
  test('sends numbers in dirhams, AED and AE everywhere, and who we are', async () => {
    const asked = paymentFor()
    const payment = await begun(asked)
    const [order] = orders()
    expect(order?.request).toMatchObject({
      order_reference_id: `${asked.orderId}_${asked.paymentId.slice(-12)}`,
      order_number: 'DH-7K3M-9QX2',
      total_amount: { amount: 149.5, currency: 'AED' },
      tax_amount: { amount: 7.12, currency: 'AED' },
      shipping_amount: { amount: 20, currency: 'AED' },
      country_code: 'AE',
      locale: 'en_US',
      items: [{ unit_price: { amount: 129.5, currency: 'AED' }, total_amount: { amount: 129.5, currency: 'AED' } }],
      consumer: { first_name: 'Mariam', last_name: 'Al Mansoori', phone_number: '+971544337866', is_first_order: true },
      shipping_address: { line1: '1204, Marina Heights', line2: 'Al Barsha 1', city: 'Dubai', country_code: 'AE' },
      merchant_url: {
        success: 'https://shop.test/en/paid',
        failure: 'https://shop.test/en/refused',
        cancel: 'https://shop.test/en/left',
      },
      expires_in_minutes: 30,
    })
    expect(JSON.stringify(order?.request)).not.toContain('SAR')
    expect(payment).toMatchObject({ providerRef: order?.id, sessionRef: order?.checkoutId })
    expect(payment.redirectUrl).toContain(`/tamara/checkout/${order?.checkoutId}`)
  })

  test('tells what we know of the buyer, days as Tamara writes them', async () => {
    const details = purchaseOf({
      buyerHistory: {
        registeredSince: '2025-02-03T10:00:00.000Z',
        successfulOrders: 2,
        isPhoneVerified: true,
        isEmailVerified: true,
      },
      orderHistory: [
        { placedAt: '2026-10-09T10:00:00.000Z', amount: money(12_345), method: 'cod', status: 'complete' },
        { placedAt: '2026-05-01T10:00:00.000Z', amount: money(5_000), method: 'card', status: 'cancelled' },
      ],
    })
    await begun(paymentFor(details))
    expect(orders()[0]?.request).toMatchObject({
      consumer: { is_first_order: false },
      risk_assessment: {
        is_guest_user: false,
        is_existing_customer: true,
        has_delivered_order: true,
        is_COD_customer: true,
        is_phone_verified: true,
        account_creation_date: '03-02-2025',
        total_order_count: 2,
        last_order_date: '09-10-2026',
        last_order_amount: 123.45,
      },
    })
  })

  test('speaks Arabic to Arabic shoppers, and lasts as long as configured', async () => {
    const shop = providerWith({ BNPL_SESSION_MINUTES: '45' })
    const outcome = await shop.begin(paymentFor(purchaseOf(), { locale: 'ar' }))
    expect(orders()[0]?.request).toMatchObject({ locale: 'ar_SA', expires_in_minutes: 45 })
    expect(outcome).toMatchObject({ expiresAt: '2026-11-24T08:45:00.000Z' })
  })

  test('of three times 33.33 with delivery and store credit adds up', async () => {
    const details = purchaseOf({
      items: [lineOf(3_333, 3, 476), lineOf(1_999, 1, 95)],
      vat: money(571),
      discount: money(1_001),
    })
    expect((await tamara().begin(paymentFor(details))).kind).toBe('begun')
    expect(orders()[0]?.request).toMatchObject({ discount: { amount: { amount: 10.01 } } })
  })

  test('again replaces the session whose address reached nobody', async () => {
    const asked = paymentFor()
    control.addFault({ provider: 'tamara', kind: 'reset-after', path: '/checkout' })
    expect((await tamara().begin(asked)).kind).toBe('unknown')
    const payment = await begun(asked)
    expect(orders().map(({ id }) => id)).toHaveLength(2)
    expect(orders()[0]?.id).toBe(payment.providerRef)
  })

  test.each(['timeout', 'error500', 'rate-limit', 'reset-before'] as const)('is unknown after %s', async (kind) => {
    control.addFault({ provider: 'tamara', kind })
    expect((await impatient().begin(paymentFor())).kind).toBe('unknown')
  })

  test('is unknown with a wrong token: nothing was decided', async () => {
    expect((await providerWith({ TAMARA_API_TOKEN: 'wrong' }).begin(paymentFor())).kind).toBe('unknown')
  })

  test.each([
    ['too much', purchaseOf({ items: [lineOf(600_000, 1)] }), 'amount-too-high'],
    ['too little', purchaseOf({ items: [lineOf(500, 1)], delivery: money(0), vat: money(24) }), 'amount-too-low'],
    [
      'from a foreign number',
      purchaseOf({ buyer: { name: 'A B', email: 'a@b.test', phone: '+447700900123' } }),
      'not-available',
    ],
  ])('of %s is refused, with the reason', async (_what, details, eligibility) => {
    expect(await tamara().begin(paymentFor(details))).toMatchObject({ kind: 'refused', eligibility })
    expect(orders()).toEqual([])
  })

  test('is reopened at the same address without asking Tamara', async () => {
    const payment = await begun()
    expect(await tamara().reopen(payment)).toMatchObject({
      kind: 'begun',
      providerRef: payment.providerRef,
      action: { kind: 'redirect', url: payment.redirectUrl },
    })
    expect((await tamara().reopen({ ...payment, redirectUrl: null })).kind).toBe('refused')
  })
})

describe('the truth', () => {
  test('of a session nobody has paid waits for the shopper, for our order', async () => {
    const payment = await begun()
    expect(await tamara().fetch(payment)).toMatchObject({
      kind: 'found',
      truth: {
        state: 'requires-action',
        orderId: payment.orderId,
        amount: 14_950,
        currency: 'AED',
        authorisedAmount: 0,
      },
    })
  })

  test('of an approval asks for our yes', async () => {
    const payment = await begun()
    control.tamara.approve(payment.providerRef)
    expect(await tamara().fetch(payment)).toMatchObject({ truth: { state: 'processing', needsAuthorise: true } })
  })

  test('of a refusal is a failed try; of a page that was left and a session that lapsed, the end of it', async () => {
    const [refused, left, lapsed] = [await begun(), await begun(), await begun()]
    control.tamara.decline(refused.providerRef)
    control.tamara.cancel(left.providerRef)
    control.advanceClock(31 * 60_000)
    expect(await tamara().fetch(refused)).toMatchObject({ truth: { state: 'failed', declineReason: 'not-approved' } })
    expect(await tamara().fetch(left)).toMatchObject({ truth: { state: 'cancelled', declineReason: 'left' } })
    expect(await tamara().fetch(lapsed)).toMatchObject({ truth: { state: 'cancelled', declineReason: 'expired' } })
  })

  test('of an approval that nobody answered for 72 hours is over', async () => {
    const payment = await begun()
    control.tamara.approve(payment.providerRef)
    control.advanceClock(72 * 3_600_000 - 1_000)
    expect(await tamara().fetch(payment)).toMatchObject({ truth: { needsAuthorise: true } })
    control.advanceClock(1_000)
    expect(await tamara().fetch(payment)).toMatchObject({
      truth: { state: 'cancelled', declineReason: 'expired', needsAuthorise: false },
    })
  })

  test('of an unknown order is missing; without an answer, or with one that makes no sense, unknown', async () => {
    const payment = await begun()
    expect(await tamara().fetch({ ...payment, providerRef: randomUUID() })).toEqual({ kind: 'missing' })
    control.addFault({ provider: 'tamara', kind: 'timeout' })
    expect((await impatient().fetch(payment)).kind).toBe('unknown')
    const order = orders()[0]
    if (order) order.status = 'something_new' as never // a status of the future
    expect((await tamara().fetch(payment)).kind).toBe('unknown')
  })
})

describe('authorising', () => {
  test('holds the whole, and says until when it can be taken', async () => {
    const payment = await begun()
    control.tamara.approve(payment.providerRef)
    const outcome = await tamara().authorise(payment)
    expect(outcome).toMatchObject({
      truth: { state: 'authorised', authorisedAmount: 14_950, capturedAmount: 0, needsAuthorise: false },
    })
    expect(outcome.kind === 'found' && outcome.truth.captureBefore).toMatch(/^\d{4}-.*Z$/)
  })

  test('again, or where Tamara did it by itself, is answered 409 and read: a yes', async () => {
    const payment = await authorised()
    expect(await tamara().authorise(payment)).toMatchObject({ truth: { state: 'authorised' } })
    await tamara().capture(payment, capturing(14_950))
    expect(await tamara().authorise(payment)).toMatchObject({ truth: { state: 'captured', capturedAmount: 14_950 } })
    expect(calls('POST /orders/{id}/authorise')).toBe(3)
  })

  test('what was not approved is read: no yes', async () => {
    const payment = await begun()
    expect(await tamara().authorise(payment)).toMatchObject({ truth: { state: 'requires-action' } })
    control.tamara.decline(payment.providerRef)
    expect(await tamara().authorise(payment)).toMatchObject({ truth: { state: 'failed' } })
  })

  test('whose answer is lost (a total that ends in .13) is unknown, and found by asking again', async () => {
    const details = purchaseOf({ items: [lineOf(8_013, 1)], vat: money(400) })
    const payment = await begun(paymentFor(details))
    control.tamara.approve(payment.providerRef)
    expect((await tamara().authorise(payment)).kind).toBe('unknown')
    expect(await tamara().authorise(payment)).toMatchObject({ truth: { state: 'authorised' } })
  })

  test('that fails at Tamara is unknown, and of a lost order missing', async () => {
    const payment = await begun()
    control.tamara.approve(payment.providerRef)
    control.addFault({ provider: 'tamara', kind: 'error500', method: 'POST' })
    expect((await tamara().authorise(payment)).kind).toBe('unknown')
    expect((await tamara().authorise({ ...payment, providerRef: randomUUID() })).kind).toBe('missing')
  })
})

describe('eligibility', () => {
  const asking = (amount: number, phone: string | null = '+971544337866') => ({
    amount: money(amount),
    locale: 'en' as const,
    buyer: phone === null ? null : { name: 'A B', email: 'a@b.test', phone },
    address: null,
    details: () => Promise.resolve(undefined),
  })

  test('brings Tamara’s own words in both languages', async () => {
    const outcome = await tamara().checkEligibility(asking(14_950))
    expect(outcome).toMatchObject({ kind: 'eligible', instalments: { count: 4 } })
    expect(outcome.kind === 'eligible' && outcome.labels).toMatchObject({
      en: expect.stringContaining('Split in 4'),
      ar: expect.stringContaining('قسّمها'),
    })
  })

  test.each([
    [999, 'amount-too-low'],
    [500_001, 'amount-too-high'],
  ])('of %i fils is decided by the limits, without asking', async (amount, reason) => {
    expect(await tamara().checkEligibility(asking(amount))).toEqual({ kind: 'refused', reason })
    expect(control.calls()).toEqual({})
  })

  test('is refused to whom Tamara offers nothing, also to a phone it cannot read', async () => {
    const refused = { kind: 'refused', reason: 'not-available' }
    expect(await tamara().checkEligibility(asking(14_950, '+971512345678'))).toEqual(refused)
    expect(await tamara().checkEligibility(asking(14_950, '+447700900123'))).toEqual(refused)
  })

  test.each([[404], [409, 'tamara_enabled_elsewhere'], [400, 'country_invalid']])(
    'is no answer where the question is at fault: %i %s',
    async (status, ...codes: string[]) => {
      const limits = { minimum: money(1_000), maximum: money(500_000), instalments: 4 }
      const call = () => Promise.reject(new TamaraError(status, codes))
      expect((await checkEligibility(call, limits, asking(14_950))).kind).toBe('unknown')
    },
  )

  test('of nobody in particular is the limits’ word, and without an answer unknown', async () => {
    expect(await tamara().checkEligibility(asking(14_950, null))).toMatchObject({ kind: 'eligible', labels: null })
    control.addFault({ provider: 'tamara', kind: 'timeout' })
    expect((await impatient().checkEligibility(asking(14_950))).kind).toBe('unknown')
  })
})
