import type { InstalmentOffer } from '@dhow/contracts/payment-offers.ts'
import { formatterFor } from '@dhow/i18n/format.ts'
import { money } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import type { PaymentOffers } from './payment-offers.ts'
import { amountsOfProduct, instalmentPromos } from './instalment-promos.ts'

const lender: InstalmentOffer = {
  isShown: true,
  instalmentCount: 4,
  minimum: money(1_000),
  maximum: money(500_000),
  widget: null,
}

const pageWith = (offers: Omit<PaymentOffers, 'methods'> | null) => ({
  format: formatterFor('en'),
  paymentOffers: () => Promise.resolve(offers && { ...offers, methods: [] }),
})

test('the part that is told is the first, which takes the fils that do not divide', async () => {
  const [tabby] = await instalmentPromos(pageWith({ tabby: lender, tamara: lender }), [money(32_500), money(32_501)])
  expect(tabby?.parts).toEqual({ 32500: 'AED\u00A081.25', 32501: 'AED\u00A081.26' })
})

test('an amount the provider does not usually lend is named without parts, never left out', async () => {
  const offers = { tabby: lender, tamara: { ...lender, isShown: false } }
  expect(await instalmentPromos(pageWith(offers), [money(999), money(500_001)])).toMatchObject([
    { provider: 'tabby', parts: {} },
  ])
})

test('a provider that alone says into how many is named without parts', async () => {
  const offers = { tabby: { ...lender, isShown: false }, tamara: { ...lender, instalmentCount: null } }
  expect(await instalmentPromos(pageWith(offers), [money(32_500)])).toMatchObject([
    { provider: 'tamara', count: null, parts: {} },
  ])
})

test('nothing is said when nobody can say what is offered', async () => {
  expect(await instalmentPromos(pageWith(null), [money(32_500)])).toEqual([])
})

test('a product’s amounts are its distinct prices times what is bought at once, of few quantities where prices are many', () => {
  const twoPrices = amountsOfProduct([money(100), money(250), money(100)])
  expect(twoPrices).toHaveLength(40)
  expect(twoPrices).toContainEqual(money(5_000))
  const many = amountsOfProduct(Array.from({ length: 60 }, (_, index) => money(1_000 + index)))
  expect(many).toHaveLength(120)
})
