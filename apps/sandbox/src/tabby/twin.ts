import type { Twin, TwinAction } from '../control/twin.ts'
import { decimalOf, minorUnitsOf } from './decimal.ts'
import { refund } from './money.ts'
import type { StoredPayment, StoredSession } from './objects.ts'
import { expire, sumOf, withTime } from './payments.ts'
import { approve, reject } from './shopper.ts'
import { findSession, statusOf } from './sessions.ts'
import { clearTabbyState, type TabbyContext } from './state.ts'

type Saved = { sessions: StoredSession[]; payments: StoredPayment[] }

/** Tabby's payments for the control page: agreed to or refused in the shopper's place, given up, disputed, refunded by the merchant portal. */
export function tabbyTwin(ctx: TabbyContext): Twin {
  const { state } = ctx
  return {
    provider: 'tabby',
    payments: () =>
      state.payments.newestFirst().map((stored) => {
        const { payment } = withTime(ctx, stored)
        const orderId = payment.meta?.['order_id']
        return {
          id: payment.id,
          amount: minorUnitsOf(payment.amount),
          currency: payment.currency,
          state: payment.status,
          orderId: typeof orderId === 'string' ? orderId : null,
          createdMs: Date.parse(payment.created_at),
          actions: actionsOf(ctx, stored),
        }
      }),
    act(id, action) {
      const stored = state.payments.get(id)
      if (!stored || !actionsOf(ctx, withTime(ctx, stored)).includes(action)) return false
      act(ctx, stored, action)
      return true
    },
    save: (): Saved => ({ sessions: state.sessions.values(), payments: state.payments.values() }),
    load(saved) {
      const { sessions, payments } = saved as Saved // as save gave it
      for (const session of sessions) state.sessions.set(session.id, session)
      for (const payment of payments) state.payments.set(payment.id, payment)
    },
    clear: () => clearTabbyState(state),
  }
}

function actionsOf(ctx: TabbyContext, stored: StoredPayment): TwinAction[] {
  const { payment, sessionId, isDisputed } = stored
  const found = findSession(ctx, sessionId)
  if (found && statusOf(ctx, found.session, stored) === 'created') return ['approve', 'decline', 'expire', 'lose']
  if (payment.status === 'CREATED') return ['expire', 'lose']
  const isRefundable = payment.status === 'CLOSED' && sumOf(payment.captures) > sumOf(payment.refunds)
  return isRefundable && !isDisputed ? ['dispute', 'refund', 'lose'] : ['lose']
}

function act(ctx: TabbyContext, stored: StoredPayment, action: TwinAction): void {
  const { payment, sessionId } = stored
  if (action === 'approve') approve(ctx, sessionId)
  if (action === 'decline') reject(ctx, sessionId)
  if (action === 'expire') expire(ctx, stored)
  if (action === 'dispute') stored.isDisputed = true
  if (action === 'refund') {
    const amount = decimalOf(sumOf(payment.captures) - sumOf(payment.refunds))
    refund(ctx, stored.id, { amount, reference_id: `portal-${payment.refunds.length + 1}`, reason: 'by hand' })
  }
  if (action === 'lose') ctx.state.payments.delete(stored.id)
}
