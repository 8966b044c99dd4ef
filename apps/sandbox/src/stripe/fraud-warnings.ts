import { makeId } from '../platform/ids.ts'
import { emit, type Call, type StripeContext } from './context.ts'
import { notFound } from './errors.ts'
import { listOf, type ListParams, type StripeList } from './lists.ts'
import type { Charge } from './objects.ts'
import type { FraudWarning } from './vault-objects.ts'

/** A card's bank says that a payment was fraud, days before anybody disputes it. */
export function warnOfFraud(ctx: StripeContext, charge: Charge): void {
  const warning: FraudWarning = {
    id: makeId('issfr_'),
    object: 'radar.early_fraud_warning',
    actionable: true,
    charge: charge.id,
    created: ctx.now(),
    fraud_type: 'made_with_stolen_card',
    livemode: false,
    payment_intent: charge.payment_intent,
  }
  ctx.state.fraudWarnings.set(warning.id, warning)
  emit(ctx, 'radar.early_fraud_warning.created', warning, charge.payment_intent, { id: null, idempotency_key: null })
}

/** As it is now: money that was given back leaves nothing to act upon. */
function now(ctx: StripeContext, warning: FraudWarning): FraudWarning {
  const charge = ctx.state.charges.get(warning.charge)
  return { ...warning, actionable: charge?.refunded === false && !charge.disputed }
}

export function retrieveWarning(ctx: StripeContext, call: Call<object>): FraudWarning {
  const warning = ctx.state.fraudWarnings.get(call.id)
  if (!warning) throw notFound('early fraud warning', call.id)
  return now(ctx, warning)
}

export function listWarnings(
  ctx: StripeContext,
  { params }: Call<ListParams & { charge?: string; payment_intent?: string }>,
): StripeList<FraudWarning> {
  const { charge, payment_intent: intent } = params
  const wanted = ctx.state.fraudWarnings
    .newestFirst()
    .filter((warning) => charge === undefined || warning.charge === charge)
    .filter((warning) => intent === undefined || warning.payment_intent === intent)
    .map((warning) => now(ctx, warning))
  return listOf(wanted, params, '/v1/radar/early_fraud_warnings')
}
