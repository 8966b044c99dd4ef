import { chromium, type Browser, type Page } from 'playwright-core'
import type Stripe from 'stripe'
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest'
import { sdkFor } from '../../test/client.ts'
import { startShopPage, type ShopPage, type ShopPageOptions } from '../../test/shop-page.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

let browser: Browser
let sandbox: RunningSandbox
let shop: ShopPage
let page: Page

const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

beforeAll(async () => {
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: FLAGS.split(' '),
  })
})
afterAll(() => browser.close())
beforeEach(async () => {
  sandbox = await startSandbox()
})
afterEach(async () => {
  await page.close()
  await shop.close()
  await sandbox.close()
})

async function open(
  options: Partial<ShopPageOptions> & { query?: string } = {},
  viewport = { width: 900, height: 800 },
): Promise<string[]> {
  const createIntent = async () => {
    const intent = await sdkFor(sandbox).paymentIntents.create({ amount: 14_950, currency: 'aed' })
    return String(intent.client_secret)
  }
  shop = await startShopPage({ sandboxUrl: sandbox.url, locale: 'en', createIntent, ...options })
  page = await browser.newPage({ viewport })
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(`${shop.origin}/${options.query ?? ''}`)
  return complaints
}

const card = () => page.frameLocator('#payment iframe')
const bank = () => page.frameLocator('dialog iframe')
const outcome = () => page.locator('#outcome')

type Labels = readonly [number: string, expiry: string, cvc: string]
const ENGLISH: Labels = ['Card number', 'Expiry date', 'Security code']

async function typeCard(number: string, labels: Labels = ENGLISH): Promise<void> {
  await card().getByLabel(labels[0]).pressSequentially(number)
  await card().getByLabel(labels[1]).fill('1234')
  await card().getByLabel(labels[2]).fill('123')
}

test('a card is typed in the frame, pays under a strict policy, and the shop never sees its number', async () => {
  const complaints = await open()
  await typeCard('4242424242424242')
  expect(await card().getByLabel('Card number').inputValue()).toBe('4242 4242 4242 4242')
  await page.getByRole('button', { name: 'Pay' }).click()
  await expect.poll(() => outcome().textContent()).toBe('succeeded')
  expect(await page.content()).not.toContain('4242')
  expect(await page.evaluate('window.seen')).toEqual(
    expect.arrayContaining([
      ['ready', undefined],
      ['change', true],
    ]) as unknown,
  )
  expect(complaints).toEqual([])
})

test('faults are shown under their fields in Arabic, before the shop makes an intent', async () => {
  await open({ locale: 'ar' }, { width: 390, height: 844 })
  await card().getByLabel('رقم البطاقة').fill('4242424242424241')
  await page.getByRole('button').click()
  await expect.poll(() => outcome().textContent()).toBe('invalid invalid_number')
  const number = card().getByLabel('رقم البطاقة')
  expect(await number.getAttribute('aria-invalid')).toBe('true')
  expect(await number.getAttribute('dir')).toBe('ltr')
  await card().getByText('أدخل رمز الأمان.').waitFor()
  expect(await card().locator('html').getAttribute('dir')).toBe('rtl')
  expect(shop.secretsAsked()).toBe(0)
})

test('a decline comes back in the page’s language, and another card pays', async () => {
  await open({ locale: 'ar' })
  const labels = ['رقم البطاقة', 'تاريخ الانتهاء', 'رمز الأمان'] as const
  await typeCard('4000000000009995', labels)
  await page.getByRole('button').click()
  await expect
    .poll(() => outcome().textContent())
    .toContain('card_error | card_declined | insufficient_funds | رصيد البطاقة')
  await card().getByLabel('رقم البطاقة').fill('4242424242424242')
  await page.getByRole('button').click()
  await expect.poll(() => outcome().textContent()).toBe('succeeded')
})

test('3-D Secure opens over the page; failing it is an error, completing it pays', async () => {
  const complaints = await open()
  await typeCard('4000002760003184')
  await page.getByRole('button', { name: 'Pay' }).click()
  await bank().getByRole('button', { name: 'Fail' }).click()
  await expect.poll(() => outcome().textContent()).toContain('payment_intent_authentication_failure')
  expect(await page.locator('dialog').count()).toBe(0)
  await page.getByRole('button', { name: 'Pay' }).click()
  await bank().getByRole('button', { name: 'Complete' }).click()
  await expect.poll(() => outcome().textContent()).toBe('succeeded')
  expect(complaints.filter((text) => !text.includes('402'))).toEqual([])
})

test('without if_required a paid page leaves for the return address', async () => {
  await open({ redirect: 'always' })
  await typeCard('4242424242424242')
  await page.getByRole('button', { name: 'Pay' }).click()
  await page.waitForURL('**/done?**')
  const query = new URL(page.url()).searchParams
  expect(query.get('order')).toBe('1')
  expect(query.get('redirect_status')).toBe('succeeded')
  expect(sandbox.control.findIntent(String(query.get('payment_intent')))?.status).toBe('succeeded')
})

test('a lost answer is a connection error, not a decline', async () => {
  await open()
  sandbox.control.addFault({
    provider: 'stripe',
    kind: 'reset-after',
    path: '/v1/payment_intents/{id}/confirm',
    times: 5,
  })
  await typeCard('4242424242424242')
  await page.getByRole('button', { name: 'Pay' }).click()
  await expect.poll(() => outcome().textContent()).toContain('api_connection_error')
  expect(sandbox.control.state().paymentIntents[0]?.status).toBe('succeeded')
})

/** A shopper who is signed in: what the shop's server makes for them. */
async function customer() {
  const stripe = sdkFor(sandbox)
  const { id } = await stripe.customers.create({})
  const features: Stripe.CustomerSessionCreateParams.Components.PaymentElement.Features = {
    payment_method_redisplay: 'enabled',
    payment_method_allow_redisplay_filters: ['always', 'limited'],
    payment_method_save: 'enabled',
    payment_method_save_usage: 'on_session',
  }
  const components = { payment_element: { enabled: true, features } }
  const session = await stripe.customerSessions.create({ customer: id, components })
  return {
    customerSession: session.client_secret,
    cards: async () => (await stripe.customers.listPaymentMethods(id)).data.map(({ card }) => card?.last4),
    createIntent: async () =>
      String((await stripe.paymentIntents.create({ amount: 14_950, currency: 'aed', customer: id })).client_secret),
    createSetup: async () => String((await stripe.setupIntents.create({ customer: id })).client_secret),
  }
}

test('a card is kept only when the shopper ticks the box, and pays the next time without being typed', async () => {
  const { customerSession, createIntent, cards } = await customer()
  await open({ customerSession, createIntent })
  await typeCard('4242424242424242')
  await page.getByRole('button', { name: 'Pay' }).click()
  await expect.poll(() => outcome().textContent()).toBe('succeeded')
  expect(await cards()).toEqual([])

  await page.reload()
  await typeCard('5555555555554444')
  await card().getByLabel('Save this card for next time').check()
  await page.getByRole('button', { name: 'Pay' }).click()
  await expect.poll(() => outcome().textContent()).toBe('succeeded')
  expect(await cards()).toEqual(['4444'])

  const complaints = await openAgain({ customerSession, createIntent, locale: 'ar' })
  await card().getByRole('group', { name: 'ادفع بواسطة' }).waitFor()
  expect(await card().getByRole('radio', { name: /4444/ }).isChecked()).toBe(true)
  expect(await card().getByLabel('رقم البطاقة').isVisible()).toBe(false)
  await page.getByRole('button').click()
  await expect.poll(() => outcome().textContent()).toBe('succeeded')
  expect(sandbox.control.state().paymentIntents[0]?.status).toBe('succeeded')
  expect(complaints).toEqual([])
})

async function openAgain(options: Partial<ShopPageOptions>): Promise<string[]> {
  await page.close()
  await shop.close()
  return open(options)
}

test('a guest sees no box to tick and nothing to choose from', async () => {
  await open()
  await card().getByLabel('Card number').waitFor()
  expect(await card().getByRole('checkbox').isVisible()).toBe(false)
  expect(await card().getByRole('radio').count()).toBe(0)
})

test('wallets are offered where the browser has them, which the address of a page can say', async () => {
  await open({ query: '?sandbox-wallets=google_pay' })
  await card().getByRole('radio', { name: 'Google Pay' }).waitFor()
  expect(await card().getByRole('radio', { name: 'Apple Pay' }).count()).toBe(0)
  await page.getByRole('button', { name: 'Pay' }).click()
  await expect.poll(() => outcome().textContent()).toBe('succeeded')
  const { latest_charge: charge } = await sdkFor(sandbox).paymentIntents.retrieve(
    sandbox.control.state().paymentIntents[0]?.id ?? '',
    { expand: ['latest_charge'] },
  )
  expect(charge).toMatchObject({ payment_method_details: { card: { wallet: { type: 'google_pay' } } } })
  await page.goto(shop.origin) // the tab remembers
  await card().getByRole('radio', { name: 'Another card' }).check()
  expect(await card().getByLabel('Card number').isVisible()).toBe(true)
})

test('a card is kept without a payment, after the bank has agreed', async () => {
  const { createSetup, cards } = await customer()
  await open({ mode: 'setup', createIntent: createSetup })
  await typeCard('4000002500003155')
  await page.getByRole('button', { name: 'Pay' }).click()
  await bank().getByRole('heading', { name: 'Confirm that your card is kept' }).waitFor()
  await bank().getByRole('button', { name: 'Complete' }).click()
  await expect.poll(() => outcome().textContent()).toBe('succeeded')
  expect(await cards()).toEqual(['3155'])
})

test('held money is asked for by both or by none: Elements and the intent must say the same', async () => {
  const createIntent = async () =>
    String(
      (await sdkFor(sandbox).paymentIntents.create({ amount: 14_950, currency: 'aed', capture_method: 'manual' }))
        .client_secret,
    )
  await open({ createIntent })
  await typeCard('4242424242424242')
  await page.getByRole('button', { name: 'Pay' }).click()
  await expect.poll(() => outcome().textContent()).toContain('captureMethod')
})
