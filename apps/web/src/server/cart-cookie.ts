import { CartKey } from '@dhow/contracts/primitives.ts'
import type { Cookies } from '../framework/page.ts'

const thirtyDays = 30 * 24 * 60 * 60

export const cartCookie = 'dhow_cart'
/** Readable: the header's script shows it, so that cached pages hold nothing of one shopper. */
export const cartCountCookie = 'dhow_cart_count'

/** The key of the shopper's cart, if the browser holds a well-formed one. */
export function cartKeyOf(cookies: Cookies): string | undefined {
  const parsed = CartKey.safeParse(cookies.get(cartCookie))
  return parsed.success ? parsed.data : undefined
}

/** Call it with every cart an action got back, so that the count in the header is right. */
export function rememberCart(cookies: Cookies, cart: { id: string; itemCount: number }): void {
  cookies.set(cartCookie, cart.id, { maxAgeSeconds: thirtyDays })
  cookies.set(cartCountCookie, String(cart.itemCount), { maxAgeSeconds: thirtyDays, readable: true })
}

/** When the cart is gone or has become a paid order. */
export function forgetCart(cookies: Cookies): void {
  cookies.clear(cartCookie)
  cookies.clear(cartCountCookie)
}
