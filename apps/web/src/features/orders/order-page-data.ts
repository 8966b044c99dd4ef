import type { OrderView } from '@dhow/contracts/orders.ts'
import type { PageContext } from '../../framework/page.ts'
import { toAddressFields, toContactFields } from '../../server/address-fields.ts'
import { toHeldOrder, toSummary } from '../../server/held-order.ts'
import { dubaiDay, promiseWords } from '../../server/delivery-words.ts'
import type { OrderData } from './order-data.ts'

/** The provider's id of it stays here. */
function toPaymentData({
  method,
  state,
  amount,
  captured,
  refunded,
  card,
  wallet,
  declineReason,
}: OrderView['payment']) {
  return { method, state, amount, captured, refunded, card, wallet, declineReason }
}

/** Presents an order for its pages. Server only. */
export function toOrderData(ctx: PageContext, order: OrderView): OrderData {
  const { number, state, canCancel, delivery, payment } = order
  const { format } = ctx
  return {
    number,
    state,
    placed: format.dateTime(order.placedAt),
    held: state === 'awaiting-payment' ? toHeldOrder(order, format) : null,
    canCancel,
    contact: toContactFields(order.contact),
    address: toAddressFields(order.address),
    delivery: { method: delivery.method, promise: promiseWords(delivery, dubaiDay(new Date()), ctx) },
    payment: toPaymentData(payment),
    storeCredit: order.totals.storeCredit,
    refunds: order.refunds.map(({ id, amount, destination, state: refundState, at }) => ({
      id,
      amount,
      destination,
      state: refundState,
      when: format.date(at),
    })),
    cash: order.cash,
    canChangeMethod: order.canChangeMethod,
    summary: toSummary(order),
    timeline: order.timeline.map(({ at, kind }) => ({ at, kind, when: format.dateTime(at) })),
  }
}
