import type { OrderView } from '@dhow/contracts/orders.ts'
import { money } from '@dhow/money/money.ts'
import { expect, test } from 'vitest'
import { unitConfig } from '../../../test/unit-config.ts'
import { retrySeconds } from './send-order-mail.ts'
import { escapeHtml } from './mail-html.ts'
import { writeOrderConfirmation } from './order-confirmation.ts'

const id = '0192a000-0000-7000-8000-00000000000a'

const config = unitConfig()

function order(wish: Partial<OrderView> = {}): OrderView {
  return {
    number: 'DH-7K3M-9QXT',
    state: 'confirmed',
    placedAt: '2026-11-24T08:00:00.000Z',
    locale: 'en',
    contact: { name: 'Mariam', email: 'mariam@example.com', phone: '+971501234567' },
    address: {
      recipientName: 'Mariam',
      phone: '+971501234567',
      emirate: 'AE-DU',
      area: 'Al Barsha 1',
      kind: 'villa',
      building: 'Villa 7',
      unit: '',
      street: '',
      landmark: '',
      makani: '',
      location: null,
      notes: '',
    },
    delivery: { method: 'standard', price: money(1_500), earliest: '2026-11-25', latest: '2026-11-26' },
    lines: [
      {
        id,
        variantId: id,
        slugs: { en: 'oud-oil', ar: 'دهن-عود' },
        name: 'Oud oil',
        optionText: '12 ml',
        sku: 'OUD-12',
        picture: { key: 'oud-oil', alt: 'Oud oil', width: 400, height: 440, widths: [320, 640, 1080] },
        quantity: 2,
        unitPrice: money(61_725),
        total: money(123_450),
        vat: money(5_879),
      },
    ],
    itemCount: 2,
    totals: {
      subtotal: money(123_450),
      delivery: money(1_500),
      vat: money(5_950),
      grandTotal: money(124_950),
      paymentFee: money(0),
      storeCredit: money(0),
      rounding: money(0),
      due: money(124_950),
    },
    payment: {
      id,
      method: 'card',
      state: 'captured',
      amount: money(124_950),
      captured: money(124_950),
      refunded: money(0),
      wallet: null,
      card: { brand: 'visa', last4: '4242' },
      declineReason: null,
    },
    payBefore: null,
    refunds: [],
    cash: null,
    canChangeMethod: false,
    canCancel: false,
    timeline: [],
    ...wish,
  }
}

const write = (wish?: Partial<OrderView>) =>
  writeOrderConfirmation(config, { order: order(wish), token: 't'.repeat(32) })
const withName = (name: string) => write({ contact: { ...order().contact, name } })
/** The tags alone, without the values of their attributes. */
const tagsOf = (html: string): string => (html.replace(/"[^"]*"/g, '""').match(/<[^>]*>/g) ?? []).join('')

test('the mail says what was bought, what it cost, when it comes, and opens the order', () => {
  const { subject, text, html, to, replyTo } = write()
  expect({ subject, to, replyTo }).toEqual({
    subject: 'Your order DH-7K3M-9QXT is confirmed',
    to: 'mariam@example.com',
    replyTo: 'care@dhow.example',
  })
  const link = `https://shop.example/en/orders/DH-7K3M-9QXT?key=${'t'.repeat(32)}`
  for (const part of [text, html]) {
    for (const fact of ['AED 617.25', 'AED 1,234.50', 'AED 15.00', 'AED 1,249.50', 'AED 59.50', '100482913700003'])
      expect(part).toContain(fact)
    expect(part).toContain('Arrives between Wednesday, 25 November and Thursday, 26 November')
    expect(part).toContain(link)
  }
  expect(html).toContain('src="https://shop.example/media/oud-oil/320.webp"')
})

test('cash to bring is said with its fee, its rounding and the courier’s code, in both languages', () => {
  const { totals, payment } = order()
  const cash: Partial<OrderView> = {
    totals: {
      ...totals,
      paymentFee: money(1_000),
      grandTotal: money(125_962),
      storeCredit: money(5_000),
      rounding: money(-12),
      due: money(120_950),
    },
    payment: { ...payment, method: 'cod', state: 'authorised', card: null },
    cash: { state: 'pending', deliveryCode: '048213' },
  }
  const english = write(cash)
  for (const part of [english.text, english.html]) {
    for (const fact of ['AED 10.00', 'AED 1,259.62', 'AED -50.00', 'AED -0.12', 'AED 1,209.50', '048213'])
      expect(part).toContain(fact)
    expect(part).toContain('You pay the courier in cash.')
    expect(part).not.toContain('Your payment has arrived')
  }
  const arabic = write({ ...cash, locale: 'ar' })
  for (const part of [arabic.text, arabic.html])
    for (const fact of ['رمز المندوب', '048213']) expect(part).toContain(fact)
})

test('who lends is named; held money has not arrived', () => {
  const { payment } = order()
  const held = write({ payment: { ...payment, method: 'tabby', state: 'authorised', card: null } })
  const taken = write({ payment: { ...payment, method: 'tamara', card: null } })
  for (const part of [held.text, held.html]) {
    expect(part).toContain('Your payment is secured')
    expect(part).toMatch(/Paid with Tabby[^]{0,600}AED 1,249\.50/)
  }
  expect(taken.text).toContain('Your payment has arrived')
  expect(taken.html).toContain('Paid with Tamara')
})

test('a card that pays what store credit left has paid it: nothing is left to pay', () => {
  const { totals } = order()
  const { text, html } = write({ totals: { ...totals, storeCredit: money(24_950), due: money(100_000) } })
  for (const part of [text, html]) expect(part).toMatch(/AED -249\.50[^]{0,600}Paid by card[^]{0,600}AED 1,000\.00/)
})

test('in Arabic every level says right to left, and sides are swapped', () => {
  const { html, text, subject } = write({ locale: 'ar' })
  expect(subject).toBe('تم تأكيد طلبك DH-7K3M-9QXT')
  for (const opening of ['<html lang="ar" dir="rtl">', 'class="ground" dir="rtl"', 'lang="ar" dir="rtl"'])
    expect(html).toContain(opening)
  expect(html).toContain('text-align:right;color')
  expect(html).not.toContain('text-align:left;color')
  expect(text).toContain('\u2068AED 1,249.50\u2069')
})

test('amounts are written AED in both languages, in Western digits, without the sign devices cannot draw', () => {
  for (const locale of ['en', 'ar'] as const) {
    const { html, text, subject } = write({ locale })
    expect(text + html).toContain('AED 1,249.50')
    expect(text + html + subject).not.toMatch(/[\u20C3\u0660-\u0669]/)
  }
})

const vectors = [
  `<svg/onload=alert(1)>`,
  `"><img src=x onerror=alert(1)>`,
  `</bdi></td><script>alert(1)</script>`,
  `&#x6A;avascript:alert(1)`,
  `' onmouseover='alert(1)`,
  '${7*7}{{7*7}}<%= 7*7 %>',
]

test('whatever people type is text, never markup', () => {
  for (const vector of vectors) {
    const [line] = order().lines
    if (!line) throw new Error('the order has no line')
    const address = { ...order().address, recipientName: vector, area: vector, building: vector, landmark: vector }
    const contact = { ...order().contact, name: vector }
    const { html } = write({ contact, address, lines: [{ ...line, name: vector, optionText: vector }] })
    expect(html).not.toContain(vector)
    expect(tagsOf(html)).not.toMatch(/<(script|svg|iframe|form)|<img src=x|\son\w+=/i)
    expect(html).toContain(`<bdi>${escapeHtml(vector)}</bdi>`)
  }
})

test('a name cannot turn round what stands beside it', () => {
  const { html, text, subject } = withName('Mariam \u202E moc.live\u202C\u2066\u200F')
  for (const part of [html, text, subject]) expect(part).not.toMatch(/[\u202A-\u202E\u200E\u200F\u061C]/)
  expect(html).toContain('<bdi>Mariam moc.live</bdi>')
})

test('an Arabic name in an English mail is isolated, an English one is left alone', () => {
  expect(withName('مريم').text).toContain('Thank you, \u2068مريم\u2069')
  expect(withName('Mariam').text).toContain('Thank you, Mariam\n')
})

test('no line break gets into what becomes a header', () => {
  const { from, subject, to } = withName('Mariam\r\nBcc: all@example.com')
  for (const header of [from.name, subject, to]) expect(header).not.toMatch(/[\r\n]/)
})

test('one day is a day, and a delivery that costs nothing is free', () => {
  const delivery = { method: 'same-day', price: money(0), earliest: '2026-11-24', latest: '2026-11-24' } as const
  const { text } = write({ delivery })
  expect(text).toContain('Arrives Tuesday, 24 November')
  expect(text).toContain('Delivery: Free')
})

test('nothing is loaded or linked but our own website', () => {
  const { html } = write()
  const addresses = [...html.matchAll(/(?:href|src)="([^"]+)"/g)].map((match) => match[1] ?? '')
  expect(addresses.length).toBeGreaterThan(3)
  for (const address of addresses) expect(address).toMatch(/^(https:\/\/shop\.example\/|tel:)/)
})

test('waits double up to a quarter of an hour, and are never shorter than asked for', () => {
  expect([1, 2, 3, 7, 20].map((attempts) => retrySeconds(attempts, 0))).toEqual([15, 30, 60, 900, 900])
  expect(retrySeconds(1, 120)).toBe(120)
})

test('fifty lines stay below the 102 kB at which Gmail cuts a mail off', () => {
  const [line] = order().lines
  if (!line) throw new Error('the order has no line')
  const long = { ...line, name: 'دهن عود كمبودي معتّق '.repeat(4), optionText: 'اثنا عشر مليلترًا' }
  const { html } = write({ locale: 'ar', lines: Array.from({ length: 50 }, () => long) })
  expect(Buffer.byteLength(html)).toBeLessThan(100_000)
})
