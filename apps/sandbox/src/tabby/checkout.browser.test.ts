import { AxeBuilder } from '@axe-core/playwright'
import { createServer, type Server } from 'node:http'
import { once } from 'node:events'
import { chromium, type Browser, type Page } from 'playwright-core'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { purchase, tabbyAt } from '../../test/tabby.ts'
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

/** The page of a fresh purchase on a small phone. */
async function open(change: Parameters<typeof purchase>[0] = {}): Promise<{ page: Page; id: string }> {
  const merchant_urls = {
    success: `${shopUrl}/paid?order=1`,
    cancel: `${shopUrl}/left`,
    failure: `${shopUrl}/failed`,
  }
  const { body } = await tabbyAt(sandbox)('POST', '/api/v2/checkout', { ...purchase(change), merchant_urls })
  const context = await browser.newContext({ viewport: { width: 320, height: 640 } })
  const page = await context.newPage()
  await page.goto(body['configuration'].available_products.installments[0].web_url)
  return { page, id: body['payment'].id }
}
/** What automatic checks of accessibility find. */
async function faultsOf(page: Page): Promise<string[]> {
  const { violations } = await new AxeBuilder({ page }).setLegacyMode().analyze()
  return violations.map(({ id, nodes }) => `${id}: ${nodes.map(({ html }) => html).join(' ')}`)
}
const statusOf = (id: string) => sandbox.control.tabby.find(id)?.status

test('a mistyped code, the right one and four payments lead back to the shop, by keyboard alone', async () => {
  const { page, id } = await open()
  await page.getByRole('button', { name: 'Send the code' }).press('Enter')
  await expect
    .poll(() => page.getByLabel('Code of four digits').evaluate((input) => input.matches(':focus')))
    .toBe(true)
  await page.keyboard.type('1234')
  await page.keyboard.press('Enter')
  const field = page.getByLabel('Code of four digits')
  await expect.poll(() => field.getAttribute('aria-invalid')).toBe('true')
  expect(await page.getByRole('alert').innerText()).toContain('not the code')
  expect(await faultsOf(page)).toEqual([])
  await field.fill('8888')
  await page.keyboard.press('Enter')
  await page.getByRole('heading', { name: 'Agree to four payments' }).waitFor()
  expect(await page.getByRole('list', { name: 'Your payments' }).getByRole('listitem').allInnerTexts()).toEqual([
    expect.stringMatching(/^Today\s+AED.37\.39$/),
    ...Array.from({ length: 3 }, () => expect.stringMatching(/^\d+ \w+\s+AED.37\.37$/)),
  ])
  expect(await faultsOf(page)).toEqual([])
  await page.getByRole('button', { name: 'Agree and pay AED 37.39' }).press('Enter')
  await page.waitForURL(`${shopUrl}/paid?order=1&payment_id=${id}`)
  expect(statusOf(id)).toBe('AUTHORIZED')
  await page.context().close()
})

test('in Arabic it reads from right to left, and fits a small phone', async () => {
  const { page } = await open({ lang: 'ar' })
  expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
  await page.getByRole('heading', { level: 1, name: 'قسّمها على 4' }).waitFor()
  const widths = await page.locator('html').evaluate((html) => [html.scrollWidth, html.clientWidth])
  expect(widths[0]).toBe(widths[1])
  await page.getByRole('button', { name: 'أرسل الرمز' }).click()
  await page.getByLabel('الرمز من أربعة أرقام').waitFor()
  await page.getByRole('link', { name: 'English' }).click()
  await page.getByLabel('Code of four digits').waitFor()
  await page.context().close()
})
