import { notFound } from './errors.ts'
import { announce } from './outgoing.ts'
import { INSTALMENTS } from './people.ts'
import { cancelledOf, capturedOf, refundedOf, type OrderStatus, type TamaraContext, type TamaraOrder } from './state.ts'
import { readBody } from './wire.ts'
import { toWire } from './wire-money.ts'

/** An approved order that nobody authorises is given back to the buyer after this. */
export const AUTHORISE_WITHIN_MS = 72 * 3_600_000

const eventByStatus: Partial<Record<OrderStatus, string>> = {
  approved: 'order_approved',
  declined: 'order_declined',
  expired: 'order_expired',
  authorised: 'order_authorised',
}

/** Where an order may go from where it is; money moves have rules of their own (payments.ts). */
const moves: Partial<Record<OrderStatus, readonly OrderStatus[]>> = {
  new: ['approved', 'declined', 'expired', 'canceled'],
  on_hold: ['approved', 'declined'],
  approved: ['authorised', 'expired', 'on_hold'],
}

export const mayMove = (order: TamaraOrder, to: OrderStatus): boolean => moves[order.status]?.includes(to) ?? false

/** Moves an order and tells the shop, where Tamara has an event for it. False when it cannot go there from where it is. */
export function moveOrder(ctx: TamaraContext, order: TamaraOrder, to: OrderStatus, data: object = []): boolean {
  if (!mayMove(order, to)) return false
  order.status = to
  if (to === 'approved') order.approvedMs = ctx.nowMs()
  if (to === 'authorised') order.authorisedMs = ctx.nowMs()
  const type = eventByStatus[to]
  if (type !== undefined) announce(ctx, order, { type, data })
  return true
}

/** Lets lapse what is past its time: an unpaid session, an approval nobody answered. */
export function lapse(ctx: TamaraContext, order: TamaraOrder): TamaraOrder {
  const nowMs = ctx.nowMs()
  if (order.status === 'new' && nowMs >= order.expiresMs) moveOrder(ctx, order, 'expired')
  if (order.status === 'approved' && order.approvedMs !== null && nowMs >= order.approvedMs + AUTHORISE_WITHIN_MS)
    moveOrder(ctx, order, 'expired')
  return order
}

/** After time has moved: tells the shop what lapsed meanwhile. */
export function lapseAll(ctx: TamaraContext): void {
  for (const order of ctx.state.orders.values()) lapse(ctx, order)
}

/** Finds an order as it stands now. Throws Tamara's 404. */
export function requireOrder(ctx: TamaraContext, id: string): TamaraOrder {
  const order = ctx.state.orders.get(id)
  if (!order) throw notFound()
  return lapse(ctx, order)
}

export function requireOrderByReference(ctx: TamaraContext, referenceId: string): TamaraOrder {
  return requireOrder(ctx, ctx.state.orderIdByReference.get(referenceId) ?? '')
}

/** `PUT /orders/{id}/reference-id` */
export function changeReference(ctx: TamaraContext, id: string, body: unknown): object {
  const { order_reference_id } = readBody('ReferenceChange', body)
  const order = requireOrder(ctx, id)
  order.referenceId = order_reference_id
  ctx.state.orderIdByReference.set(order_reference_id, order.id)
  return { message: 'Order reference id was updated successfully' }
}

const instant = (ms: number): string => new Date(ms).toISOString()

/** An order as Tamara tells it. */
export function viewOf(order: TamaraOrder): object {
  const { request } = order
  return {
    order_id: order.id,
    order_reference_id: order.referenceId,
    order_number: request.order_number ?? order.referenceId,
    description: null,
    status: order.status,
    payment_type: request.payment_type,
    instalments: request.instalments ?? INSTALMENTS,
    total_amount: toWire(order.total),
    captured_amount: toWire(capturedOf(order)),
    refunded_amount: toWire(refundedOf(order)),
    canceled_amount: toWire(cancelledOf(order)),
    paid_amount: toWire(order.approvedMs === null ? 0 : order.total),
    tax_amount: request.tax_amount,
    shipping_amount: request.shipping_amount,
    items: request.items,
    consumer: request.consumer,
    shipping_address: request.shipping_address,
    created_at: instant(order.createdMs),
    transactions: transactionsOf(order),
    settlement_status: null,
    processing: null,
  }
}

function transactionsOf(order: TamaraOrder): object {
  return {
    captures: order.captures.map((capture) => ({
      capture_id: capture.id,
      order_id: order.id,
      total_amount: toWire(capture.amount),
      refunded_amount: toWire(capture.refunded),
      shipping_info: capture.shippingInfo,
      items: [],
      created_at: instant(capture.createdMs),
    })),
    // Without the shop's own id of it: what Tamara publishes to read orders with knows no such field.
    refunds: order.refunds.map((refund) => ({
      refund_id: refund.id,
      capture_id: refund.captureId,
      total_amount: toWire(refund.amount),
      items: [],
      created_at: instant(refund.createdMs),
    })),
    cancels: order.cancels.map((cancel) => ({
      cancel_id: cancel.id,
      order_id: order.id,
      total_amount: toWire(cancel.amount),
      items: [],
      created_at: instant(cancel.createdMs),
    })),
  }
}
