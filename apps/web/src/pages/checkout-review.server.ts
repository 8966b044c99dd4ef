import { randomUUID } from 'node:crypto'
import { acceptChanges, listPaymentMethods } from '@dhow/contracts/cart.ts'
import type { CartView } from '@dhow/contracts/cart.ts'
import { resumePayment } from '@dhow/contracts/orders.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { changesNoticed, toSeenCart } from '../features/checkout/changes.ts'
import { dubaiDay, promiseWords } from '../server/delivery-words.ts'
import { continueFrom, enterStep, stepAction } from '../features/checkout/enter-step.ts'
import type { CardSetup } from '../features/checkout/pay-answer.ts'
import { pay } from '../features/checkout/pay.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Loaded, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { toAddressFields, toContactFields } from '../server/address-fields.ts'
import { cartKeyOf } from '../server/cart-cookie.ts'
import { toHeldOrder, toSummary } from '../server/held-order.ts'
import { askOrder, findOrder, releaseOrder, unless } from '../server/shopper-cart.ts'
import { Page } from './checkout-review.page.tsx'
import type { CheckoutReviewData } from './checkout-review.page.tsx'

type Review = Promise<Loaded<CheckoutReviewData>>

const promiseOf = (ctx: PageContext, days: { earliest: string; latest: string }): string =>
  promiseWords(days, dubaiDay(new Date()), ctx)

/** An order that waits for its payment: everything is agreed, only the card is missing. */
async function reviewOrder(ctx: PageContext, number: string): Review {
  const order = await findOrder(ctx, number)
  if (!order) return goTo(ctx.paths.orderLookup({ number }))
  if (order.state === 'confirmed') return goTo(ctx.paths.orderThanks(number))
  if (order.state === 'cancelled') return goTo(ctx.paths.order(number))
  const card = (await setupFromCart(ctx)) ?? (await setupFromOrder(ctx, number))
  return card ? loaded(orderData(ctx, order, card)) : goTo(ctx.paths.order(number))
}

function orderData(ctx: PageContext, order: OrderView, card: CardSetup): CheckoutReviewData {
  return {
    frame: { steps: [], summary: toSummary(order), method: order.payment.method },
    contact: toContactFields(order.contact),
    address: toAddressFields(order.address),
    delivery: { method: order.delivery.method, promise: promiseOf(ctx, order.delivery) },
    method: order.payment.method,
    card,
    seen: null,
    noticed: [],
    held: toHeldOrder(order, ctx.format),
    declined: order.payment.declineReason,
  }
}

async function setupFromCart(ctx: PageContext): Promise<CardSetup | undefined> {
  const cartId = cartKeyOf(ctx.cookies)
  if (!cartId) return undefined
  const listed = await unless('cart/not-found', ctx.api.call(listPaymentMethods, { params: { cartId } }))
  const card = listed?.items.find(({ method }) => method === 'card')?.card
  return card ? { publishableKey: card.publishableKey, scriptUrl: card.scriptUrl, payKey: randomUUID() } : undefined
}

/** Publishable key and script of the card fields. On a device without the cart the waiting payment itself has them. */
async function setupFromOrder(ctx: PageContext, number: string): Promise<CardSetup | undefined> {
  const resumed = await unless('payments/not-payable', askOrder(ctx, resumePayment, number))
  const action = resumed?.payment.action
  if (action?.kind !== 'client_secret') return undefined
  return { publishableKey: action.publishableKey, scriptUrl: action.scriptUrl, payKey: randomUUID() }
}

async function reviewCart(ctx: PageContext): Review {
  const entry = await enterStep(ctx, 'review')
  if (entry.kind === 'leave') return entry.result
  const { cart, method, frame } = entry
  const { contact, address, delivery } = cart
  const card = await setupFromCart(ctx)
  if (!contact || !address || !delivery || !method || !card) return goTo(ctx.paths.checkout('payment'))
  return loaded<CheckoutReviewData>({
    frame,
    contact: toContactFields(contact),
    address: toAddressFields(address),
    delivery: { method: delivery.method, promise: promiseOf(ctx, delivery) },
    method,
    card,
    seen: toSeenCart(cart),
    noticed: cart.needsAttention ? changesNoticed(cart) : [],
    held: null,
    declined: null,
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
  head: (data, { t }) => ({
    title: t(data.held ? 'checkout.pay.title' : 'checkout.review.title'),
    path: (paths) => (data.held ? paths.checkoutPay(data.held.number) : paths.checkout('review', data.method)),
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
