import { addAddress } from '@dhow/contracts/account.ts'
import { expect, test } from 'vitest'
import { faultsOfPage } from './accessible.ts'
import { newPhone, press, signInDirectly, textbox } from './account-steps.ts'
import { ask, post } from './answers.ts'
import { visit } from './browser.ts'
import type { Visitor } from './browser.ts'
import { addToCart, goOn, mariam } from './checkout-steps.ts'
import { takeGoods } from './goods.ts'
import { buyDirectly } from './orders.ts'
import { startShop } from './shop.ts'
import { codeTo } from './texts.ts'

const shop = await startShop({ OTP_FREE_SENDS_PER_IP: '1000' })
const locales = ['en', 'ar'] as const

const home = {
  recipientName: mariam.en.name,
  phone: mariam.en.phone,
  emirate: 'AE-DU',
  area: 'Al Barsha 1',
  kind: 'apartment',
  building: 'Marina Heights',
} as const

const sessionOf = async ({ context }: Visitor): Promise<string | undefined> =>
  (await context.cookies()).find(({ name }) => name === 'dhow_refresh')?.value

test.each(locales)('axe finds nothing on the pages of signing in (%s)', (locale) =>
  visit(shop, { locale, expected: ['status of 4'] }, async (visitor) => {
    const { t } = visitor
    const faults: string[] = []
    let looks = 0
    const look = async (name: string) => void faults.push(...(await faultsOfPage(visitor, name, looks++)))
    await visitor.open('/sign-up')
    await press(visitor, 'signIn.up.submit').click()
    await visitor.page.getByText(t('fields.required')).first().waitFor()
    await look('sign up with errors')
    await visitor.open('/account/undo')
    await look('a link without its token')
    await visitor.open(`/account/reset?token=${'a'.repeat(43)}`)
    await look('reset')
    await visitor.open('/sign-in')
    await look('sign in')
    await textbox(visitor, 'signIn.identifier').fill(`axe-${locale}@example.com`)
    await goOn(visitor, press(visitor, 'signIn.submit'), t('signIn.password.title'))
    await look('password')
    await visitor.open('/sign-in/forgot-password')
    await goOn(visitor, press(visitor, 'signIn.forgot.submit'), t('signIn.mail.title'))
    await look('mail sent')
    await visitor.open('/sign-in')
    await textbox(visitor, 'signIn.identifier').fill(newPhone())
    await goOn(visitor, press(visitor, 'signIn.submit'), t('signIn.code.title'))
    await press(visitor, 'signIn.code.submit').click()
    await visitor.page.getByText(t('fields.required')).waitFor()
    await look('code with errors')
    expect(faults).toEqual([])
  }),
)

test.each(locales)('axe finds nothing on the pages of the account (%s)', (locale) =>
  visit(shop, { locale }, async (visitor) => {
    const { page, t } = visitor
    const accessToken = await signInDirectly(shop, visitor, newPhone())
    await shop.api.call(addAddress, { body: { address: home }, accessToken })
    const paths = [
      '',
      '/orders',
      '/addresses',
      '/addresses/new',
      '/profile',
      '/profile/phone',
      '/profile/email',
      '/security',
      '/security/passkey',
      '/consents',
      '/confirm',
    ]
    const faults: string[] = []
    for (const [at, path] of paths.entries()) {
      await visitor.open(`/account${path}`)
      faults.push(...(await faultsOfPage(visitor, `account${path}`, at)))
    }
    await visitor.open('/account/security/app')
    await press(visitor, 'account.app.begin').click()
    await page.getByRole('img', { name: t('account.app.qr') }).waitFor()
    faults.push(...(await faultsOfPage(visitor, 'QR code', 0)))
    expect(faults).toEqual([])
  }),
)

test('a known customer checks out with a saved address or a new one, which is kept until it is removed', () =>
  visit(shop, {}, async (visitor) => {
    const { page, t, locale } = visitor
    const phone = newPhone()
    const accessToken = await signInDirectly(shop, visitor, phone)
    await shop.api.call(addAddress, { body: { address: home }, accessToken })
    const goods = await takeGoods(shop)
    await visitor.open(`/p/${goods.slug[locale]}?variant=${goods.sku}`)
    await addToCart(visitor)
    await visitor.open('/checkout/contact')
    expect(await textbox(visitor, 'checkout.contact.phone').inputValue()).toContain(phone.slice(-4))
    await textbox(visitor, 'checkout.contact.name').fill(mariam.en.name)
    await textbox(visitor, 'checkout.contact.email').fill('known@example.com')
    await goOn(visitor, press(visitor, 'checkout.contact.submit'), t('checkout.address.title'))
    expect(await page.getByRole('radio', { name: /^Marina Heights/ }).isChecked()).toBe(true)
    expect(await page.getByRole('textbox', { name: t('checkout.address.building') }).isVisible()).toBe(false)
    await goOn(visitor, press(visitor, 'checkout.address.submit'), t('checkout.delivery.title'))
    await visitor.open('/checkout/address')
    await page.getByRole('radio', { name: t('checkout.address.new') }).check()
    await page.getByRole('combobox', { name: t('checkout.address.emirate'), exact: true }).selectOption('AE-SH')
    await page.getByRole('combobox', { name: t('checkout.address.area') }).fill('Al Majaz')
    await page.getByRole('radio', { name: t('checkout.address.kind.villa') }).check()
    await page.getByRole('textbox', { name: t('checkout.address.building.villa') }).fill('12')
    await goOn(visitor, press(visitor, 'checkout.address.submit'), t('checkout.delivery.title'))
    await visitor.open('/account/addresses')
    await page.getByText('Al Majaz').first().waitFor()
    const remove = page.getByRole('listitem').filter({ hasText: 'Al Majaz' })
    await remove.getByText(t('account.addresses.remove'), { exact: true }).click()
    await remove.getByRole('button', { name: t('account.addresses.remove.submit') }).click()
    await page.getByText(t('account.addresses.saved.removed')).waitFor()
    expect(await page.getByText('Al Majaz').count()).toBe(0)
  }))

test('orders bought as a guest are in the account once their phone is known, and open from there', () =>
  visit(shop, {}, async (visitor) => {
    const { page, t } = visitor
    const { number } = await buyDirectly(shop, await takeGoods(shop))
    await signInDirectly(shop, visitor, '+971501234567')
    await expect
      .poll(async () => {
        await visitor.open('/account/orders')
        return page.getByRole('link', { name: number }).count()
      })
      .toBe(1)
    await page.getByRole('link', { name: number }).click()
    await page.getByRole('heading', { level: 1, name: new RegExp(number) }).waitFor()
    await page.getByText(t('orders.state.confirmed')).first().waitFor()
  }))

test('whoever is asked to show again that it is them does so with a code, and goes on where they were', () =>
  visit(shop, { expected: ['status of 4'] }, async (visitor) => {
    const { page, t } = visitor
    const phone = newPhone()
    await signInDirectly(shop, visitor, phone)
    const before = await sessionOf(visitor)
    await visitor.open('/account/confirm?next=%2Fen%2Faccount%2Fconsents')
    await page.getByRole('button', { name: t('account.confirm.send', { phone: '' }).trim() }).click()
    await textbox(visitor, 'signIn.code').fill('12345')
    await press(visitor, 'account.confirm.submit').click()
    await page.getByText(t('fields.invalid-code')).waitFor()
    await textbox(visitor, 'signIn.code').fill(await codeTo(shop, phone, 2))
    await goOn(visitor, press(visitor, 'account.confirm.submit'), t('account.consents.title'))
    expect(await sessionOf(visitor)).not.toBe(before)
    await page.getByRole('checkbox', { name: t('account.consents.sms') }).check()
    await press(visitor, 'account.consents.submit').click()
    await page.getByText(t('account.consents.saved')).waitFor()
    expect(await page.getByRole('checkbox', { checked: true }).count()).toBe(1)
  }))

test('SE-5: a device signed out from another is out', () =>
  visit(shop, {}, (mine) =>
    visit(shop, {}, async (lost) => {
      const phone = newPhone()
      await signInDirectly(shop, lost, phone)
      await lost.open('/account')
      await signInDirectly(shop, mine, phone)
      const { page, t } = mine
      await mine.open('/account/security')
      await page.getByText(t('account.sessions.others'), { exact: true }).click()
      await press(mine, 'account.sessions.others.submit').click()
      await page.getByText(t('account.security.saved.others-ended')).waitFor()
      await lost.page.goto('/en/account')
      await lost.page.getByRole('heading', { level: 1, name: t('signIn.title') }).waitFor()
      expect((await lost.context.cookies()).map(({ name }) => name)).not.toContain('dhow_refresh')
    }),
  ))

test('SE-2: two tabs that renew the same session at once both stay signed in', () =>
  visit(shop, {}, async (visitor) => {
    const { context, t } = visitor
    await signInDirectly(shop, visitor, newPhone())
    await context.clearCookies({ name: 'dhow_access' })
    const tabs = await Promise.all([context.newPage(), context.newPage(), context.newPage()])
    await Promise.all(tabs.map((tab) => tab.goto('/en/account')))
    for (const tab of tabs) await tab.getByRole('heading', { level: 1, name: t('account.title') }).waitFor()
    await visitor.open('/account/profile')
    await visitor.page.getByRole('heading', { level: 1, name: t('account.profile.title') }).waitFor()
  }))

test('SE-8: pages of the account are never kept, and signing out empties the browser', () =>
  visit(shop, {}, async (visitor) => {
    await signInDirectly(shop, visitor, newPhone())
    const cookie = (await visitor.context.cookies()).map(({ name, value }) => `${name}=${value}`).join('; ')
    const page = await ask(shop, '/en/account', { cookie })
    expect([page.status, page.headers.get('cache-control')]).toEqual([200, 'private, no-store'])
    const out = await fetch(`${shop.url}/en/account`, {
      method: 'POST',
      body: new URLSearchParams({ intent: 'sign-out' }),
      headers: { cookie, origin: shop.url, 'sec-fetch-site': 'same-origin' },
      redirect: 'manual',
    })
    expect(out.headers.get('clear-site-data')).toBe('"cache", "cookies", "storage"')
    expect((await ask(shop, '/en/account', { cookie })).headers.get('location')).toBe(
      '/en/sign-in?next=%2Fen%2Faccount',
    )
  }))

test('ST-S: no token and nothing personal is in storage or readable cookies, and no token in a page', () =>
  visit(shop, {}, async (visitor) => {
    const { page, context } = visitor
    const phone = newPhone()
    await signInDirectly(shop, visitor, phone)
    await visitor.open('/account/profile')
    const kept = await page.evaluate(() =>
      JSON.stringify([Object.entries(localStorage), Object.entries(sessionStorage), document.cookie]),
    )
    expect(kept).not.toMatch(/ey[A-Za-z0-9_-]{10}|dhow_(?:access|refresh)/)
    expect(kept).not.toContain(phone.slice(-7))
    const html = await page.content()
    const secrets = (await context.cookies()).filter(({ value }) => value.length > 20)
    expect(secrets.filter(({ value }) => html.includes(value))).toEqual([])
  }))

const foreign: Record<string, string>[] = [
  { 'sec-fetch-site': 'cross-site', origin: 'https://evil.example' },
  { origin: 'null' },
  {},
]

test.each(foreign)('CF-1: forms of signing in and of the account are refused from elsewhere (%j)', async (headers) => {
  for (const [path, intent] of [
    ['/sign-in', 'identify'],
    ['/sign-in/code', 'verify'],
    ['/sign-up', 'sign-up'],
    ['/account', 'sign-out'],
    ['/account/security', 'revoke-others'],
    ['/account/undo', 'use'],
  ] as const)
    expect((await post(shop, `/en${path}`, { intent }, headers)).status, path).toBe(403)
})

test.each([
  'https://evil.example/',
  '//evil.example',
  '/\\evil.example',
  '/en/..//evil.example',
  'javascript:alert(1)',
])('signing in leads to pages of ours only: not to %s', async (next) => {
  const html = await (await ask(shop, `/en/sign-in?next=${encodeURIComponent(next)}`)).text()
  expect(html).toContain('name="next" value=""')
  expect(html).not.toContain('evil.example')
})
