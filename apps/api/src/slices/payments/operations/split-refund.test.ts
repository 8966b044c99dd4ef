import type { RefundWish } from '@dhow/contracts/admin-refunds.ts'
import { money } from '@dhow/money/money.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { planRefund, vatOf } from './plan-refund.ts'
import type { RefundBasis, RefundPieces } from './plan-refund.ts'
import { cutPieces, routeRefund } from './split-refund.ts'

interface Wanted {
  provider?: RefundBasis['payment']['provider']
  state?: RefundBasis['payment']['state']
  captured?: number
  credit?: number
  rounding?: number
  customerId?: string | null
}

/** Two lines of 100.00 and 35.50, delivery 15.00: 150.50 in all. */
function basisOf(wanted: Wanted = {}): RefundBasis {
  const { provider = 'stripe', state = 'captured', credit = 0, rounding = 0, customerId = 'customer' } = wanted
  const captured = wanted.captured ?? 15_050 - credit + rounding
  const line = { sku: 'A', nameEn: 'A', nameAr: 'أ' }
  // oxlint-disable-next-line no-unsafe-type-assertion -- only what is read of it
  return {
    order: {
      id: 'order',
      number: 'DH-0000-0000',
      state: 'confirmed',
      customerId,
      vatAmount: 716,
      grandTotalAmount: 15_050,
      storeCreditAmount: credit,
      roundingAmount: rounding,
      deliveryAmount: 1500,
      deliveryVatAmount: 71,
      refundedDeliveryAmount: 0,
      refundedDeliveryVatAmount: 0,
      paymentFeeAmount: 0,
      paymentFeeVatAmount: 0,
      refundedPaymentFeeAmount: 0,
      refundedPaymentFeeVatAmount: 0,
      lines: [
        { ...line, id: 'one', quantity: 2, totalAmount: 10_000, vatAmount: 476 },
        { ...line, id: 'two', quantity: 1, totalAmount: 3550, vatAmount: 169 },
      ],
    },
    givenLines: [],
    payment: {
      id: 'payment',
      provider,
      state,
      amount: captured,
      capturedAmount: captured,
      refundRequestedAmount: 0,
    },
    refunds: [],
  } as unknown as RefundBasis
}

const everything: RefundWish = {
  lines: [
    { lineId: 'one', quantity: 2 },
    { lineId: 'two', quantity: 1 },
  ],
  delivery: money(1500),
  destination: 'original',
}

const route = (basis: RefundBasis, wish: RefundWish, isDisputed = false) =>
  routeRefund({ basis, pieces: planRefund(basis, wish), destination: wish.destination, isDisputed }).map(
    ({ destination, pieces }) => [destination, pieces.amount, vatOf(pieces)],
  )

describe('where a refund goes', () => {
  test('all of it goes back to the card', () => {
    expect(route(basisOf(), everything)).toEqual([['original', 15_050, 716]])
  })

  test('what the card paid goes back to it first, the rest becomes credit again', () => {
    expect(route(basisOf({ credit: 5050 }), everything)).toEqual([
      ['original', 10_000, 476],
      ['store-credit', 5050, 240],
    ])
    expect(route(basisOf({ credit: 5050 }), { ...everything, lines: [{ lineId: 'two', quantity: 1 }] })).toEqual([
      ['original', 5050, 240],
    ])
  })

  test('an order that credit paid goes back to credit', () => {
    expect(route(basisOf({ provider: 'store-credit', credit: 15_050 }), everything)).toEqual([
      ['store-credit', 15_050, 716],
    ])
  })

  test('cash becomes credit, less what rounding had left unpaid; a guest has nowhere to put it', () => {
    const credit = { ...everything, destination: 'store-credit' } as const
    const cash = basisOf({ provider: 'cod', rounding: -12 })
    expect(planRefund(cash, credit)).toMatchObject({ amount: 15_038, roundingAmount: -12 })
    expect(route(cash, credit)).toEqual([['store-credit', 15_038, 716]])
    expect(() => route(cash, everything)).toThrow(expect.objectContaining({ code: 'refunds/destination-not-possible' }))
    const guest = basisOf({ provider: 'cod', customerId: null })
    expect(() => route(guest, credit)).toThrow(expect.objectContaining({ code: 'refunds/destination-not-possible' }))
  })

  test('a guest’s card gets its money, never credit', () => {
    const guest = basisOf({ customerId: null })
    expect(route(guest, everything)).toEqual([['original', 15_050, 716]])
    const credit = { ...everything, destination: 'store-credit' } as const
    expect(() => route(guest, credit)).toThrow(expect.objectContaining({ code: 'refunds/destination-not-possible' }))
  })

  test('credit is no way round a dispute: only what credit had paid is given back', () => {
    const credit = { ...everything, destination: 'store-credit' } as const
    expect(() => route(basisOf(), credit, true)).toThrow(expect.objectContaining({ code: 'payments/disputed' }))
    const half = basisOf({ credit: 5050 })
    expect(() => route(half, credit, true)).toThrow(expect.objectContaining({ code: 'payments/disputed' }))
    const little = { ...credit, lines: [], delivery: money(1500) }
    expect(route(half, little, true)).toEqual([['store-credit', 1500, 71]])
  })

  test('nothing goes back to a card while a dispute has it, or while part of it is only held', () => {
    expect(() => route(basisOf(), everything, true)).toThrow(expect.objectContaining({ code: 'payments/disputed' }))
    const half = basisOf({ state: 'authorised', captured: 10_000 })
    const wish = { ...everything, lines: [], delivery: money(500) }
    expect(() => route(half, wish)).toThrow(expect.objectContaining({ code: 'payments/operation-in-progress' }))
  })

  test.each<[string, Partial<RefundWish>]>([
    ['more units than were sold', { lines: [{ lineId: 'one', quantity: 3 }] }],
    ['more than a line came to', { lines: [{ lineId: 'two', amount: money(3551) }] }],
    ['a line of another order', { lines: [{ lineId: 'three', quantity: 1 }] }],
    ['more delivery than was charged', { delivery: money(1501) }],
    ['a fee that was never charged', { paymentFee: money(1) }],
    ['more goodwill than was paid', { lines: [], delivery: undefined, other: money(15_051) }],
    ['one fils beyond everything', { other: money(1) }],
    ['nothing', { lines: [], delivery: undefined }],
  ])('%s is refused', (_what, wish) => {
    const refused = { ...everything, ...wish }
    expect(() => planRefund(basisOf(), refused)).toThrow(expect.objectContaining({ code: 'refunds/nothing-left' }))
  })
})

test('pieces cut anywhere add up to themselves, VAT, units and all', () => {
  const anyPart = fc
    .integer({ min: 0, max: 100_000 })
    .chain((amount) => fc.record({ amount: fc.constant(amount), vatAmount: fc.integer({ min: 0, max: amount }) }))
  const line = basisOf().order.lines[0]
  if (!line) throw new Error('no line')
  const anyPieces = fc
    .record({
      parts: fc.array(anyPart, { maxLength: 5 }),
      delivery: anyPart,
      paymentFee: anyPart,
      otherAmount: fc.nat(10_000),
    })
    .map(({ parts, delivery, paymentFee, otherAmount }): RefundPieces => {
      const lines = parts.filter((part) => part.amount > 0).map((part) => ({ ...part, line, quantity: 2 }))
      const amount = [...lines, delivery, paymentFee].reduce((sum, part) => sum + part.amount, otherAmount)
      return { lines, delivery, paymentFee, otherAmount, roundingAmount: 0, amount }
    })
  fc.assert(
    fc.property(anyPieces, fc.double({ min: 0, max: 1, noNaN: true }), (pieces, share) => {
      const at = Math.floor(pieces.amount * share)
      const halves = cutPieces(pieces, at)
      expect(halves.map((half) => half.amount)).toEqual([at, pieces.amount - at])
      for (const half of halves) {
        const parts = [...half.lines, half.delivery, half.paymentFee]
        expect(parts.reduce((sum, part) => sum + part.amount, half.otherAmount)).toBe(half.amount)
        for (const part of parts) expect(part.vatAmount).toBeLessThanOrEqual(part.amount)
      }
      expect(vatOf(halves[0]) + vatOf(halves[1])).toBe(vatOf(pieces))
      const units = halves.flatMap((half) => half.lines).reduce((sum, part) => sum + part.quantity, 0)
      expect(units).toBe(pieces.lines.length * 2)
    }),
  )
})
