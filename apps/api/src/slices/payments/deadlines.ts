import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { extendHolds } from '../inventory/inventory.ts'
import { setDeadline } from '../orders/orders.ts'
import { lockOrderAndPayment } from './payments.sql.ts'
import type { Payer } from './payments.sql.ts'

const MINUTE_MS = 60_000
/** The provider gives its session up first; then we do the order. */
const AFTER_EXPIRY_MS = 5 * MINUTE_MS

/** Until when an order waits for a payment by this provider, before the provider has said so itself. */
export function deadlineFor(ctx: Pick<AppContext, 'config' | 'clock'>, provider: Payer): Date {
  const { ORDER_HOLD_MINUTES, BNPL_SESSION_MINUTES, COD_CONFIRM_HOURS } = ctx.config
  const now = ctx.clock.now().getTime()
  if (provider === 'cod') return new Date(now + COD_CONFIRM_HOURS * 60 * MINUTE_MS)
  if (provider === 'tabby' || provider === 'tamara')
    return new Date(now + BNPL_SESSION_MINUTES * MINUTE_MS + AFTER_EXPIRY_MS)
  return new Date(now + ORDER_HOLD_MINUTES * MINUTE_MS)
}

/** The order waits, and its stock is held, until `deadlineAt`. The order is locked. */
async function holdUntil(ctx: AppContext, tx: Tx, orderId: string, deadlineAt: Date): Promise<void> {
  if (await setDeadline(tx, { orderId, deadlineAt, now: ctx.clock.now() })) await extendHolds(tx, orderId, deadlineAt)
}

/** The provider has said when its session ends: the order waits as long, and a little longer. */
export async function followExpiry(ctx: AppContext, payment: { id: string }, expiresAt: Date): Promise<void> {
  const deadlineAt = new Date(expiresAt.getTime() + AFTER_EXPIRY_MS)
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockOrderAndPayment(tx, payment.id)
    if (!locked || locked.payment.supersededAt !== null) return
    if (locked.order.deadlineAt?.getTime() === deadlineAt.getTime()) return
    await holdUntil(ctx, tx, locked.order.id, deadlineAt)
  })
}
