import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { holdPayment as writeHold, lockOrderAndPayment } from './payments.sql.ts'
import type { PaymentRow } from './payments.sql.ts'

/**
 * Stops everything automatic about a payment and calls a person, once for each reason; not for one a person has dismissed. The
 * row is locked.
 */
export async function holdLocked(ctx: AppContext, tx: Tx, payment: PaymentRow, reason: string): Promise<void> {
  if (payment.heldReason === reason || payment.dismissedReason === reason) return
  await writeHold(tx, { id: payment.id, reason, now: ctx.clock.now() })
  ctx.metrics.paymentsHeld.inc({ reason })
  ctx.log.error(
    { paymentId: payment.id, orderId: payment.orderId, reason, alert: 'payment-held' },
    'payment held: its truth does not match the order',
  )
}

/** Stops everything automatic about a payment until a person has looked. */
export async function holdPayment(ctx: AppContext, paymentId: string, reason: string): Promise<void> {
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockOrderAndPayment(tx, paymentId)
    if (locked) await holdLocked(ctx, tx, locked.payment, reason)
  })
}
