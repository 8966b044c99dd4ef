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

const paidCookie = 'dhow_paid'
const halfAnHour = 30 * 60

/** The order just paid: a second tab and the back button find it in place of the cart, which is gone. */
export const rememberPaid = (cookies: Cookies, number: string): void =>
  cookies.set(paidCookie, number, { maxAgeSeconds: halfAnHour })

export function paidLately(cookies: Cookies): string | undefined {
  const parsed = OrderNumber.safeParse(cookies.get(paidCookie))
  return parsed.success && orderTokenOf(cookies, parsed.data) ? parsed.data : undefined
}
