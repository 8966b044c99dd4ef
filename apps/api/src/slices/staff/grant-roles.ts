import type { StaffChange } from '@dhow/contracts/staff.ts'
import { Id } from '@dhow/contracts/primitives.ts'
import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { DbOrTx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import type { Acting } from './acting.ts'
import { defineApprovalAction, requireThirdPerson } from './approval-actions.ts'
import { changeRoles, lockMember, requireCover, requireOtherOwner, requireRoles } from './change-roles.ts'
import { openMember, viewMember } from './member-view.ts'
import { findMembers } from './members.sql.ts'
import { requestApproval } from './request-approval.ts'
import { waiting } from './staff-change.ts'
import { listRoles, rolesOf } from './roles.sql.ts'
import { differenceOf, needsTwoPeople } from './staff-rules.ts'

const Subject = z.strictObject({ staffId: Id, grant: z.array(Id), revoke: z.array(Id) })

/** Names of what an approval is about, for whoever decides. */
async function describeGrant(ctx: AppContext, db: DbOrTx, subject: z.infer<typeof Subject>) {
  const [member] = await findMembers(db, [subject.staffId])
  const roles = await listRoles(db)
  const named = (ids: readonly string[]) =>
    roles.filter((role) => ids.includes(role.id)).map(({ id, nameEn, nameAr }) => ({ id, nameEn, nameAr }))
  return {
    staffId: subject.staffId,
    ...(member ? openMember(ctx, member) : {}),
    roles: named(subject.grant),
    rolesTaken: named(subject.revoke),
  }
}

/** Giving somebody roles of which one makes them a power over others (ST-4). */
export const grantRolesAction = defineApprovalAction({
  name: 'staff.grant-roles',
  permission: 'staff.write',
  subject: Subject,
  async check({ tx, subject, by, approval }) {
    const account = await lockMember(tx, subject.staffId)
    requireThirdPerson(by, approval, subject.staffId)
    const before = await rolesOf(tx, [account.id])
    requireCover(by, [...before, ...(await requireRoles(tx, subject.grant))])
  },
  async apply({ ctx, tx, subject, by, approval }) {
    const account = await lockMember(tx, subject.staffId)
    if (account.status === 'disabled') throw new Problem('staff/not-found')
    const { grant, revoke } = subject
    await changeRoles(ctx, tx, { account, grant, revoke, reason: approval.reason, by })
  },
  describe: describeGrant,
})

export interface RolesWish {
  staffId: string
  roleIds: readonly string[]
  reason: string
  by: Acting
}

/**
 * Makes somebody's roles be these. As a whole it is done at once, or, when one that needs two people is among the new ones,
 * waits as a whole for the second.
 */
export function setRoles(ctx: AppContext, wish: RolesWish): Promise<StaffChange> {
  const { staffId, roleIds, reason, by } = wish
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockMember(tx, staffId)
    const before = await rolesOf(tx, [staffId])
    const after = await requireRoles(tx, roleIds)
    requireCover(by, [...before, ...after])
    const { added, removed } = differenceOf(before, after)
    await requireOtherOwner(tx, account, removed)
    const ids = { grant: added.map((role) => role.id), revoke: removed.map((role) => role.id) }
    if (by.actor !== 'system' && added.some(needsTwoPeople)) {
      const subject = { staffId, ...ids }
      const approval = await requestApproval(ctx, tx, { action: grantRolesAction, subject, reason, by })
      return waiting(ctx, tx, { staffId, approval, action: grantRolesAction, actor: by.actor })
    }
    await changeRoles(ctx, tx, { account, ...ids, reason, by })
    return { kind: 'done', member: await viewMember(ctx, tx, staffId) }
  })
}
