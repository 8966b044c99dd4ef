import type { Twin, TwinAction } from '../control/twin.ts'
import { findCharge } from './charges.ts'
import { authenticateIntent, confirmIntent } from './confirm-intent.ts'
import { clearStripeState, type Call, type StripeContext } from './context.ts'
import { StripeError } from './errors.ts'
import { OPEN_STATES } from './intent-details.ts'
import { openDispute } from './disputes.ts'
import { keptPayments, restorePayments } from './keep-payments.ts'
import { resumeLater } from './later.ts'
import type { PaymentIntent } from './objects.ts'
import { cancelIntent } from './payment-intents.ts'
import { createRefund } from './refunds.ts'

const NOBODY = { id: null, idempotency_key: null }

/** Stripe's payments for the control page: paid or declined in the shopper's place, given up or refunded as at the dashboard. */
export function stripeTwin(ctx: StripeContext): Twin {
  return {
    provider: 'stripe',
    payments: () =>
      ctx.state.intents.newestFirst().map((intent) => ({
        id: intent.id,
        amount: intent.amount,
        currency: intent.currency.toUpperCase(),
        state: intent.status,
        orderId: intent.metadata['order_id'] ?? null,
        createdMs: intent.created * 1000,
        actions: actionsOf(ctx, intent),
      })),
    act(id, action) {
      const intent = ctx.state.intents.get(id)
      if (!intent || !actionsOf(ctx, intent).includes(action)) return false
      act(ctx, intent, action)
      return true
    },
    save: () => keptPayments(ctx.state),
    load(saved) {
      restorePayments(ctx.state, saved as ReturnType<typeof keptPayments>) // as save gave it
      resumeLater(ctx)
    },
    clear() {
      ctx.later.clear()
      clearStripeState(ctx.state)
    },
  }
}

function actionsOf({ state }: StripeContext, intent: PaymentIntent): TwinAction[] {
  if (OPEN_STATES.has(intent.status)) return ['approve', 'decline', 'expire', 'lose']
  if (intent.status === 'requires_capture') return ['expire', 'lose']
  const charge = state.charges.get(intent.latest_charge ?? '')
  if (charge?.captured !== true || charge.amount_refunded === charge.amount_captured) return ['lose']
  return charge.disputed ? ['lose'] : ['refund', 'dispute', 'lose']
}

function act(ctx: StripeContext, intent: PaymentIntent, action: TwinAction): void {
  if (action === 'approve' || action === 'decline') return answer(ctx, intent, action)
  if (action === 'expire') cancelIntent(ctx, callOf(intent.id, { cancellation_reason: 'automatic' }))
  if (action === 'refund') createRefund(ctx, callOf('', { payment_intent: intent.id }))
  if (action === 'dispute')
    openDispute(ctx, findCharge(ctx, intent.latest_charge ?? ''), { reason: 'fraudulent', isInquiry: false })
  if (action === 'lose') ctx.state.intents.delete(intent.id)
}

/** A waiting challenge is answered; else a card is brought that is taken or declined. */
function answer(ctx: StripeContext, intent: PaymentIntent, action: 'approve' | 'decline'): void {
  if (intent.status === 'requires_action')
    return authenticateIntent(ctx, intent, action === 'approve' ? 'complete' : 'fail')
  const card = action === 'approve' ? 'pm_card_visa' : 'pm_card_chargeDeclined'
  try {
    confirmIntent(ctx, { intent, params: { payment_method: card, use_stripe_sdk: true }, request: NOBODY })
  } catch (error) {
    if (!(error instanceof StripeError) || error.status !== 402) throw error
  }
}

const callOf = <Params>(id: string, params: Params): Call<Params> => ({
  id,
  part: '',
  params,
  publishable: false,
  request: NOBODY,
})
