import type { CartView } from '@dhow/contracts/cart.ts'
import type { InstalmentPromo } from '../../framework/instalments.ts'
import type { Money } from '@dhow/money/money.ts'

/** What the cart's page needs of a cart. The cart's key is not in it: scripts have no business with it. */
export interface CartData extends Pick<
  CartView,
  'lines' | 'itemCount' | 'delivery' | 'totals' | 'untilFreeDelivery' | 'needsAttention'
> {
  /** How its total can be paid in parts. */
  promos: readonly InstalmentPromo[]
}

export function toCartData(cart: CartView, promos: CartData['promos']): CartData {
  const { lines, itemCount, delivery, totals, untilFreeDelivery, needsAttention } = cart
  return { lines, itemCount, delivery, totals, untilFreeDelivery, needsAttention, promos }
}

/** A line just taken out, so that it can be put back. */
export interface RemovedLine {
  variantId: string
  quantity: number
}

export interface CartChange {
  cart: CartData
  removed: RemovedLine | null
}

/** How much of the way to free delivery is done, 0–100. A picture only; the amount beside it is the server's. */
export function freeDeliveryPercent(subtotal: Money, remaining: Money): number {
  const goal = subtotal.amount + remaining.amount
  return goal <= 0 ? 0 : Math.min(100, Math.max(0, Math.floor((subtotal.amount * 100) / goal)))
}
