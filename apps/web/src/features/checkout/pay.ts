import { randomUUID } from 'node:crypto'
import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { getCart, listPaymentMethods } from '@dhow/contracts/cart.ts'
import type { CartView, PaidMethod } from '@dhow/contracts/cart.ts'
import { changePaymentMethod, checkOutCart, resumePayment } from '@dhow/contracts/orders.ts'
import type { CheckoutResult, OrderView, PaymentChoice } from '@dhow/contracts/orders.ts'
import { money, sameMoney } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { FormValues } from '../../framework/form.ts'
import type { ActionResult, PageContext } from '../../framework/page.ts'
import { refusedBy } from '../../server/forms.ts'
import { rememberOrder } from '../../server/order-cookie.ts'
import { askOrder, findOrder, findShopperCart } from '../../server/shopper-cart.ts'
import { toHeldOrder } from '../../server/held-order.ts'
import type { CartNow } from './changes.ts'
import { chosenOf } from './enter-step.ts'
import type { Chosen } from './enter-step.ts'
import { sendFirstCode } from './order-code.ts'
import { changeProblems } from './pay-answer.ts'
import type { PayAnswer } from './pay-answer.ts'
import { priceOf } from './pay-totals.ts'
import { choiceFor, isAnotherWay } from './waiting-order.ts'

const keyShape = /^[0-9a-f-]{36}$/

/** What the pay button said, in minor units. */
function shownTotal(form: FormValues): Money | undefined {
  const typed = form['_total'] ?? ''
  return /^\d{1,12}$/.test(typed) ? money(Number(typed)) : undefined
}

function keyOf(form: FormValues): string {
  const key = form['_key'] ?? ''
  return keyShape.test(key) ? key : randomUUID()
}

const goTo = (to: string): ActionResult => ({ kind: 'redirect', to })

const isProblem = (error: unknown, ...codes: string[]): error is ApiProblem =>
  error instanceof ApiProblem && codes.includes(error.code)

interface Pressed {
  chosen: Chosen & { method: PaidMethod }
  /** The amount on the button. */
  shown: Money
  form: FormValues
}

const choiceOf = ({ chosen, shown }: Pressed): PaymentChoice => ({
  paymentMethod: chosen.method,
  expectedTotal: shown,
  ...(chosen.usesCredit ? { useStoreCredit: true } : {}),
})

/**
 * The order is there: hands the card's confirmation to the page's script, or goes where the paying goes on: the provider's page,
 * the code, or the page that finds out how it went.
 */
async function answerWith(ctx: PageContext, result: CheckoutResult, { chosen, shown }: Pressed): Promise<ActionResult> {
  const { order, token, payment } = result
  rememberOrder(ctx.cookies, { number: order.number, token })
  const returnPath = ctx.paths.checkoutReturn(order.number)
  const { action } = payment
  if (action.kind === 'none') return goTo(returnPath)
  // Another tab placed it with other contents or another way to pay: nobody pays a total that was not on the button.
  if (order.payment.method !== chosen.method || !sameMoney(order.totals.due, shown))
    return goTo(ctx.paths.checkoutPay(order.number, chosen))
  if (action.kind === 'redirect') return goTo(action.url)
  if (action.kind === 'code') return goTo(await sendFirstCode(ctx, order.number))
  const data: PayAnswer = { held: toHeldOrder(order, ctx.format), clientSecret: action.clientSecret, returnPath }
  return { kind: 'done', data, to: ctx.paths.checkoutPay(order.number) }
}

/** The order's payment as it was begun, or begun anew another way. */
const payOrAnother = (ctx: PageContext, order: OrderView, pressed: Pressed) =>
  isAnotherWay(order, pressed.chosen)
    ? askOrder(ctx, changePaymentMethod, order.number, {
        body: choiceOf(pressed),
        idempotencyKey: keyOf(pressed.form),
      })
    : askOrder(ctx, resumePayment, order.number)

/** Goes on paying an order that was placed before. One that no longer waits shows how it stands. */
async function payOrder(ctx: PageContext, number: string, shown: Money, form: FormValues): Promise<ActionResult> {
  const order = await findOrder(ctx, number)
  const chosen = order && choiceFor(ctx, order)
  if (!order || !chosen?.method) return goTo(ctx.paths.orderLookup({ number }))
  const pressed = { chosen: { ...chosen, method: chosen.method }, shown, form }
  try {
    const result = await payOrAnother(ctx, order, pressed)
    return result ? await answerWith(ctx, result, pressed) : goTo(ctx.paths.orderLookup({ number }))
  } catch (error) {
    if (isProblem(error, 'payments/not-payable')) return goTo(ctx.paths.checkoutReturn(number))
    if (isProblem(error, 'cart/total-changed', 'store-credit/not-enough'))
      return goTo(ctx.paths.checkoutMethods(number, { why: 'changed' }))
    if (isProblem(error, 'payments/method-not-available')) return goTo(ctx.paths.checkoutMethods(number))
    throw error
  }
}

/** The cart as it is now, so that the page can say old → new. Undefined when it cannot be paid so any more. */
async function cartNow(ctx: PageContext, cartId: string, { chosen }: Pressed): Promise<CartNow | undefined> {
  const query = { storeCredit: chosen.usesCredit ? '1' : '0' } as const
  const [{ lines, delivery }, options] = await Promise.all([
    ctx.api.call(getCart, { params: { cartId } }),
    ctx.api.call(listPaymentMethods, { params: { cartId }, query }),
  ])
  const priced = priceOf(options, chosen)
  return priced && { lines, delivery, due: priced.due }
}

async function payCart(ctx: PageContext, cart: CartView, pressed: Pressed): Promise<ActionResult> {
  const { chosen, form } = pressed
  const params = { cartId: cart.id }
  try {
    const body = choiceOf(pressed)
    return await answerWith(
      ctx,
      await ctx.api.call(checkOutCart, { params, body, idempotencyKey: keyOf(form) }),
      pressed,
    )
  } catch (error) {
    if (isProblem(error, 'payments/method-not-available', 'store-credit/not-enough'))
      return goTo(ctx.paths.checkout('payment', chosen))
    if (!isProblem(error, ...changeProblems)) throw error
    const now = await cartNow(ctx, cart.id, pressed)
    return now ? refusedBy(form, error.code, error.status, { cart: now }) : goTo(ctx.paths.checkout('payment', chosen))
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
  if (number) return payOrder(ctx, number, shown, form)
  const shopper = await findShopperCart(ctx)
  if (shopper.kind === 'none') return goTo(ctx.paths.cart())
  if (shopper.kind === 'paid') return goTo(ctx.paths.orderThanks(shopper.number))
  if (shopper.kind === 'held') return payOrder(ctx, shopper.order.number, shown, form)
  const chosen = chosenOf(ctx.query)
  if (!chosen.method) return goTo(ctx.paths.checkout('payment'))
  return payCart(ctx, shopper.cart, { chosen: { ...chosen, method: chosen.method }, shown, form })
}
