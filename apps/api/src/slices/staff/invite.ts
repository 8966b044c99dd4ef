import type { Locale } from '@dhow/contracts/primitives.ts'
import type { StaffChange, StaffMember } from '@dhow/contracts/staff.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { recordAudit } from '../audit/audit.ts'
import { createAccount, createLink, endLinks, linkToken, sendMessage } from '../identity/identity.ts'
import type { AccountRow } from '../identity/identity.ts'
import { idOf } from './acting.ts'
import type { Acting } from './acting.ts'
import { lockMember, requireCover, requireRoles, rightsForLog } from './change-roles.ts'
import { grantRolesAction } from './grant-roles.ts'
import { openMember, viewMember } from './member-view.ts'
import { requestApproval } from './request-approval.ts'
import { insertGrants, rolesOf } from './roles.sql.ts'
import type { RoleRow } from './roles.sql.ts'
import { needsTwoPeople } from './staff-rules.ts'
import { waiting } from './staff-change.ts'

export interface Invitation {
  email: string
  roleIds: readonly string[]
  locale: Locale
  reason: string
  by: Acting
}

/** Where the link of an invitation leads. */
export const inviteAddress = (ctx: AppContext, linkId: string): string =>
  `${ctx.config.ADMIN_URL}/invite?token=${linkToken(ctx, linkId)}`

/** Sends a link good once, for a day; older ones end. Gives the link's id. */
export async function sendInvite(ctx: AppContext, tx: Tx, account: AccountRow): Promise<string> {
  await endLinks(tx, { accountId: account.id, purpose: 'staff-invite' }, ctx.clock.now())
  const linkId = await createLink(ctx, tx, { purpose: 'staff-invite', accountId: account.id })
  const { name, email } = openMember(ctx, account)
  await sendMessage(ctx, tx, {
    accountId: account.id,
    kind: 'staff-invite',
    channel: 'email',
    locale: account.locale,
    content: { to: email, name, details: {} },
    linkId,
  })
  return linkId
}

/** Makes the account with these roles, and sends the link. Throws `staff/already-invited`. */
export async function createMember(
  ctx: AppContext,
  tx: Tx,
  invitation: Omit<Invitation, 'roleIds'> & { roles: readonly RoleRow[] },
): Promise<{ account: AccountRow; linkId: string }> {
  const { email, roles, locale, reason, by } = invitation
  const account = await createAccount(ctx, tx, { kind: 'staff', status: 'invited', locale, email })
  if (!account) throw new Problem('staff/already-invited')
  const roleIds = roles.map((role) => role.id)
  await insertGrants(tx, { accountId: account.id, roleIds, grantedBy: idOf(by), at: ctx.clock.now() })
  const linkId = await sendInvite(ctx, tx, account)
  const { roles: names, permissions } = rightsForLog(roles)
  await recordAudit(ctx, tx, {
    action: 'staff.invited',
    result: 'ok',
    ...by,
    object: { type: 'staff', id: account.id },
    reason,
    details: { rolesAfter: names, permissionsAfter: permissions },
  })
  return { account, linkId }
}

/**
 * Invites somebody. Roles that need two people wait for the second; with the others they can begin at once. Throws
 * `staff/already-invited`, `staff/role-not-found`, and `auth/forbidden` for roles beyond one's own rights.
 */
export function inviteMember(ctx: AppContext, invitation: Invitation): Promise<StaffChange> {
  const { roleIds, reason, by } = invitation
  return inTransaction(ctx.db, async (tx) => {
    const roles = await requireRoles(tx, roleIds)
    requireCover(by, roles)
    const [later, now] = [roles.filter(needsTwoPeople), roles.filter((role) => !needsTwoPeople(role))]
    const { account } = await createMember(ctx, tx, { ...invitation, roles: by.actor === 'system' ? roles : now })
    if (by.actor !== 'system' && later.length > 0) {
      const subject = { staffId: account.id, grant: later.map((role) => role.id), revoke: [] }
      const approval = await requestApproval(ctx, tx, { action: grantRolesAction, subject, reason, by })
      return waiting(ctx, tx, { staffId: account.id, approval, action: grantRolesAction, actor: by.actor })
    }
    return { kind: 'done', member: await viewMember(ctx, tx, account.id) }
  })
}

/** A new link for somebody who has not come yet. Throws `staff/not-found`, and `staff/already-invited` for who has. */
export function inviteAgain(ctx: AppContext, { staffId, by }: { staffId: string; by: Acting }): Promise<StaffMember> {
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockMember(tx, staffId)
    if (account.status !== 'invited') throw new Problem('staff/already-invited')
    requireCover(by, await rolesOf(tx, [staffId]))
    await sendInvite(ctx, tx, account)
    await recordAudit(ctx, tx, {
      action: 'staff.invited',
      result: 'ok',
      ...by,
      object: { type: 'staff', id: staffId },
      details: { isAgain: true },
    })
    return viewMember(ctx, tx, staffId)
  })
}
