import { emirates } from '@dhow/contracts/address.ts'
import type { Address } from '@dhow/contracts/address.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { formatMobile } from '@dhow/contracts/phone.ts'
import { formatterFor } from '@dhow/i18n/format.ts'
import { createTranslator } from '@dhow/i18n/translate.ts'
import { amountText, isolate, isolateLtr } from './mail-text.ts'
import { courierCode, dueRows, feeRows, paymentLine } from './order-confirmation-payment.ts'
import type { OrderMail } from './order-confirmation.ts'

const RULE = '-'.repeat(40)

/** The days it may arrive, as a sentence. */
export function arrivalText({ delivery, locale }: Pick<OrderView, 'delivery' | 'locale'>): string {
  const t = createTranslator(locale)
  const format = formatterFor(locale)
  const { earliest, latest } = delivery
  return earliest === latest
    ? t('email.order-confirmed.arrives.day', { day: format.day(earliest) })
    : t('email.order-confirmed.arrives.range', { earliest: format.day(earliest), latest: format.day(latest) })
}

const brandNames: Readonly<Record<string, string>> = {
  visa: 'Visa',
  mastercard: 'Mastercard',
  amex: 'American Express',
}

export const brandName = (brand: string): string => brandNames[brand] ?? brand

/** The address from the door outwards, as couriers read it, in lines of parts; no postcode, there are none. */
export function addressLines(address: Address, locale: OrderView['locale']): string[][] {
  const { recipientName, unit, building, street, area, emirate, landmark } = address
  const lines = [[recipientName], [unit, building], [street, landmark], [area, emirates[emirate][locale]]]
  return lines.map((parts) => parts.filter(Boolean)).filter((parts) => parts.length > 0)
}

/** What stands between the parts of a line. */
export const commaOf = (locale: OrderView['locale']): string => (locale === 'ar' ? '، ' : ', ')

export const priceOrFree = (order: OrderView): string =>
  order.delivery.price.amount === 0
    ? createTranslator(order.locale)('email.order-confirmed.free')
    : amountText(order.delivery.price, order.locale)

function lineTexts(order: OrderView): string[] {
  const { locale } = order
  const t = createTranslator(locale)
  return order.lines.flatMap((line) => [
    isolate(line.optionText ? `${line.name} (${line.optionText})` : line.name, locale),
    `  ${t('email.order-confirmed.quantity', { quantity: line.quantity })} × ${isolateLtr(amountText(line.unitPrice, locale), locale)} = ${isolateLtr(amountText(line.total, locale), locale)}`,
  ])
}

function totalTexts(order: OrderView): string[] {
  const { locale, totals } = order
  const t = createTranslator(locale)
  const row = (label: string, value: string) => `${label}: ${isolate(value, locale)}`
  return [
    row(t('email.order-confirmed.subtotal'), amountText(totals.subtotal, locale)),
    row(t('email.order-confirmed.deliveryFee'), priceOrFree(order)),
    ...feeRows(order).map(({ id, amount }) => row(t(id), amountText(amount, locale))),
    row(t('email.order-confirmed.total'), amountText(totals.grandTotal, locale)),
    row(t('email.order-confirmed.vat'), amountText(totals.vat, locale)),
    ...dueRows(order).map(({ id, amount }) => row(t(id), amountText(amount, locale))),
  ]
}

function courierTexts(order: OrderView): string[][] {
  const code = courierCode(order)
  const t = createTranslator(order.locale)
  if (code === null) return []
  return [
    [`${t('email.order-confirmed.code')}: ${isolateLtr(code, order.locale)}`, t('email.order-confirmed.code.line')],
  ]
}

/** The part for programs and people who read no HTML: the same facts, in the same order. */
export function orderConfirmationText({ order, orderUrl, merchant }: OrderMail): string {
  const { locale } = order
  const t = createTranslator(locale)
  const sections = [
    [
      t('email.order-confirmed.title', { name: isolate(order.contact.name, locale) }),
      t(paymentLine(order)),
      `${t('email.order-confirmed.number')}: ${isolateLtr(order.number, locale)}`,
    ],
    ...courierTexts(order),
    [`${t('email.order-confirmed.open')}:`, orderUrl, t('email.order-confirmed.open.line')],
    [
      arrivalText(order),
      `${t('email.order-confirmed.to')}:`,
      ...addressLines(order.address, locale).map((parts) =>
        parts.map((part) => isolate(part, locale)).join(commaOf(locale)),
      ),
      isolateLtr(formatMobile(order.address.phone), locale),
    ],
    [RULE, ...lineTexts(order), RULE, ...totalTexts(order)],
    [t('email.order-confirmed.help', { phone: isolateLtr(merchant.phone, locale) })],
    [
      merchant.legalName,
      t('email.order-confirmed.trn', { trn: isolateLtr(merchant.trn, locale) }),
      merchant.address,
      t('email.order-confirmed.why'),
    ],
  ]
  return `${sections.map((lines) => lines.join('\n')).join('\n\n')}\n`
}
