import type { Locale } from '@dhow/contracts/primitives.ts'
import type { StaffMember } from '@dhow/contracts/staff.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { DbOrTx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { emailIndexOf } from '../identity/identity.ts'
import type { Acting } from './acting.ts'
import { changeRoles, lockMember } from './change-roles.ts'
import { createMember, inviteAddress, sendInvite } from './invite.ts'
import { viewMember } from './member-view.ts'
import { findMemberByEmail } from './members.sql.ts'
import type { MemberRow } from './members.sql.ts'
import { disableMember } from './member-status.ts'
import { resetNow } from './reset-factors.ts'
import { findRoleByCode, lockOwners } from './roles.sql.ts'
import type { RoleRow } from './roles.sql.ts'

/**
 * What can be done at the console of the server: whoever sits there could change the database as well, so they are the second
 * person every approval asks for. The log says `system`.
 */
const byConsole: Acting = { actor: 'system' }
const reason = 'on the console of the server'

/** Throws `staff/role-not-found`: `code` is that of a ready role. */
async function requireRole(db: DbOrTx, code: string): Promise<RoleRow> {
  const role = await findRoleByCode(db, code)
  if (!role) throw new Problem('staff/role-not-found')
  return role
}

const findByEmail = (ctx: AppContext, db: DbOrTx, email: string): Promise<MemberRow | undefined> =>
  findMemberByEmail(db, emailIndexOf(ctx.sealer, email))

/** Throws `staff/not-found`. */
async function requireByEmail(ctx: AppContext, db: DbOrTx, email: string): Promise<MemberRow> {
  const member = await findByEmail(ctx, db, email)
  if (!member) throw new Problem('staff/not-found')
  return member
}

/**
 * Invites somebody, or sends a new link to who was invited and has not come; gives the link, which is mailed too. Throws
 * `staff/already-invited` for a member, `staff/role-not-found`.
 */
export function inviteByConsole(
  ctx: AppContext,
  { email, roleCode, locale }: { email: string; roleCode: string; locale: Locale },
): Promise<string> {
  return inTransaction(ctx.db, async (tx) => {
    await lockOwners(tx)
    const role = await requireRole(tx, roleCode)
    const known = await findByEmail(ctx, tx, email)
    if (!known) {
      const invitation = { email, roles: [role], locale, reason, by: byConsole }
      return inviteAddress(ctx, (await createMember(ctx, tx, invitation)).linkId)
    }
    const account = await lockMember(tx, known.id)
    if (account.status !== 'invited') throw new Problem('staff/already-invited')
    await changeRoles(ctx, tx, { account, grant: [role.id], revoke: [], reason, by: byConsole })
    return inviteAddress(ctx, await sendInvite(ctx, tx, account))
  })
}

/** Gives a ready role besides those somebody has. Throws `staff/not-found`, `staff/role-not-found`. */
export function grantByConsole(ctx: AppContext, email: string, roleCode: string): Promise<StaffMember> {
  return inTransaction(ctx.db, async (tx) => {
    const role = await requireRole(tx, roleCode)
    const account = await lockMember(tx, (await requireByEmail(ctx, tx, email)).id)
    await changeRoles(ctx, tx, { account, grant: [role.id], revoke: [], reason, by: byConsole })
    return viewMember(ctx, tx, account.id)
  })
}

/** Throws `staff/not-found`, `staff/last-owner`. */
export async function disableByConsole(ctx: AppContext, email: string): Promise<StaffMember> {
  const { id } = await requireByEmail(ctx, ctx.db, email)
  return disableMember(ctx, { staffId: id, reason, by: byConsole })
}

/** Takes every factor of somebody who lost theirs, at once, and gives the link of their new invitation. Throws `staff/not-found`. */
export function resetByConsole(ctx: AppContext, email: string): Promise<string> {
  return inTransaction(ctx.db, async (tx) => {
    const account = await lockMember(tx, (await requireByEmail(ctx, tx, email)).id)
    if (account.status === 'disabled') throw new Problem('staff/not-found')
    return inviteAddress(ctx, await resetNow(ctx, tx, { account, reason, by: byConsole }))
  })
}
