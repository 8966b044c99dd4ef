import { endonyms, otherLocale } from '@dhow/i18n/locales.ts'
import { expect, test } from 'vitest'
import { visit } from './browser.ts'
import type { Visitor } from './browser.ts'
import { addToCart, goOn, mariam } from './checkout-steps.ts'
import { findChoice, takeGoods } from './goods.ts'
import { buyDirectly } from './orders.ts'
import { startShop } from './shop.ts'

const shop = await startShop()

const refusedForm = ['status of 404', 'status of 422']

async function lookUp({ page, t, open }: Visitor, number: string, phoneOrEmail: string): Promise<void> {
  await open('/orders')
  await page.getByRole('textbox', { name: t('orders.lookup.number') }).fill(number)
  await page.getByRole('textbox', { name: t('orders.lookup.phoneOrEmail') }).fill(phoneOrEmail)
  await page.getByRole('button', { name: t('orders.lookup.submit') }).click()
}

test('an order is found by number and phone, Arabic-Indic digits included, or e-mail; a wrong pair says nothing', async () => {
  const { number, email } = await buyDirectly(shop, await takeGoods(shop))
  const found = ({ page }: Visitor) => page.getByRole('heading', { level: 1, name: number }).waitFor()
  await visit(shop, { locale: 'ar', window: 'phone' }, async (visitor) => {
    await lookUp(visitor, number.toLowerCase(), mariam.ar.phone)
    await found(visitor)
  })
  await visit(shop, { expected: refusedForm }, async (visitor) => {
    const { page, t } = visitor
    const alert = page.getByRole('alert').getByText(t('problems.orders/not-found'))
    await lookUp(visitor, number, '050 999 9999')
    await alert.waitFor()
    await lookUp(visitor, 'DH-0000-0000', email)
    await alert.waitFor()
    await lookUp(visitor, number, email.toUpperCase())
    await found(visitor)
  })
})

test('the language switch keeps page, choice, filter and cart, on every kind of page', async () => {
  const { product, chosen } = await findChoice(shop, 'en')
  const { slugs, category, brand } = product
  const { number, token } = await buyDirectly(shop, await takeGoods(shop))
  const places: (readonly [en: string, ar: string])[] = [
    ['', ''],
    [`/c/${category.slugs.en}?brand=${brand.slug}`, `/c/${encodeURIComponent(category.slugs.ar)}?brand=${brand.slug}`],
    [`/p/${slugs.en}?variant=${chosen.sku}`, `/p/${encodeURIComponent(slugs.ar)}?variant=${chosen.sku}`],
    ...['/shop?tag=new', '/search?q=oud', '/cart', '/checkout/contact', `/orders/${number}`, '/orders', '/returns'].map(
      (path) => [path, path] as const,
    ),
  ]
  await visit(shop, {}, async (visitor) => {
    const { page, context, t, open } = visitor
    await open(`/p/${slugs.en}?variant=${chosen.sku}`)
    await addToCart(visitor)
    await context.addCookies([{ name: `dhow_order_${number}`, value: token, url: shop.url, httpOnly: true }])
    for (const [en, ar] of places) {
      await open(en)
      await page.getByRole('banner').getByRole('link', { name: endonyms.ar }).click()
      await page.waitForURL(`${shop.url}/ar${ar}`)
      expect(await page.locator('html').getAttribute('dir')).toBe('rtl')
      await page.getByRole('banner').getByRole('link', { name: endonyms.en }).click()
      await page.waitForURL(`${shop.url}/en${en}`)
    }
    await open('/cart')
    await page.getByRole('link', { name: t('header.cartLabel', { count: 1 }) }).waitFor()
    await page.getByRole('main').getByRole('link', { name: product.name, exact: true }).waitFor()
  })
})

test.each(['en', 'ar'] as const)('a wrong address is told kindly, with ways on and the other language (%s)', (locale) =>
  visit(shop, { locale, expected: ['status of 404'] }, async (visitor) => {
    const { page, t, at, settled } = visitor
    const other = otherLocale(locale)
    for (const path of ['/nothing-here', '/p/no-such-product', '/c/no-such-category']) {
      const answer = await page.goto(at(path))
      expect(answer?.status()).toBe(404)
      await page.getByRole('heading', { level: 1, name: t('notFound.title') }).waitFor()
    }
    await settled()
    await page.getByRole('banner').getByRole('link', { name: endonyms[other] }).click()
    await page.waitForURL(`${shop.url}/${other}/c/no-such-category`)
    expect(await page.locator('html').getAttribute('lang')).toBe(other)
    await page.goto(at('/nothing-here'))
    await page.getByRole('link', { name: t('notFound.home') }).click()
    await page.waitForURL(shop.url + at(''))
  }),
)

test.each(['en', 'ar'] as const)('what is searched for is suggested and found, in either language (%s)', (locale) =>
  visit(shop, { locale }, async (visitor) => {
    const { page, t, open } = visitor
    const { name } = await takeGoods(shop)
    const box = page.getByRole('banner').getByRole('combobox', { name: t('search.label') })
    await open('')
    await box.pressSequentially(name[locale])
    await page.getByRole('option', { name: name[locale] }).first().waitFor()
    await goOn(visitor, page.getByRole('banner').getByRole('button', { name: t('search.submit') }), name[locale])
    await page.getByRole('main').getByRole('link', { name: name[locale], exact: true }).first().waitFor()
    await open(`/search?q=${encodeURIComponent(name[otherLocale(locale)])}`)
    await page.getByRole('main').getByRole('link', { name: name[locale], exact: true }).first().waitFor()
  }),
)

test('the ways people write one word find the same goods first; nonsense finds a way on', () =>
  visit(shop, {}, async ({ page, t, open }) => {
    const firstOf = async (q: string) => {
      await open(`/search?q=${encodeURIComponent(q)}`)
      return page.getByRole('main').getByRole('article').getByRole('link').first().textContent()
    }
    const first = await firstOf('abaya')
    for (const spelling of ['3abaya', 'عباية', 'عبايه', 'العبايات', 'abbaya'])
      expect(await firstOf(spelling)).toBe(first)
    await open('/search?q=zzqxjw')
    await page.getByRole('heading', { level: 1, name: t('search.noResults', { q: 'zzqxjw' }) }).waitFor()
    expect(await page.getByRole('main').getByRole('link').count()).toBeGreaterThan(3)
  }))
