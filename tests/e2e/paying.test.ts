import { expect, test } from 'vitest'
import { untilReady, visit } from './browser.ts'
import type { Visitor } from './browser.ts'
import { answerBank, cards, typeCard } from './card-form.ts'
import { goOn, openReview, pay, payButton, seeThanks } from './checkout-steps.ts'
import { setAvailable, setPrice, takeGoods } from './goods.ts'
import { expectOnePaidOrder, ordersOf } from './orders.ts'
import { startShop } from './shop.ts'

const shop = await startShop()

// A refused card is a 402 of the provider, which the browser notes.
const refusedCard = ['status of 402']

const seeAlert = ({ page }: Visitor, words: string): Promise<void> =>
  page.getByRole('alert').filter({ hasText: words }).waitFor()

test('a declined card says so, and another card pays the same order', () =>
  visit(shop, { expected: refusedCard }, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    await openReview(shop, visitor, goods)
    await pay(visitor, cards.declined)
    await seeAlert(visitor, t('checkout.decline.declined'))
    await page.getByRole('heading', { level: 1, name: t('checkout.pay.title') }).waitFor()
    await pay(visitor, cards.pays)
    await expectOnePaidOrder(shop, goods, await seeThanks(visitor))
  }))

test('a card without enough money is told in Arabic, and the order survives a reload', () =>
  visit(shop, { window: 'phone', locale: 'ar', expected: refusedCard }, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    await openReview(shop, visitor, goods)
    await pay(visitor, cards.insufficientFunds)
    await seeAlert(visitor, t('checkout.decline.insufficient-funds'))
    await page.reload()
    await untilReady(page)
    await page.getByRole('region', { name: t('cart.held.label') }).waitFor()
    await pay(visitor, cards.pays)
    await expectOnePaidOrder(shop, goods, await seeThanks(visitor))
  }))

test('3-D Secure: a failed confirmation can be retried, and a completed one pays', () =>
  visit(shop, {}, async (visitor) => {
    const { page, t, locale } = visitor
    const goods = await takeGoods(shop)
    await openReview(shop, visitor, goods)
    await pay(visitor, cards.secure)
    await answerBank(page, locale, 'fail')
    await seeAlert(visitor, t('checkout.decline.authentication-failed'))
    await pay(visitor, cards.secure)
    await answerBank(page, locale, 'complete')
    await expectOnePaidOrder(shop, goods, await seeThanks(visitor))
  }))

test('a double click on Pay, then back, reload and the review again: one order, one payment', () =>
  visit(shop, {}, async (visitor) => {
    const { page, locale } = visitor
    const goods = await takeGoods(shop)
    await openReview(shop, visitor, goods)
    await typeCard(page, locale, cards.pays)
    await payButton(visitor).dblclick()
    const number = await seeThanks(visitor)
    for (const again of [
      () => page.goBack(),
      () => page.reload(),
      () => visitor.open('/checkout/review?method=card'),
    ]) {
      await again()
      expect(await seeThanks(visitor)).toBe(number)
    }
    await expectOnePaidOrder(shop, goods, number)
  }))

test('two tabs pay the same cart at once: one order, one payment, both see it', () =>
  visit(shop, { expected: ['status of 400'] }, async (visitor) => {
    const { page, context, locale } = visitor
    const goods = await takeGoods(shop)
    await openReview(shop, visitor, goods)
    const other = { ...visitor, page: await context.newPage() }
    await other.page.goto(page.url())
    const tabs = [visitor, other]
    for (const tab of tabs) await typeCard(tab.page, locale, cards.pays)
    await Promise.all(tabs.map((tab) => payButton(tab).click()))
    const [one, two] = await Promise.all(tabs.map(seeThanks))
    expect(two).toBe(one)
    await expectOnePaidOrder(shop, goods, one)
  }))

test('every step survives a reload and the way back from another page', () =>
  visit(shop, {}, async (visitor) => {
    const { page, t, at } = visitor
    const goods = await takeGoods(shop)
    await openReview(shop, visitor, goods)
    for (const step of ['contact', 'address', 'delivery', 'payment', 'review'] as const) {
      const title = t(`checkout.${step}.title`)
      await visitor.open(`/checkout/${step}?method=card`)
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
      await page.reload()
      await page.goto(at('/cart'))
      await page.goBack()
      await page.getByRole('heading', { level: 1, name: title }).waitFor()
    }
    expect(await ordersOf(shop, goods)).toEqual([])
  }))

test('a price that changed before paying is shown old and new, and paid once accepted', () =>
  visit(shop, { expected: ['status of 409'] }, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    await openReview(shop, visitor, goods)
    await setPrice(shop, goods, goods.priceAmount + 1_000)
    await pay(visitor, cards.pays)
    const changes = page.getByRole('region', { name: t('checkout.changes.title') })
    await changes.getByText(goods.name.en).waitFor()
    expect(await ordersOf(shop, goods)).toEqual([])
    await changes.getByRole('button', { name: t('checkout.changes.accept') }).click()
    await changes.waitFor({ state: 'detached' })
    await pay(visitor, cards.pays)
    await expectOnePaidOrder(shop, goods, await seeThanks(visitor))
  }))

test('goods sold out before paying are named, and the rest is bought', () =>
  visit(shop, { locale: 'ar', expected: ['status of 409'] }, async (visitor) => {
    const { page, t } = visitor
    const [kept, gone] = [await takeGoods(shop), await takeGoods(shop)]
    await openReview(shop, visitor, kept, [gone])
    await setAvailable(shop, gone, 0)
    await pay(visitor, cards.pays)
    const changes = page.getByRole('region', { name: t('checkout.changes.title') })
    await changes.getByText(t('checkout.changes.out-of-stock', { name: gone.name.ar })).waitFor()
    await changes.getByRole('button', { name: t('checkout.changes.accept') }).click()
    await changes.waitFor({ state: 'detached' })
    await pay(visitor, cards.pays)
    await expectOnePaidOrder(shop, kept, await seeThanks(visitor))
    expect(await ordersOf(shop, gone)).toEqual([])
  }))

test('an order that waits for its payment can be paid from the cart later', () =>
  visit(shop, { expected: refusedCard }, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    await openReview(shop, visitor, goods)
    await pay(visitor, cards.declined)
    await seeAlert(visitor, t('checkout.decline.declined'))
    await visitor.open('/cart')
    await goOn(visitor, page.getByRole('link', { name: t('cart.held.pay') }), t('checkout.pay.title'))
    await pay(visitor, cards.pays)
    await expectOnePaidOrder(shop, goods, await seeThanks(visitor))
  }))

test('an order that waits for its payment can be changed: it is let go, and its cart is open again', () =>
  visit(shop, { expected: refusedCard }, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    await openReview(shop, visitor, goods)
    await pay(visitor, cards.declined)
    await seeAlert(visitor, t('checkout.decline.declined'))
    await page.getByRole('button', { name: t('cart.held.change') }).click()
    await page
      .getByRole('list', { name: t('cart.lines.label') })
      .getByRole('link', { name: goods.name.en })
      .waitFor()
    expect(await ordersOf(shop, goods)).toMatchObject([{ state: 'cancelled', intents: ['canceled'] }])
    await visitor.open('/checkout/review?method=card')
    await pay(visitor, cards.pays)
    const number = await seeThanks(visitor)
    expect(await ordersOf(shop, goods)).toMatchObject([{ state: 'cancelled' }, { number, state: 'confirmed' }])
  }))

test('a tab closed after the card was confirmed: the order is confirmed all the same', () =>
  visit(shop, { expected: ['net::ERR_FAILED'] }, async (visitor) => {
    const { page, context, t, at } = visitor
    const goods = await takeGoods(shop)
    await openReview(shop, visitor, goods)
    await context.route('**/checkout/return**', (route) => route.abort())
    await pay(visitor, cards.pays)
    await page.waitForEvent('requestfailed')
    await page.close()
    await expectOnePaidOrder(shop, goods)
    const [order] = await ordersOf(shop, goods)
    const later = await context.newPage()
    await later.goto(at(`/orders/${order?.number}`))
    await later.getByRole('main').getByText(t('orders.state.confirmed'), { exact: true }).first().waitFor()
    await later.goto(at('/cart'))
    await later.getByRole('heading', { name: t('cart.empty.title') }).waitFor()
  }))
