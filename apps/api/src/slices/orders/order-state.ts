import type { OrderState, PaymentState } from '@dhow/contracts/orders.ts'

/** Every move an order may make. Anything else is refused, whoever asks and in whatever order things arrive. */
const moves: Record<OrderState, readonly OrderState[]> = {
  'awaiting-payment': ['confirmed', 'cancelled'],
  confirmed: ['cancelled'], // as long as none of its money was taken: what was taken is refunded
  cancelled: [],
}

export const mayMove = (from: OrderState, to: OrderState): boolean => moves[from].includes(to)

export const isOpen = (state: OrderState): boolean => state === 'awaiting-payment'

/**
 * How far paying has come, as the shopper is told. Money that waits for a person may have been taken: whoever is told it was
 * declined pays again.
 */
export const toldPaymentState = (order: {
  state: OrderState
  paymentState: PaymentState
  isHeld: boolean
}): PaymentState => (order.isHeld && isOpen(order.state) ? 'processing' : order.paymentState)
