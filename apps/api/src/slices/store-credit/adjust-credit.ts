import type { AppContext } from '../../context.ts'
import type { StaffActor } from '../../platform/auth/actor.ts'
import type { ClientFacts } from '../../platform/auth/client.ts'
import { inTransaction } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { recordAudit } from '../audit/audit.ts'
import { isCustomer } from '../identity/identity.ts'
import { postCreditAdjusted } from '../ledger/ledger.ts'
import { addCredit, takeCredit } from './balance.sql.ts'

export interface Adjustment {
  /** The ledger books it once: whoever asks again by it changes nothing. */
  requestId: string
  customerId: string
  /** Minor units; below zero takes. */
  amount: number
  reason: string
  actor: StaffActor
  client: ClientFacts
}

/** A gift of credit is money like a refund, and reaches as far as one: an unset limit permits nothing, null everything. */
function requireWithinLimit({ actor, amount }: Adjustment): void {
  const { refundUpTo } = actor.limits
  if (refundUpTo === null || (refundUpTo !== undefined && Math.abs(amount) <= refundUpTo)) return
  throw new Problem('auth/forbidden', { detail: 'the amount is above what this person may refund' })
}

/** Gives or takes credit by hand. Throws `customers/not-found`, `store-credit/not-enough`, `auth/forbidden`. */
export async function adjustCredit(ctx: AppContext, wish: Adjustment): Promise<void> {
  const { requestId: source, customerId, amount, reason, actor, client } = wish
  requireWithinLimit(wish)
  await inTransaction(ctx.db, async (tx) => {
    if (!(await isCustomer(tx, customerId))) throw new Problem('customers/not-found')
    // First of all: a second try waits here until the first is through, and finds it booked.
    if (!(await postCreditAdjusted(ctx, tx, { customerId, amount, source }))) return
    if (amount > 0) await addCredit(ctx, tx, { customerId, amount })
    else if (!(await takeCredit(ctx, tx, { customerId, amount: -amount }))) throw new Problem('store-credit/not-enough')
    await recordAudit(ctx, tx, {
      action: 'store-credit.adjusted',
      result: 'ok',
      actor,
      client,
      object: { type: 'customer', id: customerId },
      reason,
      details: { amount, source },
    })
  })
}
