import { HOLD_SECONDS } from './charges.ts'
import type { StripeContext } from './context.ts'
import { lapseHold } from './payment-intents.ts'
import { arrive } from './payouts.ts'
import { isUnsettled, settleRefund, SETTLES_AFTER_SECONDS } from './refunds.ts'

/** What is still to happen to something, by the sandbox's clock. */
export type LaterWork = { kind: 'refund' | 'hold' | 'payout'; id: string }

/** Does it if there is still something to do: meanwhile it may have been captured, cancelled or forgotten. */
export function doLater(ctx: StripeContext, { kind, id }: LaterWork): void {
  if (kind === 'refund') settleRefund(ctx, id)
  else if (kind === 'hold') lapseHold(ctx, id)
  else arrive(ctx, id)
}

/** What was still to come when the sandbox last stopped. */
export function resumeLater({ state, later }: StripeContext): void {
  for (const intent of state.intents.values()) {
    const charge = intent.status === 'requires_capture' ? state.charges.get(intent.latest_charge ?? '') : undefined
    if (charge) later.add({ kind: 'hold', id: intent.id }, (charge.created + HOLD_SECONDS) * 1000)
  }
  for (const refund of state.refunds.values())
    if (isUnsettled(state, refund))
      later.add({ kind: 'refund', id: refund.id }, (refund.created + SETTLES_AFTER_SECONDS) * 1000)
  for (const { id, status, arrival_date: arrives } of state.payouts.values())
    if (status === 'in_transit') later.add({ kind: 'payout', id }, arrives * 1000)
}
