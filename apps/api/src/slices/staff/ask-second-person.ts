import type { ApprovalView } from '@dhow/contracts/staff.ts'
import type { AppContext } from '../../context.ts'
import type { StaffActor } from '../../platform/auth/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { ApprovalAction } from './approval-actions.ts'
import { findApproval } from './approvals.sql.ts'
import { registryOf, toView } from './decide-approval.ts'
import { requestApproval } from './request-approval.ts'
import type { ApprovalWish } from './request-approval.ts'

interface Asked {
  /** Of the request that asks: a repetition finds what the first try has asked for. */
  id: string
  action: ApprovalAction
  actor: StaffActor
}

/** What this very request has asked for already, whatever has become of it since. */
export async function findAsked(
  ctx: AppContext,
  tx: Tx,
  { id, action, actor }: Asked,
): Promise<ApprovalView | undefined> {
  const approval = await findApproval(tx, id)
  return approval && toView(ctx, tx, { approval, actor, actions: registryOf([action]) })
}

/** Asks a second person for what one may not do alone. Throws what the action's own check throws. */
export async function askSecondPerson(
  ctx: AppContext,
  tx: Tx,
  wish: ApprovalWish & { by: { actor: StaffActor } },
): Promise<ApprovalView> {
  const { action, by } = wish
  const approval = await requestApproval(ctx, tx, wish)
  return toView(ctx, tx, { approval, actor: by.actor, actions: registryOf([action]) })
}
