import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'
import { recordAudit } from '../audit/audit.ts'
import { sendMessage } from '../identity/identity.ts'
import type { Acting } from './acting.ts'
import type { ApprovalAction } from './approval-actions.ts'
import { insertApproval } from './approvals.sql.ts'
import type { ApprovalRow } from './approvals.sql.ts'
import { labelOf, openMember } from './member-view.ts'
import { findMembers, listDeciders } from './members.sql.ts'

/** A request nobody has agreed to by then is over. */
export const APPROVAL_SECONDS = 30 * 60

export interface ApprovalWish {
  /** Where it must be asked for once; a new one otherwise. */
  id?: string
  action: ApprovalAction
  subject: Record<string, unknown>
  reason: string
  by: Acting
}

/**
 * Asks for something another person must agree to, and tells everybody who may. With nobody to tell, the request runs out: the
 * console of the server is the second person then (docs/security/staff.md). Throws what the action's own check throws.
 */
export async function requestApproval(ctx: AppContext, tx: Tx, wish: ApprovalWish): Promise<ApprovalRow> {
  const { id = newId(), action, subject, reason, by } = wish
  if (by.actor === 'system') throw new Error('the console asks nobody')
  const now = ctx.clock.now()
  const approval: ApprovalRow = {
    id,
    action: action.name,
    subject,
    reason,
    state: 'pending',
    requestedBy: by.actor.accountId,
    requestedAt: now,
    expiresAt: new Date(now.getTime() + APPROVAL_SECONDS * 1000),
    decidedBy: null,
    decidedAt: null,
  }
  await action.check({ ctx, tx, approval, subject, by })
  await insertApproval(tx, approval)
  await tellDeciders(ctx, tx, { action, requestedBy: approval.requestedBy })
  await recordAudit(ctx, tx, {
    action: 'approval.requested',
    result: 'ok',
    ...by,
    object: { type: 'approval', id: approval.id },
    reason,
    details: { action: action.name },
  })
  return approval
}

async function tellDeciders(
  ctx: AppContext,
  tx: Tx,
  { action, requestedBy }: { action: ApprovalAction; requestedBy: string },
): Promise<void> {
  const [requester] = await findMembers(tx, [requestedBy])
  const by = requester ? labelOf(ctx, requester) : ''
  for (const decider of await listDeciders(tx, action.permission)) {
    if (decider.id === requestedBy) continue
    const { name, email } = openMember(ctx, decider)
    await sendMessage(ctx, tx, {
      accountId: decider.id,
      kind: 'approval-requested',
      channel: 'email',
      locale: decider.locale,
      content: { to: email, name, details: { action: action.name, by } },
    })
  }
}
