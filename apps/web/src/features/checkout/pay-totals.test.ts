import type { PaymentOption } from '@dhow/contracts/cart.ts'
import { money } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import { cartTotals, priceOf, totalsByMethod } from './pay-totals.ts'

const cash: PaymentOption = {
  method: 'cod',
  refusal: null,
  fee: money(1_000),
  vat: money(588),
  rounding: money(-20),
  due: money(6_325),
  instalments: null,
  label: null,
  card: null,
}
const credit = { balance: money(9_000), usable: money(5_000), isUsed: true, coversAll: false }
const byCash = { method: 'cod', usesCredit: true } as const

test('a fee joins the total, store credit and rounding come off it, and what is left is the server’s', () => {
  const priced = priceOf({ items: [cash], storeCredit: credit }, byCash)
  const totals = { subtotal: money(10_000), delivery: money(1_345), vat: money(540), grandTotal: money(11_345) }
  expect(priced && cartTotals(totals, priced)).toMatchObject({
    paymentFee: money(1_000),
    vat: money(588),
    grandTotal: money(12_345),
    storeCredit: money(5_000),
    rounding: money(-20),
    due: money(6_325),
  })
})

test('what cannot be had has no price: refused, without credit, or credit that does not cover the whole', () => {
  const refused = { ...cash, refusal: 'refused-before' as const }
  expect(priceOf({ items: [refused], storeCredit: credit }, byCash)).toBeUndefined()
  expect(priceOf({ items: [cash], storeCredit: null }, byCash)).toBeUndefined()
  const all = { method: 'store-credit', usesCredit: true } as const
  expect(priceOf({ items: [cash], storeCredit: credit }, all)).toBeUndefined()
  expect(priceOf({ items: [cash], storeCredit: { ...credit, coversAll: true } }, all)?.due).toEqual(money(0))
})

test('the summary has totals for every method that can be had, and for credit alone where it pays all', () => {
  const totals = { subtotal: money(10_000), delivery: money(1_345), vat: money(540), grandTotal: money(11_345) }
  const refused = { ...cash, method: 'tabby' as const, refusal: 'amount-too-low' as const }
  const card = {
    ...cash,
    method: 'card' as const,
    fee: money(0),
    vat: money(540),
    rounding: money(0),
    due: money(6_345),
  }
  const options = { items: [cash, card, refused], storeCredit: credit }
  const found = totalsByMethod(options, (priced) => cartTotals(totals, priced))
  expect(found).toMatchObject({
    cod: { grandTotal: money(12_345), due: money(6_325) },
    card: { grandTotal: money(11_345), storeCredit: money(5_000), due: money(6_345) },
  })
  expect(Object.keys(found)).toHaveLength(2)
  const all = { ...options, storeCredit: { ...credit, coversAll: true } }
  expect(totalsByMethod(all, (priced) => cartTotals(totals, priced))['store-credit']?.due).toEqual(money(0))
})
