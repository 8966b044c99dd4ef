import { ApiProblem } from '@dhow/api-client/api-client.ts'
import type { CallInput } from '@dhow/api-client/api-client.ts'
import { getCart } from '@dhow/contracts/cart.ts'
import type { CartView } from '@dhow/contracts/cart.ts'
import type { confirmOrderCode, requestOrderCode } from '@dhow/contracts/cod.ts'
import type { ResponseOf } from '@dhow/contracts/endpoint.ts'
import { cancelOrder, getOrder } from '@dhow/contracts/orders.ts'
import type {
  changePaymentMethod,
  listOrderPaymentMethods,
  refreshPayment,
  resumePayment,
} from '@dhow/contracts/orders.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { OrderNumber } from '@dhow/contracts/primitives.ts'
import type { ProblemCode } from '@dhow/contracts/problems.ts'
import type { ActionResult, PageContext } from '../framework/page.ts'
import { cartKeyOf, forgetCart, rememberCart } from './cart-cookie.ts'
import { forgetOrder, orderTokenOf, paidLately, rememberOrder, rememberPaid } from './order-cookie.ts'

export async function unless<T>(code: ProblemCode, call: Promise<T>): Promise<T | undefined>
export async function unless<T, Instead>(code: ProblemCode, call: Promise<T>, instead: Instead): Promise<T | Instead>
/** Gives undefined, or what is told, in place of one expected problem; throws on all others. */
export async function unless<T>(code: ProblemCode, call: Promise<T>, instead?: unknown): Promise<unknown> {
  try {
    return await call
  } catch (error) {
    if (error instanceof ApiProblem && error.code === code) return instead
    throw error
  }
}

export type ShopperCart =
  | { kind: 'none' }
  | { kind: 'open'; cart: CartView }
  /** It has become an order that waits for its payment. */
  | { kind: 'held'; order: OrderView }
  /** Its order is paid: the cart is forgotten, the next thing put in begins a new one. Known for a while after, for other tabs. */
  | { kind: 'paid'; number: string }

type OrderEndpoint =
  | typeof getOrder
  | typeof cancelOrder
  | typeof resumePayment
  | typeof refreshPayment
  | typeof listOrderPaymentMethods
  | typeof changePaymentMethod
  | typeof requestOrderCode
  | typeof confirmOrderCode

/**
 * Asks about an order as whoever may: the browser that holds its token, or the customer it belongs to. As both where it is both: only
 * to the customer are their store credit and cards offered. Undefined when neither may see it; a token that opens nothing is forgotten.
 */
export async function askOrder<E extends OrderEndpoint>(
  ctx: PageContext,
  endpoint: E,
  number: string,
  more: Partial<CallInput<E>> = {},
): Promise<ResponseOf<E> | undefined> {
  if (!OrderNumber.safeParse(number).success) return undefined
  const orderToken = orderTokenOf(ctx.cookies, number)
  const input = { params: { number }, ...(orderToken ? { orderToken } : {}), ...more } as CallInput<E>
  const asked = ctx.session.isPresent ? unless('orders/not-found', ctx.session.ask(endpoint, input), null) : undefined
  // Undefined: nobody is signed in, or not any more.
  const own = await asked
  if (own) return own
  if (!orderToken) return undefined
  const answer = own === null ? undefined : await unless('orders/not-found', ctx.api.call(endpoint, input))
  if (answer === undefined) forgetOrder(ctx.cookies, number)
  return answer
}

/** An order this browser may see. */
export const findOrder = (ctx: PageContext, number: string): Promise<OrderView | undefined> =>
  askOrder(ctx, getOrder, number)

async function findCheckedOut(ctx: PageContext, made: NonNullable<CartView['order']>): Promise<ShopperCart> {
  const { number, token } = made
  rememberOrder(ctx.cookies, made)
  const order = await ctx.api.call(getOrder, { params: { number }, orderToken: token })
  if (order.state === 'awaiting-payment') return { kind: 'held', order }
  forgetCart(ctx.cookies)
  if (order.state !== 'confirmed') return { kind: 'none' }
  rememberPaid(ctx.cookies, number)
  return { kind: 'paid', number }
}

/** Without a cart: perhaps another tab has just paid it, or this is the way back. Then the paid order is what is looked for. */
function paidOrNone(ctx: PageContext): ShopperCart {
  const number = paidLately(ctx.cookies)
  return number ? { kind: 'paid', number } : { kind: 'none' }
}

/** How the shopper's cart stands, asked of the API; what the browser remembers of it is put right on the way. */
export async function findShopperCart(ctx: PageContext): Promise<ShopperCart> {
  const cartId = cartKeyOf(ctx.cookies)
  if (!cartId) return paidOrNone(ctx)
  const cart = await unless('cart/not-found', ctx.api.call(getCart, { params: { cartId } }))
  if (!cart) {
    forgetCart(ctx.cookies)
    return { kind: 'none' }
  }
  if (cart.state === 'checked-out' && cart.order) return findCheckedOut(ctx, cart.order)
  rememberCart(ctx.cookies, cart)
  return { kind: 'open', cart }
}

/** Lets go of an unpaid order so that its cart can be changed. When money is on its way instead, shows how the payment stands. */
export async function releaseOrder(ctx: PageContext, number: string, to: string): Promise<ActionResult> {
  try {
    const cancelled = await askOrder(ctx, cancelOrder, number)
    return { kind: 'redirect', to: cancelled ? to : ctx.paths.cart() }
  } catch (error) {
    if (!(error instanceof ApiProblem) || error.code !== 'orders/not-cancellable') throw error
    return { kind: 'redirect', to: ctx.paths.checkoutReturn(number) }
  }
}
