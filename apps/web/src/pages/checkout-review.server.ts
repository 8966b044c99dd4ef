import { randomUUID } from 'node:crypto'
import { acceptChanges, listPaymentMethods } from '@dhow/contracts/cart.ts'
import type { CartView, PaymentOption } from '@dhow/contracts/cart.ts'
import { resumePayment } from '@dhow/contracts/orders.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { changesNoticed, toSeenCart } from '../features/checkout/changes.ts'
import { dubaiDay, promiseWords } from '../server/delivery-words.ts'
import { chosenOf, continueFrom, enterStep, stepAction } from '../features/checkout/enter-step.ts'
import type { Chosen } from '../features/checkout/enter-step.ts'
import type { CardSetup, PaySetup } from '../features/checkout/pay-answer.ts'
import { pay } from '../features/checkout/pay.ts'
import { cartTotals, priceOf, totalsAnotherWay } from '../features/checkout/pay-totals.ts'
import type { Priced } from '../features/checkout/pay-totals.ts'
import { instalmentWords } from '../features/checkout/payment-offers.ts'
import {
  choiceFor,
  findWaitingOrder,
  isAnotherWay,
  optionsForOrder,
  wasRefused,
} from '../features/checkout/waiting-order.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Loaded, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { toAddressFields, toContactFields } from '../server/address-fields.ts'
import { toHeldOrder, toSummary } from '../server/held-order.ts'
import { askOrder, releaseOrder, unless } from '../server/shopper-cart.ts'
import { Page } from './checkout-review.page.tsx'
import type { CheckoutReviewData } from './checkout-review.page.tsx'

type Review = Promise<Loaded<CheckoutReviewData>>

const promiseOf = (ctx: PageContext, days: { earliest: string; latest: string }): string =>
  promiseWords(days, dubaiDay(new Date()), ctx)

/** Publishable key and script of the card fields, which the waiting payment itself knows. */
async function cardOfOrder(ctx: PageContext, number: string): Promise<CardSetup | undefined> {
  const resumed = await unless('payments/not-payable', askOrder(ctx, resumePayment, number))
  const action = resumed?.payment.action
  if (action?.kind !== 'client_secret') return undefined
  const { publishableKey, scriptUrl, captureMethod } = action
  return { publishableKey, scriptUrl, captureMethod, customerSession: null }
}

function setupOf(ctx: PageContext, { method }: Chosen, due: Priced['due'], option: PaymentOption | null) {
  if (!method) return undefined
  const instalments = instalmentWords(ctx, option?.instalments ?? null)
  return { method, due, payKey: randomUUID(), card: option?.card ?? null, instalments } satisfies PaySetup
}

/** How a waiting order is paid, and its summary when that is so. Undefined when it cannot be paid so. */
async function payingOf(ctx: PageContext, order: OrderView, chosen: Chosen) {
  const options = await optionsForOrder(ctx, order.number, chosen.usesCredit)
  const priced = options && priceOf(options, chosen)
  const { totals, ...summary } = toSummary(order)
  if (isAnotherWay(order, chosen)) {
    const setup = priced && setupOf(ctx, chosen, priced.due, priced.option)
    return setup && { setup, summary: { ...summary, totals: totalsAnotherWay(order, priced) } }
  }
  // What was begun can be gone on with, even if it would not be offered anew.
  const begun = setupOf(ctx, chosen, order.totals.due, priced?.option ?? null)
  if (!begun) return undefined
  const card = begun.method === 'card' ? (begun.card ?? (await cardOfOrder(ctx, order.number))) : null
  return card === undefined ? undefined : { setup: { ...begun, card }, summary: { ...summary, totals } }
}

/** An order that waits for its payment: everything is agreed, only the paying is missing. */
async function reviewOrder(ctx: PageContext, number: string): Review {
  const found = await findWaitingOrder(ctx, number)
  if (found.kind === 'leave') return found.result
  const { order } = found
  // Paying is over as far as the shopper goes; the return page knows how it went.
  if (order.payment.state === 'processing') return goTo(ctx.paths.checkoutReturn(number))
  const chosen = choiceFor(ctx, order)
  const isAnother = isAnotherWay(order, chosen)
  if (wasRefused(order) && !chosenOf(ctx.query).method) return goTo(ctx.paths.checkoutMethods(number))
  if (chosen.method === 'cod' && !isAnother) return goTo(ctx.paths.checkoutCode(number))
  const paying = await payingOf(ctx, order, chosen)
  if (!paying) return goTo(isAnother ? ctx.paths.checkoutMethods(number) : ctx.paths.order(number))
  return loaded<CheckoutReviewData>({
    frame: { steps: [], summary: paying.summary, chosen },
    contact: toContactFields(order.contact),
    address: toAddressFields(order.address),
    delivery: { method: order.delivery.method, promise: promiseOf(ctx, order.delivery) },
    setup: paying.setup,
    seen: null,
    noticed: [],
    held: toHeldOrder(order, ctx.format),
    declined: isAnother ? null : order.payment.declineReason,
    otherWays: order.canChangeMethod ? ctx.paths.checkoutMethods(number) : null,
  })
}

async function reviewCart(ctx: PageContext): Review {
  const entry = await enterStep(ctx, 'review')
  if (entry.kind === 'leave') return entry.result
  const { cart, chosen, frame } = entry
  const { contact, address, delivery } = cart
  const query = { storeCredit: chosen.usesCredit ? '1' : '0' } as const
  const options = await ctx.api.call(listPaymentMethods, { params: { cartId: cart.id }, query })
  const priced = priceOf(options, chosen)
  const setup = priced && setupOf(ctx, chosen, priced.due, priced.option)
  if (!contact || !address || !delivery || !setup) return goTo(ctx.paths.checkout('payment', chosen))
  return loaded<CheckoutReviewData>({
    frame: { ...frame, summary: { ...frame.summary, totals: cartTotals(cart.totals, priced) } },
    contact: toContactFields(contact),
    address: toAddressFields(address),
    delivery: { method: delivery.method, promise: promiseOf(ctx, delivery) },
    setup,
    seen: toSeenCart({ lines: cart.lines, delivery, due: priced.due }),
    noticed: cart.needsAttention ? changesNoticed(cart) : [],
    held: null,
    declined: null,
    otherWays: null,
  })
}

/** Takes the cart as it is now; the review is loaded anew with its new total, or an earlier step if one is missing. */
const accept = stepAction('review', async (ctx, cartId) => {
  const cart: CartView = await ctx.api.call(acceptChanges, { params: { cartId } })
  if (cart.lines.length === 0) return { kind: 'redirect', to: ctx.paths.cart() }
  return continueFrom(ctx, 'review', cart)
})

export const checkoutReviewPage = definePage<CheckoutReviewData>({
  name: 'checkout-review',
  route: routes.checkoutReview,
  Page,
  load: (ctx) => {
    const number = ctx.query.get('order')
    return number ? reviewOrder(ctx, number) : reviewCart(ctx)
  },
  head: ({ held, frame }, { t }) => ({
    title: t(held ? 'checkout.pay.title' : 'checkout.review.title'),
    path: (paths) => (held ? paths.checkoutPay(held.number, frame.chosen) : paths.checkout('review', frame.chosen)),
    isIndexable: false,
  }),
  cache: privately,
  class: 'payment',
  chrome: 'checkout',
  actions: {
    pay,
    'accept-changes': accept,
    'change-order': (ctx, form) => releaseOrder(ctx, form['order'] ?? '', ctx.paths.cart()),
  },
})
