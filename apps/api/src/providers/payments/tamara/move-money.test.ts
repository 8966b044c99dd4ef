import { randomUUID } from 'node:crypto'
import { describe, expect, test } from 'vitest'
import { capturing, courier, refunding, startTamara } from '../../../../test/tamara.ts'

const { control, tamara, orders, calls, begun, authorised } = await startTamara()
const REFUND = 'POST /payments/simplified-refund/{id}'

describe('capturing', () => {
  test('for nobody in particular names the shop’s usual carrier', async () => {
    const payment = await authorised()
    expect(await tamara().capture(payment, capturing(14_950, { shipment: null }))).toMatchObject({
      kind: 'done',
      truth: { state: 'captured', capturedAmount: 14_950 },
    })
    expect(orders()[0]?.captures[0]?.shippingInfo).toMatchObject({ shipping_company: 'Own courier' })
  })

  test('by a carrier without a name never leaves us', async () => {
    const payment = await authorised()
    const shipment = { ...courier, company: ' ' }
    expect(await tamara().capture(payment, capturing(14_950, { shipment }))).toEqual({
      kind: 'refused',
      reason: 'shipment-missing',
    })
    expect(calls('POST /payments/capture')).toBe(0)
  })

  test('in parts leaves the rest held, and the final part lets go of it', async () => {
    const payment = await authorised()
    const first = capturing(5_000, { shipment: { ...courier, trackingNumber: 'A1', trackingUrl: 'https://a.test/1' } })
    expect(await tamara().capture(payment, first)).toMatchObject({
      kind: 'done',
      truth: { state: 'authorised', capturedAmount: 5_000, captures: [{ ourId: first.captureId, amount: 5_000 }] },
    })
    expect(await tamara().capture(payment, capturing(4_000, { isFinal: true, takenBefore: 5_000 }))).toMatchObject({
      kind: 'done',
      truth: { state: 'captured', authorisedAmount: 14_950, capturedAmount: 9_000 },
    })
    expect(orders()[0]?.cancels.map(({ amount }) => amount)).toEqual([5_950])
  })

  test.each(['reset-after', 'error500'] as const)('after %s is asked again, and takes nothing twice', async (kind) => {
    const payment = await authorised()
    const request = capturing(5_000)
    control.addFault({ provider: 'tamara', kind, path: '/payments/capture' })
    expect((await tamara().capture(payment, request)).kind).toBe('unknown')
    expect(await tamara().capture(payment, request)).toMatchObject({ kind: 'done', truth: { capturedAmount: 5_000 } })
    expect(await tamara().capture(payment, request)).toMatchObject({ kind: 'done', truth: { capturedAmount: 5_000 } })
    expect(orders()[0]?.captures).toHaveLength(1)
  })

  test.each([null, 'A1'])('the same amount once more is another capture, in parcel %s too', async (trackingNumber) => {
    const payment = await authorised()
    const shipment = { ...courier, trackingNumber }
    await tamara().capture(payment, capturing(5_000, { shipment }))
    const second = capturing(5_000, { shipment, takenBefore: 5_000 })
    for (const request of [second, second])
      expect(await tamara().capture(payment, request)).toMatchObject({ truth: { capturedAmount: 10_000 } })
    expect(orders()[0]?.captures.map(({ amount }) => amount)).toEqual([5_000, 5_000])
  })

  test('whose rest could not be let go is unknown, and only that is done again', async () => {
    const payment = await authorised()
    const request = capturing(5_000, { isFinal: true })
    control.addFault({ provider: 'tamara', kind: 'error500', path: '/orders/{id}/cancel' })
    expect((await tamara().capture(payment, request)).kind).toBe('unknown')
    expect(await tamara().capture(payment, request)).toMatchObject({
      kind: 'done',
      truth: { state: 'captured', capturedAmount: 5_000 },
    })
    expect(orders()[0]?.captures).toHaveLength(1)
  })

  test('more than is held, or what nobody authorised, is refused', async () => {
    const payment = await authorised()
    expect((await tamara().capture(payment, capturing(14_951))).kind).toBe('refused')
    expect((await tamara().capture(await begun(), capturing(14_950))).kind).toBe('refused')
    expect(await tamara().capture({ ...payment, providerRef: randomUUID() }, capturing(1))).toEqual({
      kind: 'refused',
      reason: 'missing-at-provider',
    })
  })
})

describe('stopping', () => {
  test('an unpaid session voids it, so that nobody can pay it any more', async () => {
    const payment = await begun()
    expect(await tamara().cancel(payment, 'shopper')).toMatchObject({
      kind: 'cancelled',
      truth: { state: 'cancelled', cancelledBy: 'shopper' },
    })
    expect(control.tamara.approve(payment.providerRef)).toBe(false)
    expect(await tamara().cancel(payment, 'shop')).toMatchObject({ kind: 'cancelled' })
  })

  test('held money lets go of all of it', async () => {
    const payment = await authorised()
    expect(await tamara().cancel(payment, 'shop')).toMatchObject({
      kind: 'cancelled',
      truth: { state: 'cancelled', authorisedAmount: 14_950, capturedAmount: 0 },
    })
    expect(orders()[0]).toMatchObject({ status: 'canceled', cancels: [{ amount: 14_950 }] })
  })

  test('an approval says yes first, since only what is held can be let go', async () => {
    const payment = await begun()
    control.tamara.approve(payment.providerRef)
    expect(await tamara().cancel(payment, 'shop')).toMatchObject({ kind: 'cancelled' })
    expect(orders()[0]).toMatchObject({ status: 'canceled', cancels: [{ amount: 14_950 }] })
  })

  test('is too late once money is taken; of a part, the rest is let go', async () => {
    const [whole, part] = [await authorised(), await authorised()]
    await tamara().capture(whole, capturing(14_950))
    await tamara().capture(part, capturing(5_000))
    expect(await tamara().cancel(whole, 'shop')).toMatchObject({ kind: 'too-late', truth: { state: 'captured' } })
    expect(calls('POST /orders/{id}/cancel')).toBe(0)
    expect(await tamara().cancel(part, 'shop')).toMatchObject({
      kind: 'too-late',
      truth: { state: 'captured', capturedAmount: 5_000 },
    })
    expect(orders()[0]?.cancels.map(({ amount }) => amount)).toEqual([9_950])
  })

  test('what is over already is done; what nobody knows is missing', async () => {
    const payment = await begun()
    control.tamara.decline(payment.providerRef)
    expect(await tamara().cancel(payment, 'shop')).toMatchObject({ kind: 'cancelled', truth: { declineReason: null } })
    expect(await tamara().cancel({ ...payment, providerRef: randomUUID() }, 'shop')).toEqual({ kind: 'missing' })
  })

  test('a session we have no name of is left to lapse', async () => {
    const payment = await begun()
    expect((await tamara().cancel({ ...payment, sessionRef: null }, 'shop')).kind).toBe('not-stoppable')
  })

  test.each(['reset-after', 'error500'] as const)(
    'after %s is unknown, and asked again finds the end',
    async (kind) => {
      const payment = await begun()
      control.addFault({ provider: 'tamara', kind, method: 'POST' })
      expect((await tamara().cancel(payment, 'shop')).kind).toBe('unknown')
      expect((await tamara().cancel(payment, 'shop')).kind).toBe('cancelled')
    },
  )
})

describe('refunding', () => {
  test('in parts, once for each id', async () => {
    const payment = await authorised()
    await tamara().capture(payment, capturing(14_950))
    const first = refunding(5_000)
    expect(await tamara().refund(payment, first)).toMatchObject({
      kind: 'done',
      truth: { state: 'captured', refundedAmount: 5_000, refunds: [{ ourId: first.refundId, state: 'succeeded' }] },
    })
    expect(await tamara().refund(payment, first)).toMatchObject({ kind: 'done', truth: { refundedAmount: 5_000 } })
    const others = orders()[0]?.refunds.map(({ id }) => id)
    const second = refunding(5_000, others)
    for (const request of [second, second])
      expect(await tamara().refund(payment, request)).toMatchObject({ truth: { refundedAmount: 10_000 } })
    expect(calls(REFUND)).toBe(2)
  })

  test('whose answer was lost is asked again, and gives nothing twice', async () => {
    const payment = await authorised()
    await tamara().capture(payment, capturing(14_950))
    const request = refunding(5_000)
    control.addFault({ provider: 'tamara', kind: 'reset-after', method: 'POST' })
    expect((await tamara().refund(payment, request)).kind).toBe('unknown')
    expect(await tamara().refund(payment, request)).toMatchObject({ kind: 'done', truth: { refundedAmount: 5_000 } })
    expect(orders()[0]?.refunds).toHaveLength(1)
  })

  test('before anything was taken never leaves us: that is a cancellation', async () => {
    const payment = await authorised()
    expect(await tamara().refund(payment, refunding(5_000))).toEqual({ kind: 'refused', reason: 'not-captured' })
    expect(calls(REFUND)).toBe(0)
  })

  test('more than was taken is refused', async () => {
    const payment = await authorised()
    await tamara().capture(payment, capturing(5_000, { isFinal: true }))
    expect((await tamara().refund(payment, refunding(5_001))).kind).toBe('refused')
  })
})
