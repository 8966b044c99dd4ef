import type { AppContext } from '../../../context.ts'
import { assertNever } from '../../../platform/assert.ts'
import type { FraudWarningTruth } from '../../../providers/payments/card-vault.ts'
import { providerUnavailable } from '../begin-payment.ts'
import { findPaymentByRef } from '../payments.sql.ts'
import { putFraudWarning } from './fraud-warnings.sql.ts'

/**
 * Writes down that a bank calls a payment fraud, and tells a person the first time: money given back now is no dispute later, and
 * goods that have not left need not. One of a payment that is not ours is noted in the log alone.
 */
export async function applyFraudWarning(ctx: AppContext, warning: FraudWarningTruth): Promise<void> {
  const { provider } = ctx.providers.cards
  const { warningRef, paymentRef, kind, isActionable } = warning
  const payment =
    paymentRef === null ? undefined : await findPaymentByRef(ctx.db, { provider, providerRef: paymentRef })
  if (!payment) {
    ctx.log.warn({ warningRef }, 'fraud warning about a payment that is not ours')
    return
  }
  const { id: paymentId, orderId } = payment
  const warnedAt = new Date(warning.warnedAt)
  const row = { provider, providerRef: warningRef, paymentId, kind, isActionable, warnedAt }
  if (!(await putFraudWarning(ctx.db, { ...row, now: ctx.clock.now() }))) return
  ctx.log.error(
    { paymentId, orderId, warningRef, kind, isActionable, alert: 'fraud-warning' },
    'a payer’s bank calls this payment fraud: give it back before it is disputed',
  )
}

/** A webhook spoke of a warning: the provider is asked about it. */
export async function settleFraudWarning(ctx: AppContext, warningRef: string): Promise<void> {
  const outcome = await ctx.providers.cards.fetchFraudWarning(warningRef)
  switch (outcome.kind) {
    case 'done':
      return applyFraudWarning(ctx, outcome.warning)
    case 'missing':
      ctx.log.warn({ warningRef }, 'the provider knows no such fraud warning')
      return
    case 'unknown':
      throw providerUnavailable(outcome.cause)
    default:
      return assertNever(outcome)
  }
}
