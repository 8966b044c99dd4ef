import type { AppContext } from '../../../context.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import type { Acting } from '../../staff/staff.ts'
import { findPayment } from '../payments.sql.ts'
import { settleFound } from '../settle-payment.ts'

/**
 * What the sweep does, now, because somebody wants to know: the provider is asked, and its answer applied. What came of it is
 * written down, since it may have moved the order. Throws `payments/not-found`, `payments/provider-unavailable`.
 */
export async function askProvider(
  ctx: AppContext,
  { paymentId, by }: { paymentId: string; by: Acting },
): Promise<void> {
  const before = await findPayment(ctx.db, paymentId)
  if (!before) throw new Problem('payments/not-found')
  await settleFound(ctx, before)
  const after = await findPayment(ctx.db, paymentId)
  await recordAudit(ctx, ctx.db, {
    action: 'payment.provider-asked',
    result: 'ok',
    ...by,
    object: { type: 'payment', id: paymentId },
    details: { before: before.state, after: after?.state ?? null },
  })
}
