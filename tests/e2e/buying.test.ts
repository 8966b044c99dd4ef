import { expect, test } from 'vitest'
import { untilReady, visit } from './browser.ts'
import type { Visit, Visitor } from './browser.ts'
import { cards } from './card-form.ts'
import { addToCart, goOn, pay, seeThanks, walkToReview } from './checkout-steps.ts'
import { findChoice } from './goods.ts'
import type { Choice } from './goods.ts'
import { confirmationMail } from './mail.ts'
import { startShop } from './shop.ts'

const shop = await startShop()

/** From the home page into the product's category, narrowed to its maker. */
async function findInCategory(visitor: Visitor, { product }: Choice, window: Visit['window']): Promise<void> {
  const { page, t } = visitor
  const { category, brand } = product
  const nav = page.getByRole('navigation', { name: t('header.categories') })
  await goOn(visitor, nav.getByRole('link', { name: category.name, exact: true }), category.name)
  if (window === 'phone') await page.getByRole('link', { name: t('list.filters'), exact: true }).click()
  await page.getByRole('checkbox', { name: brand.name }).check({ noWaitAfter: true })
  if (window === 'phone') await page.getByRole('button', { name: t('list.filters.apply') }).click()
  await page.waitForURL(`**?*brand=${brand.slug}*`)
  await page.getByRole('link', { name: t('list.filters.remove', { name: brand.name }) }).waitFor()
}

async function chooseOptions({ page }: Visitor, { chosen, options }: Choice): Promise<void> {
  for (const { name, value } of options)
    await page.getByRole('group', { name, exact: true }).getByRole('link', { name: value, exact: true }).click()
  await page.waitForURL(`**?variant=${chosen.sku}`)
}

test.each<Required<Pick<Visit, 'locale' | 'window'>>>([
  { locale: 'en', window: 'desktop' },
  { locale: 'ar', window: 'phone' },
])('a shopper finds, chooses and buys with a card ($locale, $window), and the mail opens the order', async (wish) => {
  const { locale, window } = wish
  const email = `buyer-${locale}@example.com`
  const choice = await findChoice(shop, locale)
  let number = ''
  await visit(shop, wish, async (visitor) => {
    const { page, t } = visitor
    await visitor.open('')
    expect(await page.locator('html').getAttribute('dir')).toBe(locale === 'ar' ? 'rtl' : 'ltr')
    await findInCategory(visitor, choice, window)
    await goOn(visitor, page.getByRole('main').getByRole('link', { name: choice.product.name }), choice.product.name)
    await chooseOptions(visitor, choice)
    await addToCart(visitor)
    await goOn(visitor, page.getByRole('link', { name: t('cartSheet.open') }), t('cart.title'))
    const line = page.getByRole('list', { name: t('cart.lines.label') }).getByRole('listitem')
    for (const { value } of choice.options) expect(await line.textContent()).toContain(value)
    await walkToReview(visitor, email)
    await pay(visitor, cards.pays)
    number = await seeThanks(visitor)
    expect(await page.locator('html').getAttribute('lang')).toBe(locale)
    await goOn(
      visitor,
      page.getByRole('link', { name: t('orders.thanks.follow') }),
      t('orders.status.title', { number }),
    )
  })
  const mail = await confirmationMail(shop, email, number, locale)
  expect(mail.html).toContain(`lang="${locale}" dir="${locale === 'ar' ? 'rtl' : 'ltr'}"`)
  await visit(shop, wish, async ({ page, t }) => {
    await page.goto(mail.link)
    await untilReady(page)
    await page.getByRole('heading', { level: 1, name: number }).waitFor()
    expect(page.url()).toBe(`${shop.url}/${locale}/orders/${number}`)
    await page.getByRole('main').getByText(t('orders.state.confirmed'), { exact: true }).first().waitFor()
  })
})
