import { randomUUID } from 'node:crypto'
import { invalid, wrongState } from './errors.ts'
import { moveOrder, requireOrder } from './orders.ts'
import { announce } from './outgoing.ts'
import {
  cancelledOf,
  capturedOf,
  openOf,
  refundedOf,
  type OrderStatus,
  type TamaraContext,
  type TamaraOrder,
} from './state.ts'
import { readBody } from './wire.ts'
import { toFils, toWire, type WireMoney } from './wire-money.ts'

const CAPTURE_WITHIN_MS = 21 * 86_400_000

/** Statuses in which money is held or was taken. */
const afterAuthorise: ReadonlySet<OrderStatus> = new Set([
  'authorised',
  'updated',
  'partially_captured',
  'fully_captured',
  'partially_refunded',
  'fully_refunded',
])

/** `POST /orders/{id}/authorise`: the shop says yes. Once: again is 409. */
export function authorise(ctx: TamaraContext, id: string): object {
  const order = requireOrder(ctx, id)
  if (!moveOrder(ctx, order, 'authorised')) throw wrongState(`Order is ${order.status}, not approved`)
  return {
    order_id: order.id,
    status: order.status,
    order_expiry_time: new Date(ctx.nowMs() + CAPTURE_WITHIN_MS).toISOString(),
    payment_type: order.request.payment_type,
    auto_captured: false,
    authorized_amount: toWire(order.total),
    capture_id: null,
  }
}

/** What is asked for, if it is more than nothing and no more than there is. */
function amountWithin(money: WireMoney, most: number): number {
  const amount = toFils(money)
  if (amount <= 0 || amount > most) throw invalid('total_amount_invalid')
  return amount
}

function requireHeld(ctx: TamaraContext, id: string): TamaraOrder {
  const order = requireOrder(ctx, id)
  if (!afterAuthorise.has(order.status) || openOf(order) <= 0)
    throw wrongState(`Order is ${order.status}: nothing is held`)
  return order
}

/** `POST /payments/capture`: takes held money, in parts if wished; what is shipped says who carries it. */
export function capture(ctx: TamaraContext, body: unknown): object {
  const request = readBody('Capture', body)
  const order = requireHeld(ctx, request.order_id)
  const amount = amountWithin(request.total_amount, openOf(order))
  const made = { id: randomUUID(), amount, refunded: 0, shippingInfo: request.shipping_info, createdMs: ctx.nowMs() }
  order.captures.push(made)
  order.status = openOf(order) === 0 ? 'fully_captured' : 'partially_captured'
  const answer = { capture_id: made.id, captured_amount: toWire(amount) }
  announce(ctx, order, { type: 'order_captured', data: answer })
  return { ...answer, order_id: order.id, status: order.status }
}

/** `POST /orders/{id}/cancel`: lets go of what is held and not taken. */
export function cancel(ctx: TamaraContext, id: string, body: unknown): object {
  const request = readBody('Cancel', body)
  const order = requireHeld(ctx, id)
  const made = {
    id: randomUUID(),
    amount: amountWithin(request.total_amount, openOf(order)),
    createdMs: ctx.nowMs(),
  }
  order.cancels.push(made)
  order.status = afterCancel(order)
  const answer = { cancel_id: made.id, canceled_amount: toWire(made.amount) }
  announce(ctx, order, { type: 'order_canceled', data: answer })
  return { ...answer, order_id: order.id, status: cancelledOf(order) === order.total ? 'canceled' : 'updated' }
}

function afterCancel(order: TamaraOrder): OrderStatus {
  if (cancelledOf(order) === order.total) return 'canceled'
  return openOf(order) === 0 ? 'fully_captured' : 'updated'
}

/** `POST /payments/simplified-refund/{order_id}`: gives captured money back, oldest capture first. */
export function refund(ctx: TamaraContext, id: string, body: unknown): object {
  const request = readBody('Refund', body)
  const order = requireOrder(ctx, id)
  const left = capturedOf(order) - refundedOf(order)
  if (left <= 0) throw wrongState(`Order is ${order.status}: nothing is captured`)
  const amount = amountWithin(request.total_amount, left)
  const made = {
    id: randomUUID(),
    captureId: takeFromCaptures(order, amount),
    amount,
    comment: request.comment,
    createdMs: ctx.nowMs(),
  }
  order.refunds.push(made)
  order.status = refundedOf(order) === capturedOf(order) ? 'fully_refunded' : 'partially_refunded'
  const answer = {
    refund_id: made.id,
    capture_id: made.captureId,
    refunded_amount: toWire(amount),
    comment: made.comment,
  }
  announce(ctx, order, { type: 'order_refunded', data: answer })
  return { ...answer, order_id: order.id, status: order.status }
}

/** Spreads a refund over the captures; answers with the one it began with. */
function takeFromCaptures(order: TamaraOrder, amount: number): string {
  let left = amount
  let first: string | undefined
  for (const capture of order.captures) {
    const part = Math.min(left, capture.amount - capture.refunded)
    if (part <= 0) continue
    capture.refunded += part
    left -= part
    first ??= capture.id
  }
  return first ?? ''
}
