import { chromium, type Browser, type Page } from 'playwright-core'
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

async function open(options: Partial<ShopPageOptions> = {}, viewport = { width: 900, height: 800 }): Promise<string[]> {
  const createIntent = async () => {
    const intent = await sdkFor(sandbox).paymentIntents.create({ amount: 14_950, currency: 'aed' })
    return String(intent.client_secret)
  }
  shop = await startShopPage({ sandboxUrl: sandbox.url, locale: 'en', createIntent, ...options })
  page = await browser.newPage({ viewport })
  const complaints: string[] = []
  page.on('console', (message) => message.type() === 'error' && complaints.push(message.text()))
  page.on('pageerror', (error) => complaints.push(error.message))
  await page.goto(shop.origin)
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
