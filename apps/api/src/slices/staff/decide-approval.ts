import type { ApprovalView } from '@dhow/contracts/staff.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { StaffActor } from '../../platform/auth/actor.ts'
import { recordAudit } from '../audit/audit.ts'
import type { Acting } from './acting.ts'
import type { ApprovalAction } from './approval-actions.ts'
import { decideApproval, findApproval, listApprovals } from './approvals.sql.ts'
import type { ApprovalRow } from './approvals.sql.ts'
import { labelOf } from './member-view.ts'
import { findMembers } from './members.sql.ts'
import { lockOwners } from './roles.sql.ts'

/** How long what was decided stays in the list. */
const LISTED_DAYS = 7

export type ApprovalRegistry = ReadonlyMap<string, ApprovalAction>

/** Every action two people do, by its name. */
export const registryOf = (actions: readonly ApprovalAction[]): ApprovalRegistry =>
  new Map(actions.map((action) => [action.name, action]))

interface Decision {
  approvalId: string
  actor: StaffActor
  client: NonNullable<Acting['client']>
}

const mayDecide = (actor: StaffActor): boolean => actor.permissions.has('approvals.decide')

/** Its row, if the actor may know of it; otherwise `approvals/not-found`. */
async function requireApproval(db: DbOrTx, { approvalId, actor }: Decision): Promise<ApprovalRow> {
  const approval = await findApproval(db, approvalId)
  if (!approval || (approval.requestedBy !== actor.accountId && !mayDecide(actor)))
    throw new Problem('approvals/not-found')
  return approval
}

/** Settles it in this transaction, or throws `approvals/not-pending`: somebody was quicker, or the half hour is over. */
async function settle(
  ctx: AppContext,
  tx: Tx,
  { approvalId, actor, state }: Decision & { state: 'approved' | 'rejected' | 'withdrawn' },
): Promise<ApprovalRow> {
  const now = ctx.clock.now()
  const settled = await decideApproval(tx, { id: approvalId, state, decidedBy: actor.accountId, now })
  if (!settled) throw new Problem('approvals/not-pending')
  return settled
}

const logDecision = (ctx: AppContext, tx: Tx, { actor, client, approval }: Decision & { approval: ApprovalRow }) =>
  recordAudit(ctx, tx, {
    action: `approval.${approval.state}`,
    result: 'ok',
    actor,
    client,
    object: { type: 'approval', id: approval.id },
    details: { action: approval.action, requestedBy: approval.requestedBy },
  })

/**
 * Agrees to what somebody else asked for, and does it in the same transaction: either both happen or neither. Throws
 * `approvals/own-request` for the one who asked, `auth/forbidden` for whoever could not have asked for it.
 */
export function approveRequest(ctx: AppContext, actions: ApprovalRegistry, decision: Decision): Promise<ApprovalView> {
  const { actor, client } = decision
  return inTransaction(ctx.db, async (tx) => {
    const asked = await requireApproval(tx, decision)
    if (asked.requestedBy === actor.accountId) throw new Problem('approvals/own-request')
    const action = actions.get(asked.action)
    if (!action) throw new Error(`approval ${asked.id}: no action ${asked.action} in this release`)
    if (!actor.permissions.has(action.permission))
      throw new Problem('auth/forbidden', { permission: action.permission })
    await lockOwners(tx) // before the request, as everybody does who shuts out or changes somebody
    const approval = await settle(ctx, tx, { ...decision, state: 'approved' })
    const request = { ctx, tx, approval, subject: approval.subject, by: { actor, client } }
    await action.check(request)
    await action.apply(request)
    await logDecision(ctx, tx, { ...decision, approval })
    return toView(ctx, tx, { approval, actor, actions })
  })
}

/** Refuses what somebody asked for. */
export function rejectRequest(ctx: AppContext, actions: ApprovalRegistry, decision: Decision): Promise<ApprovalView> {
  return inTransaction(ctx.db, async (tx) => {
    await requireApproval(tx, decision)
    const approval = await settle(ctx, tx, { ...decision, state: 'rejected' })
    await logDecision(ctx, tx, { ...decision, approval })
    return toView(ctx, tx, { approval, actor: decision.actor, actions })
  })
}

/** Takes one's own request back; another's is as good as not there. */
export function withdrawRequest(ctx: AppContext, actions: ApprovalRegistry, decision: Decision): Promise<ApprovalView> {
  return inTransaction(ctx.db, async (tx) => {
    const asked = await requireApproval(tx, decision)
    if (asked.requestedBy !== decision.actor.accountId) throw new Problem('approvals/not-found')
    const approval = await settle(ctx, tx, { ...decision, state: 'withdrawn' })
    await logDecision(ctx, tx, { ...decision, approval })
    return toView(ctx, tx, { approval, actor: decision.actor, actions })
  })
}

/** One's own requests, and with `approvals.decide` everybody's: what waits, and what was decided lately. */
export async function viewApprovals(
  ctx: AppContext,
  actions: ApprovalRegistry,
  actor: StaffActor,
): Promise<ApprovalView[]> {
  const since = new Date(ctx.clock.now().getTime() - LISTED_DAYS * 86_400_000)
  const rows = await listApprovals(ctx.db, mayDecide(actor) ? { since } : { since, requestedBy: actor.accountId })
  return Promise.all(rows.map((approval) => toView(ctx, ctx.db, { approval, actor, actions })))
}

interface Presented {
  approval: ApprovalRow
  actor: StaffActor
  actions: ApprovalRegistry
}

/** A request as the contract shows it; the clock, not a row, says that its time is up. */
export async function toView(
  ctx: AppContext,
  db: DbOrTx,
  { approval, actor, actions }: Presented,
): Promise<ApprovalView> {
  const { id, action, subject, reason, state, requestedBy, requestedAt, expiresAt, decidedBy, decidedAt } = approval
  const people = await findMembers(db, decidedBy === null ? [requestedBy] : [requestedBy, decidedBy])
  const personOf = (accountId: string) => {
    const member = people.find((row) => row.id === accountId)
    return { id: accountId, name: member ? labelOf(ctx, member) : '' }
  }
  return {
    id,
    action,
    subject: (await actions.get(action)?.describe(ctx, db, subject)) ?? subject,
    reason,
    state: state === 'pending' && expiresAt <= ctx.clock.now() ? 'expired' : state,
    requestedBy: personOf(requestedBy),
    requestedAt: requestedAt.toISOString(),
    expiresAt: expiresAt.toISOString(),
    decidedBy: decidedBy === null ? null : personOf(decidedBy),
    decidedAt: decidedAt?.toISOString() ?? null,
    isOwn: requestedBy === actor.accountId,
  }
}
