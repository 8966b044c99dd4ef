import type { MessageId } from '@dhow/i18n/translator.ts'
import { expect, test } from 'vitest'
import { visit } from './browser.ts'
import type { Visitor } from './browser.ts'
import { fillAddress, fillContact, goOn, payButton } from './checkout-steps.ts'
import { findChoice } from './goods.ts'
import { startShop } from './shop.ts'

const shop = await startShop()
const plainHtml = { javaScript: false } as const

/** A form answered with its errors is a 422, which the browser notes. */
const refusedForm = ['status of 422']

const prices = async ({ page }: Visitor): Promise<number[]> => {
  const cards = await page.getByRole('main').getByRole('article').allTextContents()
  return cards.map((text) => Number(/AED\s*([\d,.]+)/.exec(text)?.[1]?.replaceAll(',', '')))
}

const press = ({ page, t }: Visitor, id: MessageId) => page.getByRole('button', { name: t(id), exact: true })

test('without script one can filter, sort and turn pages', () =>
  visit(shop, plainHtml, async (visitor) => {
    const { page, t, locale } = visitor
    const { product } = await findChoice(shop, locale)
    await visitor.open('/shop')
    await page.getByRole('link', { name: t('list.next') }).click()
    await page.getByRole('link', { name: t('list.previous') }).waitFor()
    await visitor.open('/shop')
    await page.getByRole('checkbox', { name: product.brand.name }).check()
    await press(visitor, 'list.filters.apply').click()
    const chip = page.getByRole('link', { name: t('list.filters.remove', { name: product.brand.name }) })
    await chip.waitFor()
    await page.getByRole('combobox', { name: t('list.sort') }).selectOption('price-asc')
    await press(visitor, 'list.sort.apply').click()
    await page.waitForURL('**sort=price-asc**')
    const shown = await prices(visitor)
    expect(shown.length).toBeGreaterThan(0)
    expect(shown).toEqual(shown.toSorted((one, other) => one - other))
    await chip.click()
    await chip.waitFor({ state: 'detached' })
  }))

test('without script an option is chosen, quantities change, and wrong ones are told', () =>
  visit(shop, { ...plainHtml, expected: refusedForm }, async (visitor) => {
    const { page, t, locale } = visitor
    const { product, options, chosen } = await findChoice(shop, locale)
    await visitor.open(`/p/${product.slug}`)
    for (const { name, value } of options)
      await page.getByRole('group', { name, exact: true }).getByRole('link', { name: value, exact: true }).click()
    await page.waitForURL(`**?variant=${chosen.sku}`)
    await page.getByRole('textbox', { name: t('product.quantity'), exact: true }).fill('2')
    await goOn(visitor, page.getByRole('button', { name: t('product.add') }), t('cart.title'))
    const quantity = page.getByRole('textbox', { name: t('cart.line.quantity', { name: product.name }) })
    await page.getByRole('button', { name: t('cart.line.increase', { name: product.name }) }).click()
    expect(await quantity.inputValue()).toBe('3')
    await quantity.fill('many')
    await quantity.press('Enter')
    await page.getByText(t('cart.line.invalidQuantity')).waitFor()
    await quantity.fill('١')
    await quantity.press('Enter')
    expect(await quantity.inputValue()).toBe('1')
    await page.getByRole('button', { name: t('cart.line.remove') }).click()
    await page.getByRole('heading', { name: t('cart.empty.title') }).waitFor()
    await page.getByRole('button', { name: t('cart.undo') }).click()
    await quantity.waitFor()
  }))

async function putIntoCart(visitor: Visitor): Promise<void> {
  const { product, chosen } = await findChoice(shop, visitor.locale)
  await visitor.open(`/p/${product.slug}?variant=${chosen.sku}`)
  await visitor.page.getByRole('button', { name: visitor.t('product.add') }).click()
  await visitor.page.getByRole('link', { name: visitor.t('cart.checkout') }).click()
}

test.each(['en', 'ar'] as const)('without script the checkout tells errors and leads up to paying (%s)', (locale) =>
  visit(shop, { ...plainHtml, locale, expected: refusedForm }, async (visitor) => {
    const { page, t } = visitor
    await putIntoCart(visitor)
    await press(visitor, 'checkout.contact.submit').click()
    await page
      .getByRole('alert')
      .getByText(t('checkout.errors', { count: 3 }))
      .waitFor()
    await fillContact(visitor, 'mariam@example.com')
    const phone = page.getByRole('textbox', { name: t('checkout.contact.phone') })
    await phone.fill('04 123 4567')
    await press(visitor, 'checkout.contact.submit').click()
    await page.getByText(t('fields.invalid-phone')).waitFor()
    expect(await phone.inputValue()).toBe('04 123 4567')
    expect(await phone.getAttribute('aria-invalid')).toBe('true')
    await fillContact(visitor, 'mariam@example.com')
    await goOn(visitor, press(visitor, 'checkout.contact.submit'), t('checkout.address.title'))
    await press(visitor, 'checkout.address.submit').click()
    await page
      .getByRole('alert')
      .getByText(t('checkout.errors', { count: 4 }))
      .waitFor()
    await fillAddress(visitor)
    await goOn(visitor, press(visitor, 'checkout.address.submit'), t('checkout.delivery.title'))
    await goOn(visitor, press(visitor, 'checkout.delivery.submit'), t('checkout.payment.title'))
    await goOn(visitor, press(visitor, 'checkout.payment.submit'), t('checkout.review.title'))
    // What is seen, asked of the browser: the locators for text skip <noscript>.
    expect(await page.getByRole('main').innerText()).toContain(t('checkout.pay.noscript'))
    expect(await payButton(visitor).isDisabled()).toBe(true)
  }),
)
