import type { OrderView } from '@dhow/contracts/orders.ts'

/** Where a shopper who comes back from paying belongs. */
export type PaymentOutcome = 'paid' | 'again' | 'cancelled' | 'confirming' | 'code'

/**
 * Reads the order the server has just refreshed. Only a confirmed order counts as paid; `processing`, `requires-action` and
 * `pending` are all "not known yet", never a failure: money may still arrive. A try that was refused, stopped or has run out leaves
 * the order waiting for another. Cash is promised by a code, which nobody but the shopper can give.
 */
export function outcomeOf(order: Pick<OrderView, 'state' | 'payment'>): PaymentOutcome {
  if (order.state === 'confirmed') return 'paid'
  if (order.state === 'cancelled') return 'cancelled'
  if (order.payment.state === 'failed' || order.payment.state === 'cancelled') return 'again'
  return order.payment.method === 'cod' ? 'code' : 'confirming'
}
