import type { Picture } from '@dhow/contracts/primitives.ts'
import type { ProblemCode } from '@dhow/contracts/problems.ts'
import type { Money } from '@dhow/money/money.ts'
import { readCookie } from './readable-cookie.ts'

/** What adding to the cart answers a script with. */
export interface AddedToCart {
  itemCount: number
  line: { name: string; optionText: string; picture: Picture | null; quantity: number; unitPrice: Money }
  subtotal: Money
  untilFreeDelivery: Money | null
}

export type CartNews =
  | { kind: 'added'; added: AddedToCart }
  | { kind: 'count'; itemCount: number }
  | { kind: 'refused'; code: ProblemCode; available?: number }

const name = 'dhow:cart'

/** Tells the header and the cart sheet what became of the cart. */
export const announceCart = (news: CartNews): void => void window.dispatchEvent(new CustomEvent(name, { detail: news }))

/** Gives the function that ends it. */
export function onCartNews(listen: (news: CartNews) => void): () => void {
  const handle = (event: Event) => {
    if (event instanceof CustomEvent) listen(event.detail)
  }
  window.addEventListener(name, handle)
  return () => window.removeEventListener(name, handle)
}

/** Units in the cart by the readable cookie; 0 when there is none. */
export function cartCountFromCookie(cookie: string): number {
  const count = Number(readCookie(cookie))
  return Number.isInteger(count) && count > 0 ? count : 0
}
