import { ApiProblem, ApiUnreachable } from '@dhow/api-client/api-client.ts'
import { takeCart } from '@dhow/contracts/account.ts'
import type { CartView } from '@dhow/contracts/cart.ts'
import type { Cookies, PageContext } from '../framework/page.ts'
import { cartKeyOf, rememberCart } from './cart-cookie.ts'

const addedCookie = 'dhow_cart_added'
const tenMinutes = 10 * 60

/** Gives a customer who has just signed in their cart, with what they had put into this browser's. Signing in goes on without it. */
export async function mergeCart(ctx: PageContext): Promise<void> {
  try {
    const taken = await ctx.session.ask(takeCart, { body: { cartId: cartKeyOf(ctx.cookies) ?? null } })
    if (!taken?.cart) return
    rememberCart(ctx.cookies, taken.cart)
    if (taken.addedLines > 0) ctx.cookies.set(addedCookie, String(taken.addedLines), { maxAgeSeconds: tenMinutes })
  } catch (error) {
    // The cart stays as it was, in this browser and in the account; the next sign-in joins them.
    if (!(error instanceof ApiProblem) && !(error instanceof ApiUnreachable)) throw error
  }
}

/**
 * A cart just begun by somebody who is signed in, as the account's: poured into the one they have on other devices, or theirs from
 * now on. Guests keep it as it is.
 */
export async function giveToCustomer(ctx: PageContext, cart: CartView): Promise<CartView> {
  if (!ctx.session.isPresent) return cart
  try {
    const taken = await ctx.session.ask(takeCart, { body: { cartId: cart.id } })
    return taken?.cart ?? cart
  } catch (error) {
    if (!(error instanceof ApiProblem) && !(error instanceof ApiUnreachable)) throw error
    return cart
  }
}

/** How many products the last sign-in added to the cart; said once. */
export function takeAddedLines(cookies: Cookies): number {
  const count = Number(cookies.get(addedCookie) ?? 0)
  if (count > 0) cookies.clear(addedCookie)
  return Number.isInteger(count) && count > 0 ? count : 0
}
