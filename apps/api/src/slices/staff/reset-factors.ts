import { Id } from '@dhow/contracts/primitives.ts'
import type { StaffChange } from '@dhow/contracts/staff.ts'
import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import { recordAudit } from '../audit/audit.ts'
import { forgetFactors, revokeSessions, sendMessage, updateAccount } from '../identity/identity.ts'
import type { AccountRow } from '../identity/identity.ts'
import type { Acting } from './acting.ts'
import { defineApprovalAction, requireThirdPerson } from './approval-actions.ts'
import { findApproval } from './approvals.sql.ts'
import { lockMember, requireCover } from './change-roles.ts'
import { sendInvite } from './invite.ts'
import { openMember } from './member-view.ts'
import { findMembers } from './members.sql.ts'
import { requestApproval } from './request-approval.ts'
import { rolesOf } from './roles.sql.ts'
import { waiting } from './staff-change.ts'

/** From the agreement to the deed (ST-2): time for the one it is done to, to notice. */
export const RESET_DELAY_SECONDS = 24 * 3600

export const resetFactorsTask = 'staff.reset-factors'

const Subject = z.strictObject({ staffId: Id })

/** Taking every factor from somebody who lost the second, to invite them anew. */
export const resetFactorsAction = defineApprovalAction({
  name: 'staff.reset-factors',
  permission: 'staff.write',
  subject: Subject,
  async check({ tx, subject, by, approval }) {
    const account = await lockMember(tx, subject.staffId)
    if (account.status !== 'active') throw new Problem('staff/not-found')
    requireThirdPerson(by, approval, subject.staffId)
    requireCover(by, await rolesOf(tx, [account.id]))
  },
  async apply({ ctx, tx, approval, subject }) {
    const runAt = new Date(ctx.clock.now().getTime() + RESET_DELAY_SECONDS * 1000)
    const payload = { approvalId: approval.id }
    await enqueue(tx, { task: resetFactorsTask, payload, key: `${resetFactorsTask}:${approval.id}`, runAt })
    await tellOfReset(ctx, tx, { account: await lockMember(tx, subject.staffId), runAt })
  },
  async describe(ctx, db, { staffId }) {
    const [member] = await findMembers(db, [staffId])
    return { staffId, ...(member ? openMember(ctx, member) : {}) }
  },
})

/** The day is there for this: whoever has not lost anything hears that somebody says so. */
async function tellOfReset(
  ctx: AppContext,
  tx: Tx,
  { account, runAt }: { account: AccountRow; runAt: Date },
): Promise<void> {
  const { name, email } = openMember(ctx, account)
  await sendMessage(ctx, tx, {
    accountId: account.id,
    kind: 'factors-reset-agreed',
    channel: 'email',
    locale: account.locale,
    content: { to: email, name, details: { at: runAt.toISOString() } },
  })
}

/** Asks for it; there is no doing it alone. Throws `staff/not-found` for somebody who has nothing to reset. */
export function requestReset(
  ctx: AppContext,
  { staffId, reason, by }: { staffId: string; reason: string; by: Acting },
): Promise<StaffChange> {
  const { actor } = by
  if (actor === 'system') throw new Error('the console asks nobody')
  return inTransaction(ctx.db, async (tx) => {
    const action = resetFactorsAction
    const approval = await requestApproval(ctx, tx, { action, subject: { staffId }, reason, by })
    return waiting(ctx, tx, { staffId, approval, action, actor })
  })
}

/** Takes every factor and session, and sends an invitation; the roles stay. Gives the link's id. */
export async function resetNow(
  ctx: AppContext,
  tx: Tx,
  { account, reason, by }: { account: AccountRow; reason: string; by: Acting },
): Promise<string> {
  const now = ctx.clock.now()
  await forgetFactors(tx, account.id)
  await updateAccount(tx, account.id, { status: 'invited', failureCount: 0, lastFailureAt: null }, now)
  await revokeSessions(ctx, tx, { accountId: account.id, reason: 'factors-reset', by: by.actor, client: by.client })
  const linkId = await sendInvite(ctx, tx, account)
  await recordAudit(ctx, tx, {
    action: 'staff.factors-reset',
    result: 'ok',
    ...by,
    object: { type: 'staff', id: account.id },
    reason,
  })
  return linkId
}

const Payload = z.strictObject({ approvalId: Id })

/**
 * A day after two people agreed. Whoever has given a second factor since has not lost it: then somebody wanted their account,
 * and nothing is done but noted. So nothing is done the second time this runs, either.
 */
export async function runReset(ctx: AppContext, payload: unknown): Promise<void> {
  const { approvalId } = Payload.parse(payload)
  await inTransaction(ctx.db, async (tx) => {
    const approval = await findApproval(tx, approvalId)
    if (approval?.state !== 'approved' || !approval.decidedAt) return
    const { staffId } = Subject.parse(approval.subject)
    const account = await lockMember(tx, staffId)
    if (account.status !== 'active') return
    const [member] = await findMembers(tx, [staffId])
    const { lastSecondFactorAt = null } = member ?? {}
    const by: Acting = { actor: 'system' }
    if (lastSecondFactorAt === null || lastSecondFactorAt <= approval.decidedAt)
      return void (await resetNow(ctx, tx, { account, reason: approval.reason, by }))
    await recordAudit(ctx, tx, {
      action: 'staff.factors-reset',
      result: 'refused',
      ...by,
      object: { type: 'staff', id: staffId },
      reason: 'a second factor was given since',
      details: { approvalId },
    })
  })
}
