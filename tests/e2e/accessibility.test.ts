import type { MessageId } from '@dhow/i18n/translator.ts'
import { expect, test } from 'vitest'
import { faultsOfPage } from './accessible.ts'
import { untilReady, visit } from './browser.ts'
import type { Visitor } from './browser.ts'
import { cards, typedCard } from './card-form.ts'
import { addToCart, fillAddress, fillContact, goOn, mariam, pay, payButton, seeThanks } from './checkout-steps.ts'
import { findChoice, setPrice, takeGoods } from './goods.ts'
import { pressOn, typeInto } from './keyboard.ts'
import { startShop } from './shop.ts'

const shop = await startShop()
const locales = ['en', 'ar'] as const

test.each(locales)('axe finds nothing on the pages everybody sees, in any window or colour (%s)', (locale) =>
  visit(shop, { locale, expected: ['status of 404'] }, async (visitor) => {
    const { product, chosen } = await findChoice(shop, locale)
    const paths = [
      '',
      `/c/${product.category.slug}`,
      `/shop?brand=${product.brand.slug}&stock=1`,
      '/shop?max=1',
      `/p/${product.slug}?variant=${chosen.sku}`,
      '/search',
      '/search?q=oud',
      '/search?q=zzqxjw',
      '/cart',
      '/orders',
      '/nothing-here',
      '/about',
      '/delivery',
      '/returns',
      '/privacy',
      '/terms',
      '/contact',
    ]
    const faults: string[] = []
    for (const path of paths) {
      await visitor.open(path)
      faults.push(...(await faultsOfPage(visitor, path || 'home')))
    }
    expect(faults).toEqual([])
  }),
)

const press = ({ page, t }: Visitor, id: MessageId) => page.getByRole('button', { name: t(id), exact: true })

/** Sends a step's form empty, so that its errors are shown. */
async function sendWrong(visitor: Visitor, id: MessageId): Promise<void> {
  await press(visitor, id).click()
  await visitor.page.getByRole('alert').first().waitFor()
}

test.each(locales)(
  'axe finds nothing on the way from a filled cart to the order, with and without errors (%s)',
  (locale) =>
    visit(shop, { locale, expected: ['status of 402', 'status of 422', 'status of 409'] }, async (visitor) => {
      const { page, t } = visitor
      const goods = await takeGoods(shop)
      const faults: string[] = []
      const look = async (name: string) => void faults.push(...(await faultsOfPage(visitor, name)))
      await visitor.open(`/p/${goods.slug[locale]}?variant=${goods.sku}`)
      await addToCart(visitor)
      await look('added to cart')
      await visitor.open('/cart')
      await look('cart')
      await setPrice(shop, goods, goods.priceAmount - 500)
      await visitor.open('/cart')
      await look('changed cart')
      await press(visitor, 'cart.changes.accept').click()
      await goOn(
        visitor,
        page.getByRole('link', { name: t('cart.checkout'), exact: true }),
        t('checkout.contact.title'),
      )
      await look('contact')
      await sendWrong(visitor, 'checkout.contact.submit')
      await look('contact with errors')
      await fillContact(visitor, `axe-${locale}@example.com`)
      await goOn(visitor, press(visitor, 'checkout.contact.submit'), t('checkout.address.title'))
      await look('address')
      await sendWrong(visitor, 'checkout.address.submit')
      await look('address with errors')
      await fillAddress(visitor)
      await goOn(visitor, press(visitor, 'checkout.address.submit'), t('checkout.delivery.title'))
      await look('delivery')
      await goOn(visitor, press(visitor, 'checkout.delivery.submit'), t('checkout.payment.title'))
      await look('payment')
      await goOn(visitor, press(visitor, 'checkout.payment.submit'), t('checkout.review.title'))
      await setPrice(shop, goods, goods.priceAmount)
      await pay(visitor, cards.declined)
      await page.getByRole('heading', { name: t('checkout.changes.title') }).waitFor()
      await look('review with changes')
      await press(visitor, 'checkout.changes.accept').click()
      await page.getByRole('heading', { name: t('checkout.changes.title') }).waitFor({ state: 'detached' })
      await pay(visitor, cards.declined)
      await page.getByRole('alert').first().waitFor()
      await look('review, declined')
      await visitor.open('/cart')
      await look('cart of a held order')
      await page.goBack()
      await untilReady(page)
      await pay(visitor, cards.pays)
      await seeThanks(visitor)
      await look('thanks')
      await page.getByRole('link', { name: t('orders.thanks.follow') }).click()
      await page.waitForURL(/\/orders\/DH-[^/]+$/)
      await look('order')
      expect(faults).toEqual([])
    }),
)

test('everything from the home page to a placed order can be done with the keyboard alone', () =>
  visit(shop, {}, async (visitor) => {
    const { page, t, locale, settled } = visitor
    const { product } = await findChoice(shop, locale)
    const { name, phone, area, building } = mariam[locale]
    const heading = (words: string) => page.getByRole('heading', { level: 1, name: words }).waitFor().then(settled)
    const textbox = (id: MessageId) => page.getByRole('textbox', { name: t(id) })
    await visitor.open('')
    await pressOn(page, page.getByRole('navigation').getByRole('link', { name: product.category.name, exact: true }))
    await heading(product.category.name)
    await pressOn(page, page.getByRole('main').getByRole('link', { name: product.name, exact: true }))
    await heading(product.name)
    await pressOn(page, page.getByRole('button', { name: t('product.add') }))
    await pressOn(page, page.getByRole('link', { name: t('cartSheet.open') }))
    await heading(t('cart.title'))
    await pressOn(page, page.getByRole('link', { name: t('cart.checkout'), exact: true }))
    await heading(t('checkout.contact.title'))
    await typeInto(page, textbox('checkout.contact.name'), name)
    await typeInto(page, textbox('checkout.contact.email'), 'keyboard@example.com')
    await typeInto(page, textbox('checkout.contact.phone'), phone)
    await page.keyboard.press('Enter')
    await heading(t('checkout.address.title'))
    await typeInto(page, page.getByRole('combobox', { name: t('checkout.address.emirate'), exact: true }), 'Dub')
    await typeInto(page, page.getByRole('combobox', { name: t('checkout.address.area') }), area)
    await pressOn(page, page.getByRole('radio', { name: t('checkout.address.kind.apartment') }), 'Space')
    await typeInto(page, textbox('checkout.address.building'), building)
    await pressOn(page, press(visitor, 'checkout.address.submit'))
    await heading(t('checkout.delivery.title'))
    await pressOn(page, press(visitor, 'checkout.delivery.submit'))
    await heading(t('checkout.payment.title'))
    await pressOn(page, press(visitor, 'checkout.payment.submit'))
    await heading(t('checkout.review.title'))
    for (const [field, typed] of typedCard(page, locale, cards.pays)) await typeInto(page, field, typed)
    await pressOn(page, payButton(visitor))
    await seeThanks(visitor)
  }))
