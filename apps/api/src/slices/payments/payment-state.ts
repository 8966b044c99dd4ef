import type { PaymentState } from '@dhow/contracts/orders.ts'

/**
 * Every move a payment may make. News come by webhook, return and poll, twice, late and out of order; what is not in this
 * table changes nothing. `failed` is a try that was declined: the same payment may be tried again. Held money is let go or
 * taken; taken money stays taken, and outweighs older news that the payment was over: what was given back stands beside it.
 */
const moves: Record<PaymentState, readonly PaymentState[]> = {
  pending: ['requires-action', 'processing', 'authorised', 'captured', 'failed', 'cancelled'],
  'requires-action': ['pending', 'processing', 'authorised', 'captured', 'failed', 'cancelled'],
  processing: ['requires-action', 'authorised', 'captured', 'failed', 'cancelled'],
  failed: ['pending', 'requires-action', 'processing', 'authorised', 'captured', 'cancelled'],
  authorised: ['captured', 'cancelled'],
  captured: [],
  cancelled: ['captured'],
}

export const mayMove = (from: PaymentState, to: PaymentState): boolean => moves[from].includes(to)

/** It asks nothing of the shopper any more. */
export const isOver = (state: PaymentState): boolean => state === 'captured' || state === 'cancelled'

/** Money stands behind it. */
export const isBacked = (state: PaymentState): boolean => state === 'authorised' || state === 'captured'
