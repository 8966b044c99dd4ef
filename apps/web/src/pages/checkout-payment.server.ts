import { listPaymentMethods, PaidMethod } from '@dhow/contracts/cart.ts'
import type { CartView, PaymentOptions } from '@dhow/contracts/cart.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { z } from 'zod'
import { chosenOf, enterStep, stepAction } from '../features/checkout/enter-step.ts'
import { cartTotals, totalsAnotherWay, totalsByMethod } from '../features/checkout/pay-totals.ts'
import { chosenAmong, toPaymentOffers } from '../features/checkout/payment-offers.ts'
import type { PricedOffers } from '../features/checkout/payment-offers.ts'
import {
  choiceFor,
  findWaitingOrder,
  isAnotherWay,
  optionsForOrder,
  wasRefused,
} from '../features/checkout/waiting-order.ts'
import type { FormValues } from '../framework/form.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action, ActionResult, Loaded, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { parseForm } from '../server/forms.ts'
import { toHeldOrder, toSummary } from '../server/held-order.ts'
import { findOrder, findShopperCart } from '../server/shopper-cart.ts'
import { troubleWords } from '../features/checkout/trouble-words.ts'
import { Page } from './checkout-payment.page.tsx'
import type { CheckoutPaymentData } from './checkout-payment.page.tsx'

type Step = Promise<Loaded<CheckoutPaymentData>>

const optionsForCart = (ctx: PageContext, cartId: string, usesCredit: boolean): Promise<PaymentOptions> =>
  ctx.api.call(listPaymentMethods, { params: { cartId }, query: { storeCredit: usesCredit ? '1' : '0' } })

async function offersForCart(ctx: PageContext, cart: CartView, usesCredit: boolean): Promise<PricedOffers> {
  const options = await optionsForCart(ctx, cart.id, usesCredit)
  const totals = totalsByMethod(options, (priced) => cartTotals(cart.totals, priced))
  return { ...toPaymentOffers(ctx, options), totals }
}

/** Undefined when the order waits no more. */
async function offersForOrder(
  ctx: PageContext,
  order: OrderView,
  usesCredit: boolean,
): Promise<PricedOffers | undefined> {
  const options = await optionsForOrder(ctx, order.number, usesCredit)
  if (!options) return undefined
  const totals = totalsByMethod(options, (priced, chosen) =>
    isAnotherWay(order, chosen) ? totalsAnotherWay(order, priced) : toSummary(order).totals,
  )
  return { ...toPaymentOffers(ctx, options), totals }
}

async function loadCart(ctx: PageContext): Step {
  const entry = await enterStep(ctx, 'payment')
  if (entry.kind === 'leave') return entry.result
  const { cart, chosen, frame } = entry
  const offers = await offersForCart(ctx, cart, chosen.usesCredit)
  return loaded<CheckoutPaymentData>({
    frame,
    offers,
    chosen: chosenAmong(offers.methods, chosen.method),
    order: null,
    notice: ctx.query.get('why') === 'changed' ? ctx.t('checkout.payment.changed') : null,
  })
}

/** What led back here, if that is worth a word: the provider's refusal, or leaving before the end. */
function noticeFor(ctx: PageContext, order: OrderView): string | null {
  const { method, declineReason } = order.payment
  if (ctx.query.get('why') === 'changed') return ctx.t('checkout.payment.changed')
  if (declineReason && declineReason !== 'left') return troubleWords(ctx.t, method, declineReason)
  const hasLeft = declineReason === 'left' || ctx.query.get('why') === 'left'
  return hasLeft ? ctx.t(`checkout.payment.left.${method}`) : null
}

async function loadOrder(ctx: PageContext, number: string): Step {
  const found = await findWaitingOrder(ctx, number)
  if (found.kind === 'leave') return found.result
  const { order } = found
  const chosen = choiceFor(ctx, order)
  const offers = await offersForOrder(ctx, order, chosen.usesCredit)
  // Its time is over, or money is on its way: the order's own page says which, and leads nowhere back to here.
  if (!offers || !order.canChangeMethod) return goTo(ctx.paths.order(number))
  return loaded<CheckoutPaymentData>({
    frame: { steps: [], summary: toSummary(order), chosen },
    offers,
    chosen: chosenAmong(offers.methods, wasRefused(order) ? null : chosen.method),
    order: { number, until: toHeldOrder(order, ctx.format).until },
    notice: noticeFor(ctx, order),
  })
}

const Choice = z.strictObject({ method: PaidMethod })

const wantsCredit = (form: FormValues): boolean => form['_credit'] === 'on'

/** Where the choice leads. Credit that covers everything leaves no method to choose, whatever was ticked without script. */
function chooseFrom(
  form: FormValues,
  options: PaymentOptions,
  to: (method: PaidMethod, usesCredit: boolean) => string,
) {
  const usesCredit = options.storeCredit !== null && wantsCredit(form)
  if (usesCredit && options.storeCredit?.coversAll)
    return { kind: 'redirect', to: to('store-credit', true) } satisfies ActionResult
  const parsed = parseForm(Choice, form)
  if (!parsed.ok) return parsed.refused
  return { kind: 'redirect', to: to(parsed.value.method, usesCredit) } satisfies ActionResult
}

/** Nothing to save: the choice stands in the address of the review, and in the order once there is one. */
const saveForCart = stepAction('payment', async (ctx, cartId, form) =>
  chooseFrom(form, await optionsForCart(ctx, cartId, wantsCredit(form)), (method, usesCredit) =>
    ctx.paths.checkout('review', { method, usesCredit }),
  ),
)

/** Changes nothing yet: the review says what it comes to, and its button does it. */
async function saveForOrder(ctx: PageContext, number: string, form: FormValues): Promise<ActionResult> {
  const options = await optionsForOrder(ctx, number, wantsCredit(form))
  if (!options) return { kind: 'redirect', to: ctx.paths.order(number) }
  return chooseFrom(form, options, (method, usesCredit) => ctx.paths.checkoutPay(number, { method, usesCredit }))
}

const save: Action = (ctx, form) => {
  const number = ctx.query.get('order')
  return number ? saveForOrder(ctx, number, form) : saveForCart(ctx, form)
}

async function recountOrder(ctx: PageContext, number: string, usesCredit: boolean): Promise<ActionResult> {
  const order = await findOrder(ctx, number)
  const data = order && (await offersForOrder(ctx, order, usesCredit))
  if (!data) return { kind: 'redirect', to: ctx.paths.order(number) }
  return { kind: 'done', data, to: ctx.paths.checkoutMethods(number) }
}

async function recountCart(ctx: PageContext, usesCredit: boolean): Promise<ActionResult> {
  const to = ctx.paths.checkout('payment', chosenOf(ctx.query))
  const shopper = await findShopperCart(ctx)
  if (shopper.kind !== 'open') return { kind: 'redirect', to }
  return { kind: 'done', data: await offersForCart(ctx, shopper.cart, usesCredit), to }
}

/** What everything comes to with store credit taken or left, for the page's script. */
const recount: Action = (ctx, form) => {
  const number = ctx.query.get('order')
  return number ? recountOrder(ctx, number, wantsCredit(form)) : recountCart(ctx, wantsCredit(form))
}

export const checkoutPaymentPage = definePage<CheckoutPaymentData>({
  name: 'checkout-payment',
  route: routes.checkoutPayment,
  Page,
  load: (ctx) => {
    const number = ctx.query.get('order')
    return number ? loadOrder(ctx, number) : loadCart(ctx)
  },
  head: (data, { t }) => ({
    title: t(data.order ? 'checkout.payment.titleOrder' : 'checkout.payment.title'),
    path: (paths) =>
      data.order ? paths.checkoutMethods(data.order.number) : paths.checkout('payment', data.frame.chosen),
    isIndexable: false,
  }),
  cache: privately,
  chrome: 'checkout',
  actions: { save, recount },
})
