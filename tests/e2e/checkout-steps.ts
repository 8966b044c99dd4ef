import type { Locale } from '@dhow/i18n/locales.ts'
import type { Locator } from 'playwright-core'
import { expect } from 'vitest'
import { bringToCheckout } from '../../apps/api/test/shopper.ts'
import type { Visitor } from './browser.ts'
import { typeCard } from './card-form.ts'
import type { Goods } from './goods.ts'
import type { Shop } from './shop.ts'

/** What a shopper types. `phone` as people write it, Arabic-Indic digits included. */
export const mariam: Record<Locale, { name: string; phone: string; area: string; building: string }> = {
  en: { name: 'Mariam Al Mansoori', phone: '050 123 4567', area: 'Al Barsha 1', building: 'Marina Heights' },
  ar: { name: 'مريم المنصوري', phone: '٠٥٠١٢٣٤٥٦٧', area: 'البرشاء ١', building: 'برج المارينا' },
}

/** Presses what leads on, and waits for the page with this heading. */
export async function goOn({ page, settled }: Visitor, control: Locator, heading: string): Promise<void> {
  await control.click()
  await page.getByRole('heading', { level: 1, name: heading }).waitFor()
  await settled()
}

/** Puts the product that is shown into the cart and waits until the shop says so. */
export async function addToCart({ page, t }: Visitor): Promise<void> {
  await page.getByRole('button', { name: t('product.add') }).click()
  await page.getByRole('status').getByText(t('cartSheet.added')).waitFor()
}

export async function fillContact({ page, t, locale }: Visitor, email: string): Promise<void> {
  const { name, phone } = mariam[locale]
  await page.getByRole('textbox', { name: t('checkout.contact.name') }).fill(name)
  await page.getByRole('textbox', { name: t('checkout.contact.email') }).fill(email)
  await page.getByRole('textbox', { name: t('checkout.contact.phone') }).fill(phone)
}

export async function fillAddress({ page, t, locale }: Visitor): Promise<void> {
  const { area, building } = mariam[locale]
  await page.getByRole('combobox', { name: t('checkout.address.emirate'), exact: true }).selectOption('AE-DU')
  await page.getByRole('combobox', { name: t('checkout.address.area') }).fill(area)
  await page.getByRole('radio', { name: t('checkout.address.kind.apartment') }).check()
  await page.getByRole('textbox', { name: t('checkout.address.building') }).fill(building)
}

/** From the cart to the review: contact, address, delivery, way to pay. */
export async function walkToReview(visitor: Visitor, email: string): Promise<void> {
  const { page, t } = visitor
  const press = (name: string) => page.getByRole('button', { name, exact: true })
  await goOn(visitor, page.getByRole('link', { name: t('cart.checkout'), exact: true }), t('checkout.contact.title'))
  await fillContact(visitor, email)
  await goOn(visitor, press(t('checkout.contact.submit')), t('checkout.address.title'))
  await fillAddress(visitor)
  await goOn(visitor, press(t('checkout.address.submit')), t('checkout.delivery.title'))
  await page.getByRole('radio').first().check()
  await goOn(visitor, press(t('checkout.delivery.submit')), t('checkout.payment.title'))
  await page.getByRole('radio', { name: t('checkout.method.card'), exact: true }).check()
  await goOn(visitor, press(t('checkout.payment.submit')), t('checkout.review.title'))
}

/** The button with the total on it; while it is busy it says something else. */
export const payButton = ({ page, t }: Visitor): Locator =>
  page.getByRole('button', { name: t('checkout.pay.button', { amount: '' }).trim() })

export async function pay(visitor: Visitor, card: string): Promise<void> {
  await typeCard(visitor.page, visitor.locale, card)
  await payButton(visitor).click()
}

/** Waits for the confirmation and gives the order's number. */
export async function seeThanks({ page, t, locale }: Visitor): Promise<string> {
  const name = mariam[locale].name
  await page.getByRole('heading', { level: 1, name: t('orders.thanks.title', { name }) }).waitFor()
  const number = /\/orders\/(DH-[0-9A-Z]{4}-[0-9A-Z]{4})\/thank-you$/.exec(page.url())?.[1]
  if (!number) throw new Error(`no order number in ${page.url()}`)
  expect(await page.getByRole('main').textContent()).toContain(number)
  return number
}

interface Arrival {
  goods: readonly Goods[]
  /** Who orders; somebody nobody else is, unless told. */
  contact?: { email?: string; phone?: string }
  /** Below `/checkout`. */
  at: string
  /** Signed in: the cart is theirs. */
  customer?: NonNullable<Parameters<typeof bringToCheckout>[1]['customer']>
}

/** A shopper whose cart is complete, on a page of the checkout: the way there is walked in other tests. */
export async function openCheckout(shop: Shop, visitor: Visitor, arrival: Arrival): Promise<void> {
  const { locale, context } = visitor
  const lines = arrival.goods.map(({ variantId }) => ({ variant: { id: variantId } }))
  const contact = { name: mariam[locale].name, ...arrival.contact }
  const owner = arrival.customer ? { customer: arrival.customer } : {}
  const guest = await bringToCheckout(shop, { lines, locale, contact, ...owner })
  await context.addCookies([
    { name: 'dhow_cart', value: guest.cartId, url: shop.url, httpOnly: true, sameSite: 'Lax' },
    { name: 'dhow_cart_count', value: String(lines.length), url: shop.url, sameSite: 'Lax' },
  ])
  await visitor.open(`/checkout/${arrival.at}`)
}

/** On the review page, to pay by card. */
export const openReview = (shop: Shop, visitor: Visitor, goods: Goods, more: readonly Goods[] = []): Promise<void> =>
  openCheckout(shop, visitor, { goods: [goods, ...more], at: 'review?method=card' })
