import type { DeclineReason, PaymentState } from '@dhow/contracts/orders.ts'
import { Id } from '@dhow/contracts/primitives.ts'
import type { PaymentTruth } from '../port.ts'
import { orderIdIn } from './reference.ts'
import type { OrderStatus, TamaraOrder } from './wire.ts'

/** Held, and neither taken nor let go. */
export const openAmount = (order: TamaraOrder): number =>
  order.total_amount.amount - order.captured_amount.amount - order.canceled_amount.amount

const authorisedStatuses: ReadonlySet<OrderStatus> = new Set([
  'authorised',
  'updated',
  'partially_captured',
  'fully_captured',
  'partially_refunded',
  'fully_refunded',
])

/** Whether money was held at some time: what is cancelled without any was an unpaid session. */
const wasAuthorised = (order: TamaraOrder): boolean =>
  authorisedStatuses.has(order.status) || (order.status === 'canceled' && order.canceled_amount.amount > 0)

/** Amounts say more than the statuses, which differ by what happened last. */
function heldState(order: TamaraOrder): PaymentState {
  if (openAmount(order) > 0) return 'authorised'
  return order.captured_amount.amount > 0 ? 'captured' : 'cancelled'
}

/**
 * An order's status in our words. A refusal ends this order at Tamara, but ours may be paid another way: `failed`, as a declined
 * card. A session that lapsed or was left is over, and its reason says that nobody of ours ended it.
 */
export function stateOf(order: TamaraOrder): PaymentState {
  if (wasAuthorised(order)) return heldState(order)
  switch (order.status) {
    case 'new':
      return 'requires-action'
    case 'approved':
    case 'on_hold':
      return 'processing'
    case 'declined':
      return 'failed'
    default:
      return 'cancelled'
  }
}

const reasons: Partial<Record<OrderStatus, DeclineReason>> = {
  declined: 'not-approved',
  expired: 'expired',
  canceled: 'left',
}

/** An order as the truth about one of our payments. */
export function truthFrom(order: TamaraOrder, captureBefore: string | null = null): PaymentTruth {
  const state = stateOf(order)
  const { captures, refunds } = order.transactions
  return {
    providerRef: order.order_id,
    orderId: orderIdIn(order.order_reference_id),
    state,
    providerState: order.status,
    needsAuthorise: order.status === 'approved',
    amount: order.total_amount.amount,
    currency: order.total_amount.currency,
    authorisedAmount: wasAuthorised(order) ? order.total_amount.amount : 0,
    capturedAmount: order.captured_amount.amount,
    refundedAmount: order.refunded_amount.amount,
    captures: captures.map(({ capture_id, total_amount, shipping_info }) => ({
      providerRef: capture_id,
      ourId: Id.safeParse(shipping_info?.tracking_number).data ?? null,
      amount: total_amount.amount,
    })),
    refunds: refunds.map(({ refund_id, total_amount, merchant_refund_id }) => ({
      providerRef: refund_id,
      ourId: Id.safeParse(merchant_refund_id).data ?? null,
      amount: total_amount.amount,
      state: 'succeeded',
      failureReason: null,
      mayBeOurs: true,
    })),
    card: null,
    wallet: null,
    declineReason: wasAuthorised(order) ? null : (reasons[order.status] ?? null),
    cancelledBy: state === 'cancelled' ? 'shop' : null,
    expiresAt: null,
    captureBefore,
    feeAmount: null,
  }
}
