import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import type { Locator } from 'playwright-core'
import { expect, onTestFinished, test } from 'vitest'
import { newPhone } from './account-steps.ts'
import { faultsOfPage } from './accessible.ts'
import { visit } from './browser.ts'
import type { Visitor } from './browser.ts'
import { cards } from './card-form.ts'
import { goOn, openCheckout, pay, seeThanks } from './checkout-steps.ts'
import { takeGoods } from './goods.ts'
import { agreeAtTabby, agreeAtTamara, leaveTamara, tabbyPeople } from './lenders.ts'
import { expectOneOrder, expectOnePaidOrder, ordersOf } from './orders.ts'
import { startShop } from './shop.ts'
import { codeTo } from './texts.ts'

const shop = await startShop({ OTP_FREE_SENDS_PER_IP: '100' })

const method = ({ page, t }: Visitor, name: PaymentMethod): Locator =>
  page.getByRole('radio', { name: t(`checkout.method.${name}`), exact: true })

const press = ({ page }: Visitor, name: string): Locator => page.getByRole('button', { name })

/** The button on the review; the amount stands on it. */
const goButton = (visitor: Visitor, name: Exclude<PaymentMethod, 'card'>): Locator =>
  press(visitor, visitor.t(`checkout.pay.button.${name}`, { amount: '§' }).split('§')[0]?.trim() ?? '')

/** Chooses on the payment step and goes to the review. */
async function choose(visitor: Visitor, name: PaymentMethod): Promise<void> {
  await method(visitor, name).check()
  await goOn(visitor, press(visitor, visitor.t('checkout.payment.submit')), visitor.t('checkout.review.title'))
}

const numberIn = ({ page }: Visitor): string => new URL(page.url()).searchParams.get('order') ?? ''

test('Tabby: chosen with its parts told, agreed to on its page, and the order is there', () =>
  visit(shop, {}, async (visitor) => {
    const { page } = visitor
    const goods = await takeGoods(shop)
    await openCheckout(shop, visitor, { goods: [goods], contact: tabbyPeople.approved, at: 'payment' })
    expect(await page.getByRole('main').innerText()).toMatch(/4 payments of AED|then 3 payments of AED/)
    await choose(visitor, 'tabby')
    await goButton(visitor, 'tabby').click()
    await agreeAtTabby(visitor)
    const number = await seeThanks(visitor)
    await expectOneOrder(shop, goods, { number, method: 'tabby', payment: 'captured' })
  }))

test('a Tabby refused before it is chosen says so in Tabby’s words, and a card pays', () =>
  visit(shop, { locale: 'ar', window: 'phone' }, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    await openCheckout(shop, visitor, { goods: [goods], contact: tabbyPeople.refusedAtOnce, at: 'payment' })
    await page.getByText(t('checkout.refusal.tabby.not-available')).waitFor()
    expect(await method(visitor, 'tabby').isDisabled()).toBe(true)
    await choose(visitor, 'card')
    await pay(visitor, cards.pays)
    await expectOnePaidOrder(shop, goods, await seeThanks(visitor))
  }))

test('a Tabby refused on its own page leads back to the same order, which a card pays', () =>
  visit(shop, {}, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    const contact = tabbyPeople.refusedAfterCode
    await openCheckout(shop, visitor, { goods: [goods], contact, at: 'review?method=tabby' })
    await goButton(visitor, 'tabby').click()
    await agreeAtTabby(visitor, true)
    await page
      .getByRole('alert')
      .filter({ hasText: t('checkout.refusal.tabby.not-available') })
      .waitFor()
    await visitor.settled()
    const number = numberIn(visitor)
    // Whoever goes on from the cart or the order is not sent to Tabby once more.
    await visitor.open(`/checkout/review?order=${number}`)
    expect(page.url()).toContain('/checkout/payment?')
    await method(visitor, 'card').check()
    await goOn(visitor, press(visitor, t('checkout.payment.submitOrder')), t('checkout.pay.title'))
    await pay(visitor, cards.pays)
    expect(await seeThanks(visitor)).toBe(number)
    await expectOnePaidOrder(shop, goods, number)
  }))

test('Tamara, in Arabic: agreed to on its page, and the order is there', () =>
  visit(shop, { locale: 'ar' }, async (visitor) => {
    const goods = await takeGoods(shop)
    await openCheckout(shop, visitor, { goods: [goods], at: 'payment' })
    await choose(visitor, 'tamara')
    await goButton(visitor, 'tamara').click()
    await agreeAtTamara(visitor)
    const number = await seeThanks(visitor)
    await expectOneOrder(shop, goods, { number, method: 'tamara', payment: 'captured' })
  }))

test('a Tamara left on its page keeps the order, which is promised in cash with a fee and a code', () =>
  visit(shop, { window: 'phone' }, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    const phone = newPhone()
    await openCheckout(shop, visitor, { goods: [goods], contact: { phone }, at: 'review?method=tamara' })
    await goButton(visitor, 'tamara').click()
    await leaveTamara(visitor)
    await page
      .getByRole('alert')
      .filter({ hasText: t('checkout.payment.left.tamara') })
      .waitFor()
    await visitor.settled()
    const faults = await faultsOfPage(visitor, 'another way to pay', 0)
    const number = numberIn(visitor)
    await method(visitor, 'cod').check()
    await goOn(visitor, press(visitor, t('checkout.payment.submitOrder')), t('checkout.pay.title'))
    await goOn(visitor, goButton(visitor, 'cod'), t('checkout.code.title'))
    faults.push(...(await faultsOfPage(visitor, 'code for cash', 1)))
    await page.getByRole('textbox', { name: t('signIn.code') }).fill(await codeTo(shop, phone))
    await press(visitor, t('checkout.code.submit', { amount: '§' }).split('§')[0]?.trim() ?? '').click()
    expect(await seeThanks(visitor)).toBe(number)
    await page.getByText(t('cart.totals.fee')).waitFor()
    await page.getByRole('heading', { name: t('orders.code.title', { amount: '' }).split(' ').at(-1) ?? '' }).waitFor()
    faults.push(...(await faultsOfPage(visitor, 'thanks for cash', 0)))
    expect(faults).toEqual([])
    await expectOneOrder(shop, goods, { number, method: 'cod', payment: 'authorised' })
  }))

test('money that does not fit its order: nobody is told it was declined, or is let pay twice', () =>
  visit(shop, { locale: 'ar', window: 'phone' }, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    await openCheckout(shop, visitor, { goods: [goods], contact: tabbyPeople.approved, at: 'review?method=tabby' })
    await goButton(visitor, 'tabby').click()
    await page.waitForURL('**/tabby/checkout/**')
    const [order] = await ordersOf(shop, goods)
    const number = order?.number ?? ''
    const hold = `update payments set state = 'failed', decline_reason = 'not-approved', held_reason = 'amount-mismatch'
      where order_id = (select id from orders where number = $1)`
    await shop.db.query(hold, [number])
    const told = page.getByRole('heading', { name: t('cart.held.titleProcessing', { number }) })
    for (const path of [`/orders/${number}`, '/cart', `/checkout/payment?order=${number}`]) {
      await visitor.open(path)
      await told.waitFor()
      expect(
        await page
          .getByRole('main')
          .getByRole('link', { name: t('cart.held.pay') })
          .count(),
      ).toBe(0)
    }
    await visitor.open(`/checkout/review?order=${number}`)
    await page.getByRole('heading', { level: 1, name: t('checkout.return.title') }).waitFor()
    expect(await page.getByRole('link', { name: t('checkout.return.back') }).count()).toBe(0)
  }))

test('a tab closed on the lender’s page, whose webhook is lost besides: the order’s page finds it paid, in Arabic', () =>
  visit(shop, { locale: 'ar', expected: ['net::ERR_FAILED'] }, async (visitor) => {
    const { page, context, t, at } = visitor
    const goods = await takeGoods(shop)
    shop.sandbox.control.setWebhooks({ mode: 'drop' })
    onTestFinished(() => void shop.sandbox.control.setWebhooks({ mode: 'normal' }))
    await openCheckout(shop, visitor, { goods: [goods], contact: tabbyPeople.approved, at: 'review?method=tabby' })
    await goButton(visitor, 'tabby').click()
    await page.waitForURL('**/tabby/checkout/**')
    // The last answer of Tabby's page, which would lead back to the shop, finds nobody any more.
    await context.route('**/tabby/checkout/**', async (route) => {
      const isLast = route.request().postData()?.includes('approve') ?? false
      if (!isLast) return route.continue()
      await route.fetch({ maxRedirects: 0 })
      return route.abort()
    })
    const failed = page.waitForEvent('requestfailed')
    await agreeAtTabby(visitor)
    await failed
    await page.close()
    const [order] = await ordersOf(shop, goods)
    const later = await context.newPage()
    await later.goto(at(`/orders/${order?.number}`))
    await later.getByRole('main').getByText(t('orders.state.confirmed'), { exact: true }).first().waitFor()
    await later.getByRole('main').getByText(t('orders.method.tabby'), { exact: true }).first().waitFor()
    await expectOneOrder(shop, goods, { number: order?.number ?? '', method: 'tabby', payment: 'captured' })
  }))

test('without script one pays with Tabby, and a wrong and a right code confirm cash', async () => {
  await visit(shop, { javaScript: false, locale: 'ar' }, async (visitor) => {
    const goods = await takeGoods(shop)
    await openCheckout(shop, visitor, { goods: [goods], contact: tabbyPeople.approved, at: 'payment' })
    await choose(visitor, 'tabby')
    await goButton(visitor, 'tabby').click()
    await agreeAtTabby(visitor)
    const number = await seeThanks(visitor)
    await expectOneOrder(shop, goods, { number, method: 'tabby', payment: 'captured' })
  })
  await visit(shop, { javaScript: false, expected: ['status of 422'] }, async (visitor) => {
    const { page, t } = visitor
    const goods = await takeGoods(shop)
    const phone = newPhone()
    await openCheckout(shop, visitor, { goods: [goods], contact: { phone }, at: 'review?method=cod' })
    await goOn(visitor, goButton(visitor, 'cod'), t('checkout.code.title'))
    const code = await codeTo(shop, phone)
    const field = page.getByRole('textbox', { name: t('signIn.code') })
    const confirm = press(visitor, t('checkout.code.submit', { amount: '§' }).split('§')[0]?.trim() ?? '')
    await field.fill(code === '000000' ? '000001' : '000000')
    await confirm.click()
    await page.getByText(t('fields.wrong-code')).waitFor()
    await field.fill(code)
    await confirm.click()
    const number = await seeThanks(visitor)
    await expectOneOrder(shop, goods, { number, method: 'cod', payment: 'authorised' })
  })
})
