import { money, parseDecimal } from '@dhow/money/money.ts'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { boughtBefore, beginRequest } from '../../../../test/tabby.ts'
import type { PurchaseItem } from '../port.ts'
import { allowedUrl, checkoutBody, eligibilityBody } from './checkout-body.ts'

const config = { TABBY_MERCHANT_CODE: 'AE' }
const now = new Date('2026-11-24T08:00:00Z')
const decimal = /^(0|[1-9]\d*)\.\d{2}$/

interface Sent {
  payment: {
    amount: string
    order: {
      items: { quantity: number; unit_price: string; discount_amount: string }[]
      tax_amount: string
      shipping_amount: string
      discount_amount: string
    }
  }
}
const filsOf = (text: string): number => {
  expect(text).toMatch(decimal)
  return parseDecimal(text)?.amount ?? Number.NaN
}

/** What the parts of an order come to, as whoever reads the body would add them up. */
function sumOf({ payment: { order } }: Sent): number {
  const lines = order.items.map((item) => item.quantity * filsOf(item.unit_price) - filsOf(item.discount_amount))
  const goods = lines.reduce((sum, line) => sum + line, 0)
  return goods + filsOf(order.shipping_amount) - filsOf(order.discount_amount)
}

const fils = (max: number) => fc.integer({ min: 0, max })
const item: fc.Arbitrary<PurchaseItem> = fc
  .record({ quantity: fc.integer({ min: 1, max: 20 }), price: fils(500_000), off: fils(1_000) })
  .map(({ quantity, price, off }) => ({
    ...boughtBefore().items[0]!, // oxlint-disable-line typescript/no-non-null-assertion -- written out there
    quantity,
    unitPrice: money(price),
    total: money(Math.max(0, price * quantity - off)),
  }))
const purchase = fc.record({
  items: fc.array(item, { minLength: 1, maxLength: 8 }),
  delivery: fils(5_000),
  discount: fils(20_000),
})

test('whatever is bought, amounts leave as decimals and the parts add up to the amount to the fils', () => {
  fc.assert(
    fc.property(purchase, ({ items, delivery, discount }) => {
      const goods = items.reduce((sum, { total }) => sum + total.amount, 0)
      const amount = Math.max(1, goods + delivery - discount)
      const details = boughtBefore({ items, delivery: money(delivery), discount: money(discount) })
      const body = checkoutBody(config, { request: beginRequest({ amount }), details }, now) as Sent
      expect(filsOf(body.payment.amount)).toBe(amount)
      expect(sumOf(body)).toBe(amount)
    }),
  )
})

test('fils become decimals and are read back as the same fils', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 99_999_999 }), (amount) => {
      const body = checkoutBody(config, { request: beginRequest({ amount }), details: boughtBefore() }, now) as Sent
      expect(filsOf(body.payment.amount)).toBe(amount)
    }),
  )
})

test.each([
  [1, '0.01'],
  [50, '0.50'],
  [14_950, '149.50'],
  [100_000, '1000.00'],
])('%i fils are "%s"', (amount, text) => {
  const body = checkoutBody(config, { request: beginRequest({ amount }), details: boughtBefore() }, now)
  expect(body).toMatchObject({ payment: { amount: text } })
})

test('store credit is a discount of the order, a reduced line one of its own', () => {
  const details = boughtBefore({ discount: money(4_950) })
  expect(checkoutBody(config, { request: beginRequest({ amount: 10_000 }), details }, now)).toMatchObject({
    payment: {
      order: { discount_amount: '49.50', shipping_amount: '15.00', items: [{ discount_amount: '5.50' }, {}] },
    },
  })
})

test('a guest is new today, and has bought nothing', () => {
  const buyerHistory = { registeredSince: null, successfulOrders: 0, isPhoneVerified: false, isEmailVerified: false }
  const details = boughtBefore({ buyerHistory, orderHistory: [] })
  expect(checkoutBody(config, { request: beginRequest(), details }, now)).toMatchObject({
    payment: {
      buyer_history: { registered_since: '2026-11-24T08:00:00.000Z', loyalty_level: 0 },
      order_history: [],
    },
  })
})

test('no more than ten earlier orders are told, and no text is longer than Tabby takes', () => {
  const [earlier] = boughtBefore().orderHistory
  if (!earlier) throw new Error('no earlier order')
  const [line] = boughtBefore().items
  if (!line) throw new Error('no line')
  const details = boughtBefore({
    orderHistory: Array.from({ length: 14 }, () => earlier),
    items: [{ ...line, name: 'x'.repeat(400), category: '' }],
  })
  const body = checkoutBody(config, { request: beginRequest(), details }, now) as Sent & {
    payment: { order_history: unknown[] }
  }
  expect(body.payment.order_history).toHaveLength(10)
  expect(body.payment.order.items).toMatchObject([{ title: 'x'.repeat(255), category: 'Other' }])
})

test('an address longer than Tabby takes is left out, as those of Arabic products are', () => {
  const [line] = boughtBefore().items
  if (!line) throw new Error('no line')
  const productUrl = `https://shop.example/ar/p/${encodeURIComponent('دهن عود كمبودي معتّق سبع سنوات في زجاجة كريستال')}`
  const details = boughtBefore({ items: [{ ...line, productUrl, pictureUrl: 'https://shop.example/1.webp' }] })
  const body = checkoutBody(config, { request: beginRequest(), details }, now) as Sent
  expect(productUrl.length).toBeGreaterThan(255)
  expect(body.payment.order.items[0]).not.toHaveProperty('product_url')
  expect(body.payment.order.items[0]).toMatchObject({ image_url: 'https://shop.example/1.webp' })
})

test('a question names no order', () => {
  const { buyer } = boughtBefore()
  const request = { amount: money(14_950), locale: 'en', buyer, address: null, details: async () => undefined } as const
  const body = eligibilityBody(config, { request, buyer, details: undefined }, now)
  expect(body).not.toHaveProperty('merchant_urls')
  expect(body).not.toHaveProperty('payment.meta')
})

test.each([
  ['https://shop.example/en/orders/DH-1?token=aB_c~d', 'https://shop.example/en/orders/DH-1?token=aB%5Fc%7Ed'],
  ['https://shop.example/ar/الطلبات?x=1&y=%20', 'https://shop.example/ar/الطلبات?x=1&y=%20'],
  ["https://shop.example/(a)*!'", 'https://shop.example/%28a%29%2A%21%27'],
])('%s is sent as %s', (ours, theirs) => {
  expect(allowedUrl(ours)).toBe(theirs)
  expect(decodeURIComponent(allowedUrl(ours))).toBe(decodeURIComponent(ours))
})
