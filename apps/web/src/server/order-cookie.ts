import { OrderNumber, OrderToken } from '@dhow/contracts/primitives.ts'
import type { Cookies } from '../framework/page.ts'

const ninetyDays = 90 * 24 * 60 * 60

const nameOf = (number: string): string => `dhow_order_${number}`

/** The token that opens an order, if this browser holds it. A malformed number has none. */
export function orderTokenOf(cookies: Cookies, number: string): string | undefined {
  if (!OrderNumber.safeParse(number).success) return undefined
  const parsed = OrderToken.safeParse(cookies.get(nameOf(number)))
  return parsed.success ? parsed.data : undefined
}

/** Lets this browser see the order from now on, out of reach of scripts. */
export function rememberOrder(cookies: Cookies, order: { number: string; token: string }): void {
  cookies.set(nameOf(order.number), order.token, { maxAgeSeconds: ninetyDays })
}

export const forgetOrder = (cookies: Cookies, number: string): void => cookies.clear(nameOf(number))
