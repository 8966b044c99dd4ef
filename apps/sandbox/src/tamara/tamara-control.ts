import { lapse, moveOrder } from './orders.ts'
import { announce } from './outgoing.ts'
import type { Registration, TamaraContext, TamaraOrder } from './state.ts'

/** What a test may do to Tamara: the shopper's part, and time. Each is false when the order cannot go there. */
export type TamaraControl = {
  state: () => { orders: TamaraOrder[]; registrations: Registration[] }
  findOrder: (orderId: string) => TamaraOrder | undefined
  /** The shopper finishes on the hosted page; the shop has 72 hours to authorise. */
  approve: (orderId: string) => boolean
  decline: (orderId: string) => boolean
  /** The shopper leaves by "cancel": the order is dead at Tamara. */
  cancel: (orderId: string) => boolean
  /** An unpaid session or an unauthorised approval lapses now. */
  expireNow: (orderId: string) => boolean
  /** Sends an event about an order again, or one that never happened. */
  send: (orderId: string, event: { type: string; data?: object }) => boolean
}

export function createTamaraControl(ctx: TamaraContext): TamaraControl {
  const find = (orderId: string): TamaraOrder | undefined => {
    const order = ctx.state.orders.get(orderId)
    return order && lapse(ctx, order)
  }
  const move = (orderId: string, to: 'approved' | 'declined' | 'canceled' | 'expired', data?: object): boolean => {
    const order = find(orderId)
    return order !== undefined && moveOrder(ctx, order, to, data)
  }
  return {
    state: () => ({
      orders: ctx.state.orders.newestFirst().map((order) => lapse(ctx, order)),
      registrations: ctx.state.registrations.values(),
    }),
    findOrder: find,
    approve: (orderId) => move(orderId, 'approved'),
    decline: (orderId) => move(orderId, 'declined', declinedData),
    cancel: (orderId) => move(orderId, 'canceled'),
    expireNow: (orderId) => move(orderId, 'expired'),
    send(orderId, { type, data = [] }) {
      const order = ctx.state.orders.get(orderId)
      if (order) announce(ctx, order, { type, data })
      return order !== undefined
    },
  }
}

/** As in the webhook of a declined order. */
export const declinedData = {
  declined_reason: 'Customer is not eligible',
  declined_code: 'not_eligible',
  decline_type: 'risk',
}
