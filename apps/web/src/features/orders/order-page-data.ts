import type { OrderView } from '@dhow/contracts/orders.ts'
import type { PageContext } from '../../framework/page.ts'
import { toAddressFields, toContactFields } from '../../server/address-fields.ts'
import { toHeldOrder, toSummary } from '../../server/held-order.ts'
import { dubaiDay, promiseWords } from '../../server/delivery-words.ts'
import type { OrderData } from './order-data.ts'

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
    payment: { method: payment.method, state: payment.state, card: payment.card, declineReason: payment.declineReason },
    summary: toSummary(order),
    timeline: order.timeline.map(({ at, kind }) => ({ at, kind, when: format.dateTime(at) })),
  }
}
