import type { Twin, TwinAction } from '../control/twin.ts'
import { lapse, mayMove, moveOrder } from './orders.ts'
import { refund } from './payments.ts'
import { capturedOf, clearTamaraState, keepOrder, refundedOf, type TamaraContext, type TamaraOrder } from './state.ts'
import { declinedData } from './tamara-control.ts'
import { toWire } from './wire-money.ts'

type Saved = { orders: TamaraOrder[] }

/** Tamara's orders for the control page: agreed to or refused in the shopper's place, lapsed, refunded by the partner portal. */
export function tamaraTwin(ctx: TamaraContext): Twin {
  const { state } = ctx
  return {
    provider: 'tamara',
    payments: () =>
      state.orders.newestFirst().map((order) => ({
        id: order.id,
        amount: order.total,
        currency: 'AED',
        state: lapse(ctx, order).status,
        orderId: order.referenceId,
        createdMs: order.createdMs,
        actions: actionsOf(order),
      })),
    act(id, action) {
      const order = state.orders.get(id)
      if (!order || !actionsOf(lapse(ctx, order)).includes(action)) return false
      act(ctx, order, action)
      return true
    },
    save: (): Saved => ({ orders: state.orders.values() }),
    load(saved) {
      for (const order of (saved as Saved).orders) keepOrder(state, order) // as save gave it
    },
    clear: () => clearTamaraState(state),
  }
}

function actionsOf(order: TamaraOrder): TwinAction[] {
  const unpaid = (['approve', 'decline'] as const).filter((action) => mayMove(order, statusAfter[action]))
  const lapsing = mayMove(order, 'expired') ? (['expire'] as const) : []
  const refundable = capturedOf(order) > refundedOf(order) ? (['refund'] as const) : []
  return [...unpaid, ...lapsing, ...refundable, 'lose']
}

const statusAfter = { approve: 'approved', decline: 'declined', expire: 'expired' } as const

function act(ctx: TamaraContext, order: TamaraOrder, action: TwinAction): void {
  if (action === 'approve' || action === 'decline' || action === 'expire')
    moveOrder(ctx, order, statusAfter[action], action === 'decline' ? declinedData : [])
  if (action === 'refund')
    refund(ctx, order.id, { total_amount: toWire(capturedOf(order) - refundedOf(order)), comment: 'by hand' })
  if (action === 'lose') ctx.state.orders.delete(order.id)
}
