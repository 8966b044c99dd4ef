import type { TamaraConfig } from '../config.ts'
import { BoundedMap } from '../platform/bounded-map.ts'
import type { Webhooks } from '../webhooks/webhooks.ts'
import type { CheckoutBody, ShippingInfo } from './wire.ts'

export type OrderStatus =
  | 'new'
  | 'declined'
  | 'expired'
  | 'approved'
  | 'on_hold'
  | 'authorised'
  | 'canceled'
  | 'updated'
  | 'partially_captured'
  | 'fully_captured'
  | 'partially_refunded'
  | 'fully_refunded'

export type Capture = {
  id: string
  amount: number
  refunded: number
  shippingInfo: ShippingInfo
  createdMs: number
}

export type Refund = {
  id: string
  captureId: string
  amount: number
  comment: string
  createdMs: number
}

export type Cancel = { id: string; amount: number; createdMs: number }

/** An order with its checkout session. Amounts are fils. */
export type TamaraOrder = {
  id: string
  checkoutId: string
  referenceId: string
  status: OrderStatus
  /** How far the shopper has come on the hosted page. */
  step: 'phone' | 'code' | 'pay'
  /** The one-time code the hosted page shows. */
  code: string
  /** As typed on the hosted page; the shop's until then. */
  phone: string
  request: CheckoutBody
  total: number
  createdMs: number
  /** When the unpaid session is over. */
  expiresMs: number
  approvedMs: number | null
  authorisedMs: number | null
  captures: Capture[]
  refunds: Refund[]
  cancels: Cancel[]
}

export type Registration = {
  id: string
  type: 'order' | 'dispute'
  url: string
  events: string[]
  headers: Record<string, string>
}

const KEPT = 10_000

export type TamaraState = {
  orders: BoundedMap<TamaraOrder>
  /** Order ids by checkout session, and by the shop's reference (its newest order). */
  orderIdByCheckout: Map<string, string>
  orderIdByReference: Map<string, string>
  registrations: BoundedMap<Registration>
}

export const createTamaraState = (): TamaraState => ({
  orders: new BoundedMap(KEPT),
  orderIdByCheckout: new Map(),
  orderIdByReference: new Map(),
  registrations: new BoundedMap(100),
})

export function clearTamaraState(state: TamaraState): void {
  state.orders.clear()
  state.orderIdByCheckout.clear()
  state.orderIdByReference.clear()
  state.registrations.clear()
}

export function keepOrder(state: TamaraState, order: TamaraOrder): void {
  state.orders.set(order.id, order)
  state.orderIdByCheckout.set(order.checkoutId, order.id)
  state.orderIdByReference.set(order.referenceId, order.id)
}

export type TamaraContext = {
  config: TamaraConfig
  state: TamaraState
  nowMs: () => number
  /** The clock webhooks are signed by. */
  signingNowMs: () => number
  publicUrl: () => string
  dispatch: Webhooks['dispatch']
}

const sum = (parts: readonly { amount: number }[]): number => parts.reduce((all, part) => all + part.amount, 0)

export const capturedOf = (order: TamaraOrder): number => sum(order.captures)
export const refundedOf = (order: TamaraOrder): number => sum(order.refunds)
export const cancelledOf = (order: TamaraOrder): number => sum(order.cancels)
/** Held, and neither taken nor let go. */
export const openOf = (order: TamaraOrder): number => order.total - capturedOf(order) - cancelledOf(order)
