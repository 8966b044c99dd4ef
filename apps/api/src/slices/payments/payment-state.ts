import type { PaymentState } from '@dhow/contracts/orders.ts'

/**
 * Every move a payment may make. News come by webhook, return and poll, twice, late and out of order; what is not in this
 * table changes nothing. `failed` is a try that was declined: the same payment may be tried again.
 */
const moves: Record<PaymentState, readonly PaymentState[]> = {
  pending: ['requires-action', 'processing', 'authorised', 'captured', 'failed', 'cancelled'],
  'requires-action': ['pending', 'processing', 'authorised', 'captured', 'failed', 'cancelled'],
  processing: ['requires-action', 'authorised', 'captured', 'failed', 'cancelled'],
  failed: ['pending', 'requires-action', 'processing', 'authorised', 'captured', 'cancelled'],
  authorised: ['captured', 'cancelled'],
  captured: [],
  cancelled: [],
}

export const mayMove = (from: PaymentState, to: PaymentState): boolean => moves[from].includes(to)

/** Nothing the provider says can change it any more. */
export const isTerminal = (state: PaymentState): boolean => moves[state].length === 0
