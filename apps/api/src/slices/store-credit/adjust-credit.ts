import { Id } from '@dhow/contracts/primitives.ts'
import type { ApprovalView } from '@dhow/contracts/staff.ts'
import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import type { StaffActor } from '../../platform/auth/actor.ts'
import type { ClientFacts } from '../../platform/auth/client.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { recordAudit } from '../audit/audit.ts'
import { findAccount, isCustomer, openPerson } from '../identity/identity.ts'
import { isCreditAdjusted, postCreditAdjusted } from '../ledger/ledger.ts'
import { askSecondPerson, defineApprovalAction, findAsked, lockGiving } from '../staff/staff.ts'
import type { Acting } from '../staff/staff.ts'
import { addCredit, balanceOf, takeCredit } from './balance.sql.ts'

const Change = z.strictObject({ customerId: Id, amount: z.int() })

interface Change {
  customerId: string
  /** Minor units; below zero takes. */
  amount: number
}

export interface Adjustment extends Change {
  /** The ledger books it once: whoever asks again by it changes nothing. */
  requestId: string
  reason: string
  actor: StaffActor
  client: ClientFacts
}

async function requirePossible(tx: Tx, { customerId, amount }: Change): Promise<void> {
  if (!(await isCustomer(tx, customerId))) throw new Problem('customers/not-found')
  if ((await balanceOf(tx, customerId)) + amount < 0) throw new Problem('store-credit/not-enough')
}

/** Gives what the audit log keeps of it. */
async function change(ctx: AppContext, tx: Tx, { source, ...wish }: Change & { source: string }) {
  const { customerId, amount } = wish
  await postCreditAdjusted(ctx, tx, { ...wish, source })
  if (amount > 0) await addCredit(ctx, tx, wish)
  else if (!(await takeCredit(ctx, tx, { customerId, amount: -amount }))) throw new Problem('store-credit/not-enough')
  const after = await balanceOf(tx, customerId)
  return { amount, before: after - amount, after, source }
}

const auditOf = (customerId: string, reason: string, by: Acting) => ({
  ...by,
  action: 'store-credit.adjusted',
  result: 'ok' as const,
  object: { type: 'customer', id: customerId },
  reason,
})

/** Credit above what one person may give, or take. The ledger knows it by the approval. */
export const largeCreditAction = defineApprovalAction({
  name: 'store-credit.adjust',
  permission: 'orders.refund',
  subject: Change,
  check: ({ tx, subject }) => requirePossible(tx, subject),
  async apply({ ctx, tx, subject, by, approval }) {
    const { id: approvalId, requestedBy, reason } = approval
    const details = { ...(await change(ctx, tx, { ...subject, source: approvalId })), approvalId, requestedBy }
    await recordAudit(ctx, tx, { ...auditOf(subject.customerId, reason, by), details })
  },
  async describe({ sealer }, db, subject) {
    const account = await findAccount(db, { id: subject.customerId })
    return { ...subject, name: account ? openPerson(sealer, account).name : null }
  },
})

/**
 * Gives or takes credit by hand, as far as one may refund; above that, asks a second person and gives what was asked for. Throws
 * `customers/not-found`, `store-credit/not-enough`.
 */
export function adjustCredit(ctx: AppContext, wish: Adjustment): Promise<ApprovalView | undefined> {
  const { requestId, customerId, amount, reason, actor, client } = wish
  const by = { actor, client }
  const subject = { customerId, amount }
  return inTransaction(ctx.db, async (tx) => {
    const alone = await lockGiving(ctx, tx, actor)
    const asked = await findAsked(ctx, tx, { id: requestId, action: largeCreditAction, actor })
    if (asked || (await isCreditAdjusted(tx, requestId))) return asked
    await requirePossible(tx, subject)
    if (Math.abs(amount) > alone)
      return askSecondPerson(ctx, tx, { id: requestId, action: largeCreditAction, subject, reason, by })
    const details = await change(ctx, tx, { ...subject, source: requestId })
    await recordAudit(ctx, tx, { ...auditOf(customerId, reason, by), details })
    return undefined
  })
}
