import { expect, test } from 'vitest'
import {
  appCode,
  giveCode,
  newPhone,
  plugInAuthenticator,
  press,
  seeAccount,
  signIn,
  signOut,
  textbox,
} from './account-steps.ts'
import { visit } from './browser.ts'
import { addToCart, goOn } from './checkout-steps.ts'
import { takeGoods } from './goods.ts'
import { pressOn, typeInto } from './keyboard.ts'
import { linkTo } from './mail.ts'
import { startShop } from './shop.ts'
import { codeTo } from './texts.ts'

// One code from an address is free; the browsers of all later tests solve a puzzle for theirs (OT-7).
const shop = await startShop({ OTP_FREE_SENDS_PER_IP: '1' })

test('without script one signs in by code, and is told of other ways when a puzzle would have to be solved', () =>
  visit(shop, { javaScript: false, expected: ['status of 4'] }, async (visitor) => {
    const { page, t } = visitor
    const phone = newPhone()
    await visitor.open('/account/orders')
    await textbox(visitor, 'signIn.identifier').fill('051 not a number')
    await press(visitor, 'signIn.submit').click()
    await page.getByText(t('fields.invalid-phone')).waitFor()
    await textbox(visitor, 'signIn.identifier').fill(phone)
    await goOn(visitor, press(visitor, 'signIn.submit'), t('signIn.code.title'))
    const code = await codeTo(shop, phone)
    await textbox(visitor, 'signIn.code').fill(code === '111111' ? '222222' : '111111')
    await press(visitor, 'signIn.code.submit').click()
    await page.getByText(t('fields.wrong-code')).waitFor()
    await textbox(visitor, 'signIn.code').fill(` ${code.slice(0, 3)}-${code.slice(3)} `)
    await goOn(visitor, press(visitor, 'signIn.code.submit'), t('account.orders.title'))
    await signOut(visitor)
    await visitor.open('/account')
    await textbox(visitor, 'signIn.identifier').fill(newPhone())
    await press(visitor, 'signIn.submit').click()
    await page.getByText(t('signIn.proof.needed')).waitFor()
  }))

test.each([
  { locale: 'en', window: 'desktop' },
  { locale: 'ar', window: 'phone' },
] as const)('a number and a code begin an account, and the cart comes along ($locale, $window)', (wish) =>
  visit(shop, { ...wish, expected: ['status of 403'] }, async (visitor) => {
    const { page, t, locale } = visitor
    const phone = newPhone()
    const before = await takeGoods(shop)
    await signIn(shop, visitor, phone)
    await page.getByRole('link', { name: t('header.account') }).waitFor()
    await visitor.open(`/p/${before.slug[locale]}?variant=${before.sku}`)
    await addToCart(visitor)
    await visitor.open('/account')
    await signOut(visitor)
    await page.getByRole('link', { name: t('header.signIn') }).waitFor()
    const goods = await takeGoods(shop)
    await visitor.open(`/p/${goods.slug[locale]}?variant=${goods.sku}`)
    await addToCart(visitor)
    await visitor.open('/checkout/contact')
    await page.getByRole('link', { name: t('checkout.contact.signIn') }).click()
    await giveCode(shop, visitor, phone, 2)
    await page.getByText(t('cart.merged', { count: 1 })).waitFor()
    expect(await textbox(visitor, 'checkout.contact.phone').inputValue()).toContain(phone.slice(-4))
    await visitor.open('/cart')
    for (const { name } of [before, goods]) await page.getByRole('link', { name: name[locale] }).first().waitFor()
  }),
)

test('signing in by code needs the keyboard alone', () =>
  visit(shop, { expected: ['status of 403'] }, async (visitor) => {
    const { page, t, settled } = visitor
    const phone = newPhone()
    await visitor.open('')
    await pressOn(page, page.getByRole('banner').getByRole('link', { name: t('header.signIn') }))
    await page.getByRole('heading', { level: 1, name: t('signIn.title') }).waitFor()
    await settled()
    await typeInto(page, textbox(visitor, 'signIn.identifier'), phone)
    await page.keyboard.press('Enter')
    await page.getByRole('heading', { level: 1, name: t('signIn.code.title') }).waitFor()
    await settled()
    await typeInto(page, textbox(visitor, 'signIn.code'), await codeTo(shop, phone))
    await pressOn(page, press(visitor, 'signIn.code.submit'))
    await seeAccount(visitor)
  }))

const password = 'four dhows at anchor'

test('an e-mail account begins with the link of its mail, and is opened by its password', () =>
  visit(shop, { expected: ['status of 4'] }, async (visitor) => {
    const { page, t } = visitor
    const email = 'sara-signs-up@example.com'
    await visitor.open('/sign-up')
    await textbox(visitor, 'signIn.up.name').fill('Sara')
    await textbox(visitor, 'signIn.up.email').fill(email)
    const field = page.getByLabel(t('signIn.up.password'), { exact: true })
    await field.fill('too short')
    await page.getByText(t('signIn.password.missing', { count: 6 })).waitFor()
    await press(visitor, 'signIn.up.submit').click()
    await page.getByText(t('fields.password-too-short')).waitFor()
    await field.fill(password)
    await goOn(visitor, press(visitor, 'signIn.up.submit'), t('signIn.mail.title'))
    const link = await linkTo(shop, email, '/account/verify')
    await page.goto(link)
    await visitor.settled()
    expect(page.url()).toBe(`${shop.url}/en/account/verify`)
    await press(visitor, 'account.link.verify.submit').click()
    await seeAccount(visitor)
    await signOut(visitor)
    await visitor.open('/account')
    await textbox(visitor, 'signIn.identifier').fill(email)
    await goOn(visitor, press(visitor, 'signIn.submit'), t('signIn.password.title'))
    await page.getByLabel(t('signIn.password'), { exact: true }).fill('not the password')
    await press(visitor, 'signIn.password.submit').click()
    await page.getByText(t('problems.auth/invalid-credentials')).waitFor()
    await page.getByLabel(t('signIn.password'), { exact: true }).fill(password)
    await press(visitor, 'signIn.password.submit').click()
    await seeAccount(visitor)
  }))

test('a passkey is made, and opens the account next time, by autofill and by its button', () =>
  visit(shop, { expected: ['status of 403'] }, async (visitor) => {
    const { page, t } = visitor
    const touch = await plugInAuthenticator(visitor)
    await signIn(shop, visitor, newPhone())
    await visitor.open('/account/security/passkey')
    await textbox(visitor, 'account.passkeys.name').fill('My laptop')
    await press(visitor, 'account.passkeys.submit').click()
    await page.getByText(t('account.security.saved.passkey-added')).waitFor()
    await page.getByText('My laptop', { exact: true }).waitFor()
    await signOut(visitor)
    await page.goto('/en/sign-in')
    await seeAccount(visitor)
    await signOut(visitor)
    await touch(false)
    await visitor.open('/sign-in')
    await textbox(visitor, 'signIn.identifier').fill('somebody@example.com')
    await goOn(visitor, press(visitor, 'signIn.submit'), t('signIn.password.title'))
    await touch(true)
    await press(visitor, 'signIn.passkey.button').click()
    await seeAccount(visitor)
  }))

test('an authenticator app is set up, and asked for at the next sign-in', () =>
  visit(shop, { expected: ['status of 4'] }, async (visitor) => {
    const { page, t } = visitor
    const phone = newPhone()
    await signIn(shop, visitor, phone)
    await visitor.open('/account/security/app')
    await press(visitor, 'account.app.begin').click()
    await page.getByRole('img', { name: t('account.app.qr') }).waitFor()
    const secret = await page.locator('input[name=_secret]').inputValue()
    await textbox(visitor, 'signIn.second.app').fill(appCode(secret, Date.now()))
    await press(visitor, 'account.app.submit').click()
    const codes = page.getByRole('list', { name: t('account.codes.title') }).getByRole('listitem')
    await codes.first().waitFor()
    expect(await codes.count()).toBe(10)
    const recovery = await codes.first().innerText()
    await page.getByRole('link', { name: t('account.codes.done') }).click()
    await signOut(visitor)
    await visitor.open('/sign-in')
    await giveCode(shop, visitor, phone, 2)
    await page.getByRole('heading', { name: t('signIn.second.title') }).waitFor()
    await visitor.settled()
    // The code of this half minute is used up; the next one is taken already, for clocks that run ahead.
    await textbox(visitor, 'signIn.second.app').fill(appCode(secret, Date.now() + 30_000))
    await press(visitor, 'signIn.second.submit').click()
    await seeAccount(visitor)
    await visitor.open('/account/security/recovery-codes')
    await signOut(visitor)
    await visitor.open('/sign-in')
    await giveCode(shop, visitor, phone, 3)
    await page.getByText(t('signIn.second.recovery.open')).click()
    await textbox(visitor, 'signIn.second.recovery').fill(recovery)
    await press(visitor, 'signIn.second.recovery.submit').click()
    await seeAccount(visitor)
  }))
