import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { BeginOutcome } from '../../providers/payments/port.ts'
import { addTimeline } from '../orders/orders.ts'
import { lockOrderAndPayment } from './payments.sql.ts'
import { refuse } from './truth.sql.ts'

/**
 * The provider said no before there was a payment. One that will not lend to this shopper has declined them, and the order waits
 * for another way to pay: true. Anything else is a mistake in what we asked: false, and it is logged.
 */
export async function refusePayment(
  ctx: AppContext,
  payment: { id: string; orderId: string },
  refusal: Extract<BeginOutcome, { kind: 'refused' }>,
): Promise<boolean> {
  const { id: paymentId, orderId } = payment
  if (refusal.eligibility === null) {
    ctx.log.error({ orderId, paymentId, reason: refusal.reason }, 'provider refused to begin a payment')
    return false
  }
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockOrderAndPayment(tx, paymentId)
    if (!locked || locked.payment.providerRef !== null || locked.payment.supersededAt !== null) return
    const now = ctx.clock.now()
    if (!(await refuse(tx, { id: paymentId, reason: 'not-approved', now }))) return
    await addTimeline(tx, { orderId, kind: 'payment-declined', details: { reason: 'not-approved' }, at: now })
  })
  return true
}
