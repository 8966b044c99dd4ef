import { Id } from '@dhow/contracts/primitives.ts'

/** Digits of a payment's id that tell the attempts of one order apart: the random end of a UUIDv7. */
const ATTEMPT_DIGITS = 12

/**
 * `order_reference_id`: `<order id>_<end of the payment's id>`, 49 characters that need no escaping. Tamara documents no limit,
 * repeats it in every webhook and finds orders by it, so it is another for each attempt and begins with the order.
 */
export const referenceOf = (payment: { orderId: string; paymentId: string }): string =>
  `${payment.orderId}_${payment.paymentId.slice(-ATTEMPT_DIGITS)}`

/** Our order's id in a reference; null for what somebody else wrote there. */
export function orderIdIn(reference: string): string | null {
  const [orderId = '', attempt = '', ...rest] = reference.split('_')
  if (rest.length > 0 || attempt.length !== ATTEMPT_DIGITS) return null
  return Id.safeParse(orderId).data ?? null
}
