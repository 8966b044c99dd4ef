import { randomUUID } from 'node:crypto'
import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { getCart } from '@dhow/contracts/cart.ts'
import type { CartView, PaymentMethod } from '@dhow/contracts/cart.ts'
import { checkOutCart, resumePayment } from '@dhow/contracts/orders.ts'
import type { CheckoutResult } from '@dhow/contracts/orders.ts'
import { money, sameMoney } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { FormValues } from '../../framework/form.ts'
import type { ActionResult, PageContext } from '../../framework/page.ts'
import { refusedBy } from '../../server/forms.ts'
import { rememberOrder } from '../../server/order-cookie.ts'
import { askOrder, findShopperCart } from '../../server/shopper-cart.ts'
import { toHeldOrder } from '../../server/held-order.ts'
import type { CartNow } from './changes.ts'
import { methodOf } from './enter-step.ts'
import { changeProblems } from './pay-answer.ts'
import type { PayAnswer } from './pay-answer.ts'

const keyShape = /^[0-9a-f-]{36}$/

/** What the pay button said, in minor units. */
function shownTotal(form: FormValues): Money | undefined {
  const typed = form['_total'] ?? ''
  return /^\d{1,12}$/.test(typed) ? money(Number(typed)) : undefined
}

const goTo = (to: string): ActionResult => ({ kind: 'redirect', to })

/** The order is there: hands the card's confirmation to the page's script, or goes where there is nothing left to confirm. */
function answerWith(ctx: PageContext, result: CheckoutResult, shown: Money): ActionResult {
  const { order, token, payment } = result
  rememberOrder(ctx.cookies, { number: order.number, token })
  const returnPath = ctx.paths.checkoutReturn(order.number)
  if (payment.action.kind === 'redirect') return goTo(payment.action.url)
  if (payment.action.kind === 'none' || payment.action.kind === 'code') return goTo(returnPath)
  // Another tab placed it with other contents: nobody pays a total that was not on the button.
  if (!sameMoney(order.totals.grandTotal, shown)) return goTo(ctx.paths.checkoutPay(order.number))
  const data: PayAnswer = {
    held: toHeldOrder(order, ctx.format),
    clientSecret: payment.action.clientSecret,
    returnPath,
  }
  return { kind: 'done', data, to: ctx.paths.checkoutPay(order.number) }
}

/** Goes on paying an order that was placed before. One that no longer waits shows how it stands. */
async function payOrder(ctx: PageContext, number: string, shown: Money): Promise<ActionResult> {
  try {
    const resumed = await askOrder(ctx, resumePayment, number)
    return resumed ? answerWith(ctx, resumed, shown) : goTo(ctx.paths.orderLookup({ number }))
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'payments/not-payable') throw error
    return goTo(ctx.paths.checkoutReturn(number))
  }
}

const hasChanged = (error: unknown): error is ApiProblem =>
  error instanceof ApiProblem && changeProblems.some((code) => code === error.code)

/** The refusal with the cart as it is now, so that the page can say old → new. */
async function refusedByChange(ctx: PageContext, problem: ApiProblem, cartId: string, form: FormValues) {
  const { lines, delivery, totals } = await ctx.api.call(getCart, { params: { cartId } })
  const cart: CartNow = { lines, delivery, totals }
  return refusedBy(form, problem.code, problem.status, { cart })
}

async function payCart(ctx: PageContext, cart: CartView, method: PaymentMethod, shown: Money, form: FormValues) {
  const key = form['_key'] ?? ''
  try {
    const result = await ctx.api.call(checkOutCart, {
      params: { cartId: cart.id },
      body: { paymentMethod: method, expectedTotal: shown },
      idempotencyKey: keyShape.test(key) ? key : randomUUID(),
    })
    return answerWith(ctx, result, shown)
  } catch (error) {
    if (!hasChanged(error)) throw error
    return refusedByChange(ctx, error, cart.id, form)
  }
}

/**
 * The pay button: turns the cart into an order, or finds the one it has become, and begins the payment. However often it is
 * pressed, in however many tabs, the API answers with one order and one payment.
 */
export async function pay(ctx: PageContext, form: FormValues): Promise<ActionResult> {
  const shown = shownTotal(form)
  if (!shown) return refusedBy(form, 'request/malformed', 400)
  const number = ctx.query.get('order')
  if (number) return payOrder(ctx, number, shown)
  const shopper = await findShopperCart(ctx)
  if (shopper.kind === 'none') return goTo(ctx.paths.cart())
  if (shopper.kind === 'paid') return goTo(ctx.paths.orderThanks(shopper.number))
  if (shopper.kind === 'held') return payOrder(ctx, shopper.order.number, shown)
  const method = methodOf(ctx.query)
  if (!method) return goTo(ctx.paths.checkout('payment'))
  return payCart(ctx, shopper.cart, method, shown, form)
}
