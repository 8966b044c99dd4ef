import type { Locator, Route } from 'playwright-core'
import { expect, test } from 'vitest'
import { faultsOfPage } from './accessible.ts'
import { newPhone, signInDirectly } from './account-steps.ts'
import { visit } from './browser.ts'
import type { Visitor } from './browser.ts'
import { answerBank, cards, keepCard, keptCard, typeCard } from './card-form.ts'
import { goOn, openCheckout, payButton, seeThanks } from './checkout-steps.ts'
import { giveCredit } from './credit.ts'
import { takeGoods } from './goods.ts'
import { expectOneOrder, expectOnePaidOrder } from './orders.ts'
import { startShop } from './shop.ts'
import type { Shop } from './shop.ts'

const shop = await startShop((sandboxUrl) => ({
  OTP_FREE_SENDS_PER_IP: '100',
  TABBY_WIDGET_URL: `${sandboxUrl}/tabby-promo.js`,
  TAMARA_WIDGET_URL: `${sandboxUrl}/tamara-widget.js`,
}))

/** Somebody signed in, as what fills their cart over HTTP. */
async function signedIn(visitor: Visitor, at: Pick<Shop, 'api'> = shop) {
  const phone = newPhone()
  const accessToken = await signInDirectly(shop, visitor, phone)
  const call: typeof at.api.call = (endpoint, input) => at.api.call(endpoint, { ...input, accessToken })
  return { accessToken, phone, customer: { call, tokens: { accessToken } } }
}

const press = ({ page }: Visitor, name: string): Locator => page.getByRole('button', { name, exact: true })

test('a card kept at the first purchase pays the second without being typed, and can be removed', () =>
  visit(shop, {}, async (visitor) => {
    const { page, t, locale } = visitor
    const { customer } = await signedIn(visitor)
    const [first, second] = [await takeGoods(shop), await takeGoods(shop)]
    await openCheckout(shop, visitor, { goods: [first], customer, at: 'review?method=card' })
    await typeCard(page, locale, cards.pays)
    await keepCard(page, locale)
    await payButton(visitor).click()
    await expectOnePaidOrder(shop, first, await seeThanks(visitor))
    await openCheckout(shop, visitor, { goods: [second], customer, at: 'review?method=card' })
    await keptCard(page, locale, '4242').check()
    await payButton(visitor).click()
    await expectOnePaidOrder(shop, second, await seeThanks(visitor))
    await visitor.open('/account/cards')
    const card = page.getByRole('main').getByRole('listitem').filter({ hasText: '4242' })
    await card.getByText(t('account.cards.remove'), { exact: true }).click()
    expect(await faultsOfPage(visitor, 'saved cards', 0)).toEqual([])
    await goOn(visitor, press(visitor, t('account.cards.remove.submit')), t('account.cards.title'))
    await page.getByText(t('account.cards.none')).waitFor()
  }))

test.each(['en', 'ar'] as const)('a card is kept without buying anything, once its bank has agreed (%s)', (locale) =>
  visit(shop, { locale, window: locale === 'ar' ? 'phone' : 'desktop' }, async (visitor) => {
    const { page, t } = visitor
    await signedIn(visitor)
    await visitor.open('/account/cards')
    await goOn(visitor, page.getByRole('link', { name: t('account.cards.add') }), t('account.cards.add'))
    const submit = press(visitor, t('account.cards.add.submit'))
    await typeCard(page, locale, cards.secure)
    expect(await faultsOfPage(visitor, 'add a card', 0)).toEqual([])
    await submit.click()
    await answerBank(page, locale, 'fail')
    await page.getByText(t('account.cards.add.notKept')).waitFor()
    await submit.click()
    await answerBank(page, locale, 'complete')
    await page.getByText(t('account.cards.added')).waitFor()
    await page.getByRole('main').getByRole('listitem').filter({ hasText: '3184' }).waitFor()
    const [setup] = shop.sandbox.control.stripe.customers()
    expect(setup?.name).toBeNull()
    await visitor.open('/account/cards?setup_intent=seti_1&setup_intent_client_secret=s&redirect_status=failed')
    await page.getByText(t('account.cards.add.notKept')).waitFor()
    expect(page.url()).not.toContain('secret')
  }),
)

test('store credit pays first and a card the rest; then it covers a whole order', () =>
  visit(shop, { locale: 'ar', window: 'phone' }, async (visitor) => {
    const { page, t } = visitor
    const { accessToken, customer } = await signedIn(visitor)
    const [first, second] = [await takeGoods(shop), await takeGoods(shop)]
    await giveCredit(shop, accessToken, 1_000)
    await openCheckout(shop, visitor, { goods: [first], customer, at: 'payment' })
    await page.getByRole('checkbox', { name: t('checkout.credit.use') }).check()
    await page
      .getByRole('status')
      .filter({ hasText: t('checkout.credit.counted') })
      .waitFor()
    const summary = page.getByRole('group').filter({ hasText: t('checkout.summary.show') })
    await summary.getByText(t('checkout.summary.show')).click()
    await summary.getByText(t('cart.totals.due'), { exact: true }).waitFor()
    expect(await faultsOfPage(visitor, 'payment with store credit', 1)).toEqual([])
    await goOn(visitor, press(visitor, t('checkout.payment.submit')), t('checkout.review.title'))
    await typeCard(page, 'ar', cards.pays)
    await payButton(visitor).click()
    await expectOnePaidOrder(shop, first, await seeThanks(visitor))
    await page.getByText(t('cart.totals.paid'), { exact: true }).first().waitFor()

    await giveCredit(shop, accessToken, 500_000)
    await openCheckout(shop, visitor, { goods: [second], customer, at: 'payment' })
    await page.getByRole('checkbox', { name: t('checkout.credit.use') }).check()
    await page.getByText(t('checkout.credit.covers')).waitFor()
    await goOn(visitor, press(visitor, t('checkout.payment.submit')), t('checkout.review.title'))
    await press(visitor, t('checkout.pay.button.store-credit')).click()
    const number = await seeThanks(visitor)
    await expectOneOrder(shop, second, { number, method: 'store-credit', payment: 'captured' })
    await visitor.open('/account/credit')
    await page.getByText(t('account.credit.kind.credit-spent')).first().waitFor()
    expect(await faultsOfPage(visitor, 'store credit', 0)).toEqual([])
  }))

/** Stands in for the lenders' scripts: draws what it was told, as they do. */
const scripts = {
  tabby: `window.TabbyPromo = class { constructor(told) {
    document.querySelector(told.selector).textContent = ['Tabby', told.lang, told.price, told.source].join(' ') } }`,
  tamara: `customElements.define('tamara-widget', class extends HTMLElement { connectedCallback() {
    this.textContent = ['Tamara', window.tamaraWidgetConfig.lang, this.getAttribute('amount'), this.getAttribute('inline-type')].join(' ') } })
    window.TamaraWidgetV2 = { refresh() {} }`,
}

async function serveScripts({ context }: Visitor): Promise<string[]> {
  const asked: string[] = []
  const serve = (provider: keyof typeof scripts) => (route: Route) => {
    asked.push(provider)
    return route.fulfill({ contentType: 'text/javascript', body: scripts[provider] })
  }
  await context.route('**/tabby-promo.js', serve('tabby'))
  await context.route('**/tamara-widget.js', serve('tamara'))
  return asked
}

test('the lenders’ own snippets come after the page, follow the quantity, and keep away from the card fields', () =>
  visit(shop, { locale: 'ar' }, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    const asked = await serveScripts(visitor)
    const amount = (times: number) => ((goods.priceAmount * times) / 100).toFixed(2)
    const product = `/p/${goods.slug.ar}?variant=${goods.sku}`
    const html = await (await page.request.get(visitor.at(product))).text()
    expect(html).toContain(t('offers.tabby.how'))
    await visitor.open(product)
    await page.getByText(`Tabby ar ${amount(1)} product`).waitFor()
    await page.getByText(`Tamara ar ${amount(1)} 2`).waitFor()
    await page.getByRole('button', { name: t('product.quantity.more') }).click()
    await page.getByText(`Tabby ar ${amount(2)} product`).waitFor()
    await page.getByText(`Tamara ar ${amount(2)} 2`).waitFor()
    asked.length = 0
    await openCheckout(shop, visitor, { goods: [goods], at: 'review?method=card' })
    await payButton(visitor).and(page.locator(':enabled')).waitFor()
    expect(asked).toEqual([])
  }))

test('where a snippet cannot be had, our own words stay', () =>
  visit(shop, { expected: ['net::ERR_FAILED'] }, async (visitor) => {
    const { page, context, t } = visitor
    const goods = await takeGoods(shop)
    for (const script of ['**/tabby-promo.js', '**/tamara-widget.js'])
      await context.route(script, (route) => route.abort())
    const failed = page.waitForEvent('requestfailed')
    await visitor.open(`/p/${goods.slug.en}?variant=${goods.sku}`)
    await failed
    const offers = page.getByRole('list', { name: t('offers.label') })
    await offers.getByText(/with Tabby$/).waitFor()
    await offers.getByText(/with Tamara$/).waitFor()
  }))
