import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { BeginOutcome } from '../../providers/payments/port.ts'
import { addTimeline } from '../orders/orders.ts'
import { lockOrderAndPayment } from './payments.sql.ts'
import type { Payer } from './payments.sql.ts'
import { refuse } from './truth.sql.ts'

/**
 * The provider said no before there was a payment. One that lends has declined this shopper, whatever its reason, and the order
 * waits for another way to pay: true. Of a card it is a mistake in what we asked: false. A refusal nobody explained is logged.
 */
export async function refusePayment(
  ctx: AppContext,
  payment: { id: string; orderId: string; provider: Payer },
  refusal: Extract<BeginOutcome, { kind: 'refused' }>,
): Promise<boolean> {
  const { id: paymentId, orderId, provider } = payment
  if (refusal.eligibility === null) {
    ctx.log.error({ orderId, paymentId, provider, reason: refusal.reason }, 'provider refused to begin a payment')
    if (provider === 'stripe') return false
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
