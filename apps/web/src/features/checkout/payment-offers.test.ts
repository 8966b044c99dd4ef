import type { PaymentOption } from '@dhow/contracts/cart.ts'
import { formatterFor } from '@dhow/i18n/format.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import { money } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import { chosenAmong, instalmentWords, toPaymentOffers } from './payment-offers.ts'

const speaking = (locale: 'en' | 'ar') => ({ t: createTranslator(locale), format: formatterFor(locale) })
const ctx = speaking('en')

const option = (part: Partial<PaymentOption>): PaymentOption => ({
  method: 'card',
  refusal: null,
  fee: money(0),
  vat: money(476),
  rounding: money(0),
  due: money(10_000),
  instalments: null,
  label: null,
  card: null,
  ...part,
})

// Word for word from Tabby's page on the checkout flow: its review compares them.
test.each([
  [
    'not-available',
    'Sorry, Tabby is unable to approve this purchase. Please use an alternative payment method for your order.',
    'نأسف، تابي غير قادرة على الموافقة على هذه العملية. الرجاء استخدام طريقة دفع أخرى.',
  ],
  [
    'amount-too-high',
    'This purchase is above your current spending limit with Tabby, try a smaller cart or use another payment method',
    'قيمة الطلب تفوق الحد الأقصى المسموح به حاليًا مع تابي. يُرجى تخفيض قيمة السلة أو استخدام وسيلة دفع أخرى.',
  ],
  [
    'amount-too-low',
    'The purchase amount is below the minimum amount required to use Tabby, try adding more items or use another payment method',
    'قيمة الطلب أقل من الحد الأدنى المطلوب لاستخدام خدمة تابي. يُرجى زيادة قيمة الطلب أو استخدام وسيلة دفع أخرى.',
  ],
] as const)('Tabby’s refusal %s is said in Tabby’s words', (refusal, english, arabic) => {
  const options = { items: [option({ method: 'tabby', refusal })], storeCredit: null }
  const said = [ctx, speaking('ar')].map((each) => toPaymentOffers(each, options).methods[0]?.refusal)
  expect(said).toEqual([english, arabic])
})

test('every other refusal has words of its own, and none is blank', () => {
  for (const refusal of ['not-in-this-emirate', 'too-many-open-orders', 'refused-before', 'no-answer'] as const)
    for (const method of ['cod', 'tamara', 'card'] as const) {
      const { methods } = toPaymentOffers(ctx, { items: [option({ method, refusal })], storeCredit: null })
      expect(methods[0]?.refusal).toMatch(/\w{3}/)
    }
})

test('Tamara’s own words for its plan come before ours, and cash says what it adds and leaves out', () => {
  const items = [
    option({ method: 'tamara', label: 'Split in up to 4' }),
    option({ method: 'cod', fee: money(1_000), rounding: money(-20) }),
  ]
  const [tamara, cod] = toPaymentOffers(ctx, { items, storeCredit: null }).methods
  expect(tamara).toMatchObject({ title: ctx.t('checkout.method.tamara'), text: 'Split in up to 4' })
  expect(cod).toMatchObject({ fee: money(1_000), rounding: money(-20) })
})

test('an uneven split tells the first part by itself', () => {
  expect(instalmentWords(ctx, { count: 4, first: money(2_501), each: money(2_500) })).toBe(
    'AED\u00A025.01 first, then 3 payments of AED\u00A025.00',
  )
  expect(instalmentWords(ctx, { count: 4, first: money(2_500), each: money(2_500) })).toBe(
    '4 payments of AED\u00A025.00',
  )
})

test('a refused wish falls back to the first way that is open', () => {
  const items = [option({ method: 'tabby', refusal: 'not-available' }), option({ method: 'card' })]
  const { methods } = toPaymentOffers(ctx, { items, storeCredit: null })
  expect(chosenAmong(methods, 'tabby')).toBe('card')
  expect(chosenAmong(methods, 'card')).toBe('card')
})
