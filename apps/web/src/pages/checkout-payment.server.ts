import { listPaymentMethods, PaidMethod } from '@dhow/contracts/cart.ts'
import type { PaymentOptions } from '@dhow/contracts/cart.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { z } from 'zod'
import { chosenOf, enterStep, stepAction } from '../features/checkout/enter-step.ts'
import { chosenAmong, toPaymentOffers } from '../features/checkout/payment-offers.ts'
import { choiceFor, findWaitingOrder, optionsForOrder, wasRefused } from '../features/checkout/waiting-order.ts'
import type { FormValues } from '../framework/form.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action, ActionResult, Loaded, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { cartKeyOf } from '../server/cart-cookie.ts'
import { parseForm } from '../server/forms.ts'
import { toHeldOrder, toSummary } from '../server/held-order.ts'
import { troubleWords } from '../features/checkout/trouble-words.ts'
import { Page } from './checkout-payment.page.tsx'
import type { CheckoutPaymentData } from './checkout-payment.page.tsx'

type Step = Promise<Loaded<CheckoutPaymentData>>

const optionsForCart = (ctx: PageContext, cartId: string, usesCredit: boolean): Promise<PaymentOptions> =>
  ctx.api.call(listPaymentMethods, { params: { cartId }, query: { storeCredit: usesCredit ? '1' : '0' } })

async function loadCart(ctx: PageContext): Step {
  const entry = await enterStep(ctx, 'payment')
  if (entry.kind === 'leave') return entry.result
  const { cart, chosen, frame } = entry
  const offers = toPaymentOffers(ctx, await optionsForCart(ctx, cart.id, chosen.usesCredit))
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
  const options = await optionsForOrder(ctx, number, chosen.usesCredit)
  // Its time is over, or money is on its way: the order's own page says which, and leads nowhere back to here.
  if (!options || !order.canChangeMethod) return goTo(ctx.paths.order(number))
  const offers = toPaymentOffers(ctx, options)
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

/** The methods with store credit taken or left, for the page's script. */
const recount: Action = async (ctx, form) => {
  const number = ctx.query.get('order')
  const cartId = cartKeyOf(ctx.cookies)
  const usesCredit = wantsCredit(form)
  const options = number
    ? await optionsForOrder(ctx, number, usesCredit)
    : cartId && (await optionsForCart(ctx, cartId, usesCredit))
  if (!options) return { kind: 'redirect', to: number ? ctx.paths.order(number) : ctx.paths.cart() }
  const to = number ? ctx.paths.checkoutMethods(number) : ctx.paths.checkout('payment', chosenOf(ctx.query))
  return { kind: 'done', data: toPaymentOffers(ctx, options), to }
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
