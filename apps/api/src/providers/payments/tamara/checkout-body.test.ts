import { includedVat, money, sum } from '@dhow/money/money.ts'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { z } from 'zod'
import { lineOf, paymentFor, purchaseOf } from '../../../../test/purchase.ts'
import type { PurchaseDetails } from '../port.ts'
import { checkoutBody } from './checkout-body.ts'
import { orderIdIn, referenceOf } from './reference.ts'
import { filsOf, toWire } from './wire.ts'

const Wire = z.strictObject({ amount: z.number(), currency: z.literal('AED') }).transform(({ amount }) => {
  const fils = filsOf(amount)
  if (fils === undefined) throw new Error(`no whole fils: ${amount}`)
  return fils
})
const Body = z.object({
  total_amount: Wire,
  tax_amount: Wire,
  shipping_amount: Wire,
  discount: z.object({ amount: Wire }).optional(),
  items: z.array(
    z.object({
      quantity: z.int(),
      unit_price: Wire,
      discount_amount: Wire.optional(),
      tax_amount: Wire.optional(),
      total_amount: Wire,
    }),
  ),
})

/** As Tamara reads it: printed as JSON and parsed again. */
function wireOf(details: PurchaseDetails) {
  const { details: _details, ...request } = paymentFor(details)
  return Body.parse(JSON.parse(JSON.stringify(checkoutBody(request, details, 30))))
}

describe('money on the wire', () => {
  test('any number of fils goes over as a JSON number and comes back the same', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 99_999_999_999 }), (fils) => {
        const sent: unknown = JSON.parse(JSON.stringify(toWire(money(fils)).amount))
        expect(typeof sent).toBe('number')
        expect(filsOf(Number(sent))).toBe(fils)
      }),
      { numRuns: 1_000 },
    )
  })

  test.each([
    [149.5, 14_950],
    ['149.50', 14_950],
    ['149.5000', 14_950],
    [0.07, 7],
    [0, 0],
  ])('%j is %i fils', (amount, fils) => expect(filsOf(amount)).toBe(fils))

  test.each([149.505, '149.505', '1e3', 'AED 1', Number.NaN, -0.001])('%j is never rounded', (amount) =>
    expect(filsOf(amount)).toBeUndefined(),
  )
})

describe('a basket', () => {
  const line = fc.record({
    unitPrice: fc.integer({ min: 1, max: 200_000 }),
    quantity: fc.integer({ min: 1, max: 20 }),
    off: fc.integer({ min: 0, max: 50 }),
  })

  test('adds up to the fils, line by line and as a whole, whatever its prices and VAT', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 12 }),
        fc.integer({ min: 0, max: 5_000 }),
        fc.double({ min: 0, max: 0.9, noNaN: true }),
        (lines, delivery, credit) => {
          const items = lines.map(({ unitPrice, quantity, off }) => {
            const whole = lineOf(unitPrice, quantity)
            const total = money(whole.total.amount - Math.min(off, whole.total.amount - 1))
            return { ...whole, total, vat: includedVat(total, 500) }
          })
          const goods = sum([...items.map((item) => item.total), money(delivery)])
          const vat = sum([...items.map((item) => item.vat), includedVat(money(delivery), 500)])
          const discount = money(Math.floor(goods.amount * credit))
          const wire = wireOf(purchaseOf({ items, delivery: money(delivery), vat, discount }))
          for (const sent of wire.items)
            expect(sent.unit_price * sent.quantity + (sent.tax_amount ?? 0) - (sent.discount_amount ?? 0)).toBe(
              sent.total_amount,
            )
          const lineSum = wire.items.reduce((all, sent) => all + sent.total_amount, 0)
          expect(lineSum + wire.shipping_amount - (wire.discount?.amount ?? 0)).toBe(wire.total_amount)
          expect(wire.total_amount).toBe(goods.amount - discount.amount)
          expect(wire.tax_amount).toBeLessThanOrEqual(wire.total_amount)
        },
      ),
      { numRuns: 200 },
    )
  })

  test('of three times 33.33 with 5 % VAT shows the prices the shopper saw', () => {
    const wire = wireOf(purchaseOf({ items: [lineOf(3_333, 3, 476)], vat: money(571), delivery: money(2_000) }))
    expect(wire).toMatchObject({
      total_amount: 11_999,
      tax_amount: 571,
      items: [{ unit_price: 3_333, quantity: 3, total_amount: 9_999 }],
    })
  })
})

describe('the reference', () => {
  const ids = { orderId: '0192a000-0000-7000-8000-0000000000aa', paymentId: '0192a000-0000-7000-8000-0123456789ab' }

  test('is another for each attempt and leads back to the order', () => {
    expect(referenceOf(ids)).toBe('0192a000-0000-7000-8000-0000000000aa_0123456789ab')
    expect(orderIdIn(referenceOf(ids))).toBe(ids.orderId)
  })

  test.each(['', '100000123', ids.orderId, `${ids.orderId}_0123`, `x_0123456789ab`, `${ids.orderId}_0123456789ab_x`])(
    'that is %j leads to no order of ours',
    (reference) => expect(orderIdIn(reference)).toBeNull(),
  )
})
