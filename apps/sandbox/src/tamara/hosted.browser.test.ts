import AxeBuilder from '@axe-core/playwright'
import { once } from 'node:events'
import { createServer, type Server } from 'node:http'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { purchase, tamaraAt } from '../../test/tamara.ts'
import { startSandbox, type RunningSandbox } from '../app.ts'

const FLAGS =
  '--no-sandbox --disable-gpu --disable-quic --no-first-run --disable-background-networking --disable-component-update --disable-sync'

let browser: Browser
let sandbox: RunningSandbox
let shop: Server
let shopUrl: string

beforeAll(async () => {
  shop = createServer((_req, res) => void res.end('<!doctype html><title>Shop</title><h1>Shop</h1>'))
  shop.listen(0, '127.0.0.1')
  await once(shop, 'listening')
  const address = shop.address()
  shopUrl = `http://127.0.0.1:${typeof address === 'object' && address ? address.port : 0}`
  sandbox = await startSandbox()
  browser = await chromium.launch({
    executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
    args: FLAGS.split(' '),
  })
})
afterAll(async () => {
  await browser.close()
  await sandbox.close()
  shop.closeAllConnections()
  shop.close()
})
beforeEach(() => sandbox.control.reset())

type Opened = { page: Page; id: string; url: string }

/** The page of a fresh purchase on a small phone. */
async function open(change: object = {}, options: { javaScriptEnabled?: boolean } = {}): Promise<Opened> {
  const merchant_url = { success: `${shopUrl}/paid?order=1`, failure: `${shopUrl}/refused`, cancel: `${shopUrl}/left` }
  const { body } = await tamaraAt(sandbox)('POST', '/checkout', purchase({ merchant_url, ...change }))
  const context = await browser.newContext({ viewport: { width: 320, height: 640 }, ...options })
  const page = await context.newPage()
  await page.goto(body['checkout_url'])
  return { page, id: body['order_id'], url: body['checkout_url'] }
}
const statusOf = (id: string) => sandbox.control.tamara.findOrder(id)?.status
const codeOf = (id: string) => sandbox.control.tamara.findOrder(id)?.code ?? ''
const faultsOf = async (page: Page): Promise<string[]> =>
  (await new AxeBuilder({ page }).analyze()).violations.map(({ id, help }) => `${id}: ${help}`)

async function toPlan({ page, id }: Opened, phone?: string): Promise<void> {
  if (phone !== undefined) await page.getByLabel('Mobile number').fill(phone)
  await page.getByRole('button', { name: 'Send code' }).click()
  await page.getByLabel('Code', { exact: true }).fill(codeOf(id))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await page.getByRole('heading', { name: 'Your plan' }).waitFor()
}
async function payBy(page: Page, card: string): Promise<void> {
  await page.getByLabel('Card number').fill(card)
  await page.getByLabel('Expiry date').fill('01/99')
  await page.getByLabel('Security code').fill('257')
  const consent = page.getByRole('checkbox')
  if (!(await consent.isChecked())) await consent.check()
  await page.getByRole('button', { name: 'Pay AED 37.39 now' }).click()
}

test('phone, code and card lead back to the shop, by keyboard alone and without script', async () => {
  const opened = await open({}, { javaScriptEnabled: false })
  const { page, id } = opened
  await page.getByLabel('Mobile number').press('Enter')
  expect(await page.locator('#shown-code').innerText()).toBe(codeOf(id))
  await page.getByLabel('Code', { exact: true }).focus()
  await page.keyboard.type(codeOf(id))
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Your plan' }).waitFor()
  expect(await page.getByRole('list', { name: 'Your plan' }).getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/^Today\s+AED.37\.39$/),
    ...Array.from({ length: 3 }, () => expect.stringMatching(/^\d+ \w+\s+AED.37\.37$/)),
  ])
  await page.getByLabel('Card number').focus()
  for (const typed of ['5436 0310 3060 6378', '01/99', '257']) {
    await page.keyboard.type(typed)
    await page.keyboard.press('Tab')
  }
  await page.keyboard.press('Space')
  await page.keyboard.press('Enter')
  await page.waitForURL(`${shopUrl}/paid?order=1&paymentStatus=approved&orderId=${id}`)
  expect(statusOf(id)).toBe('approved')
  await page.context().close()
})

test('in Arabic it reads from right to left, fits a small phone, and changes language on the way', async () => {
  const { page, id } = await open({ locale: 'ar_SA' })
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  await page.getByRole('heading', { level: 1, name: 'رقم هاتفك' }).waitFor()
  await page.getByRole('button', { name: 'أرسل الرمز' }).click()
  await page.getByLabel('الرمز', { exact: true }).fill(codeOf(id))
  await page.getByRole('button', { name: 'تأكيد' }).click()
  await page.getByRole('heading', { name: 'خطة السداد' }).waitFor()
  expect(await faultsOf(page)).toEqual([])
  const widths = await page.locator('html').evaluate((html) => [html.scrollWidth, html.clientWidth])
  expect(widths[0]).toBe(widths[1])
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByRole('heading', { name: 'Your plan' }).waitFor()
  await page.context().close()
})

test('what was typed wrong is said beside its field, and may be tried again', async () => {
  const opened = await open()
  const { page, id } = opened
  await page.getByLabel('Mobile number').fill('12')
  await page.getByRole('button', { name: 'Send code' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('nine digits')
  expect(await page.getByLabel('Mobile number').getAttribute('aria-invalid')).toBe('true')
  await page.getByLabel('Mobile number').fill('0544337866')
  await page.getByRole('button', { name: 'Send code' }).click()
  await page.getByLabel('Code', { exact: true }).fill('000000')
  await page.getByRole('button', { name: 'Confirm' }).click()
  expect(await page.getByRole('alert').innerText()).toContain('not the code')
  expect(await faultsOf(page)).toEqual([])
  await page.getByLabel('Code', { exact: true }).fill(codeOf(id))
  await page.getByRole('button', { name: 'Confirm' }).click()
  await payBy(page, '4556253752712245')
  expect(await page.getByRole('alert').innerText()).toContain('declined this card')
  expect(statusOf(id)).toBe('new')
  await payBy(page, '4242424242424242')
  await page.waitForURL(/paymentStatus=approved/)
  await page.context().close()
})

test('the declined number, a refusal and leaving each return with their word', async () => {
  const declined = await open()
  await toPlan(declined, '526422337')
  await payBy(declined.page, '5436031030606378')
  await declined.page.waitForURL(`${shopUrl}/refused?paymentStatus=declined&orderId=${declined.id}`)
  expect(statusOf(declined.id)).toBe('declined')
  await declined.page.context().close()

  const left = await open()
  await left.page.getByRole('button', { name: 'Cancel and go back to the shop' }).click()
  await left.page.waitForURL(`${shopUrl}/left?paymentStatus=canceled&orderId=${left.id}`)
  expect(statusOf(left.id)).toBe('canceled')
  await left.page.goto(left.url)
  await left.page.getByRole('heading', { name: 'This session is over' }).waitFor()
  expect(await left.page.getByRole('link', { name: 'Back to the shop' }).getAttribute('href')).toContain(
    'paymentStatus',
  )
  await left.page.context().close()
})

test('the widget shows the parts in the shop’s language, and anew when the price changes', async () => {
  const page = await browser.newPage()
  await page.goto(shopUrl)
  await page.evaluate(() =>
    Object.assign(window, { tamaraWidgetConfig: { lang: 'en', country: 'AE', publicKey: 'pk' } }),
  )
  await page.setContent('<tamara-widget type="tamara-summary" amount="149.50"></tamara-widget>')
  await page.addScriptTag({ url: `${sandbox.url}/widget-v2/tamara-widget.js` })
  const widget = page.locator('tamara-widget')
  await expect.poll(() => widget.innerText()).toMatch(/4 payments of AED.37\.38$/)
  await widget.evaluate((element) => {
    element.setAttribute('amount', '400.00')
    Object.assign(window, { tamaraWidgetConfig: { lang: 'ar', country: 'AE', publicKey: 'pk' } })
    ;(window as unknown as { TamaraWidgetV2: { refresh(): void } }).TamaraWidgetV2.refresh()
  })
  expect(await widget.innerText()).toContain('4 دفعات بقيمة')
  expect(await widget.innerText()).toContain('100.00')
  await page.close()
})
