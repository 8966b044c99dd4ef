import type { StaffChange } from '@dhow/contracts/staff.ts'
import type { AppContext } from '../../context.ts'
import type { StaffActor } from '../../platform/auth/actor.ts'
import type { Tx } from '../../platform/db/database.ts'
import type { ApprovalAction } from './approval-actions.ts'
import type { ApprovalRow } from './approvals.sql.ts'
import { registryOf, toView } from './decide-approval.ts'
import { viewMember } from './member-view.ts'

interface Waiting {
  staffId: string
  approval: ApprovalRow
  action: ApprovalAction
  actor: StaffActor
}

/** The answer to a change that a second person must agree to. */
export async function waiting(ctx: AppContext, tx: Tx, waiting: Waiting): Promise<StaffChange> {
  const { staffId, approval, action, actor } = waiting
  return {
    kind: 'approval-requested',
    member: await viewMember(ctx, tx, staffId),
    approval: await toView(ctx, tx, { approval, actor, actions: registryOf([action]) }),
  }
}
