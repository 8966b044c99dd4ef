import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { recordAudit } from '../audit/audit.ts'
import { lockAccount, revokeSessions, sendMessage } from '../identity/identity.ts'
import type { AccountRow } from '../identity/identity.ts'
import { idOf } from './acting.ts'
import type { Acting } from './acting.ts'
import { openMember } from './member-view.ts'
import { countOtherOwners, deleteGrants, insertGrants, lockOwners, lockRoles, rolesOf } from './roles.sql.ts'
import type { RoleRow } from './roles.sql.ts'
import { covers, differenceOf, isOwnerRole } from './staff-rules.ts'

/** The member's account, locked, after the owners: everybody locks in this order. Throws `staff/not-found`. */
export async function lockMember(tx: Tx, staffId: string): Promise<AccountRow> {
  await lockOwners(tx)
  const account = await lockAccount(tx, staffId)
  if (account?.kind !== 'staff') throw new Problem('staff/not-found')
  return account
}

/** Throws `staff/role-not-found` when one of them is not there. */
export async function requireRoles(tx: Tx, roleIds: readonly string[]): Promise<RoleRow[]> {
  const wanted = [...new Set(roleIds)]
  const roles = await lockRoles(tx, wanted)
  if (roles.length < wanted.length) throw new Problem('staff/role-not-found')
  return roles
}

/** Throws `auth/forbidden` when one of the roles permits more than whoever acts may do. */
export function requireCover({ actor }: Acting, roles: readonly RoleRow[]): void {
  if (!roles.every((role) => covers(actor, role))) throw new Problem('auth/forbidden', { reason: 'beyond-own-rights' })
}

/** Throws `staff/last-owner` when nobody else who may sign in owns the shop. */
export async function requireOtherOwner(tx: Tx, account: AccountRow, leaving: readonly RoleRow[]): Promise<void> {
  if (account.status === 'active' && leaving.some(isOwnerRole) && (await countOtherOwners(tx, account.id)) === 0)
    throw new Problem('staff/last-owner')
}

/** What roles come to, for the audit log: codes or names, and what they permit together. */
export const rightsForLog = (roles: readonly RoleRow[]): { roles: string[]; permissions: string[] } => ({
  roles: roles.map((role) => role.code ?? role.nameEn),
  permissions: [...new Set(roles.flatMap((role) => role.permissions))].toSorted(),
})

export interface RoleChange {
  account: AccountRow
  grant: readonly string[]
  revoke: readonly string[]
  reason: string
  by: Acting
}

/**
 * Gives and takes roles. Whoever is signed in must sign in again (SE-4: a new session for new rights), is told, and the log has
 * what they could do before and after. The account must be locked. Throws `staff/last-owner`, `staff/role-not-found`.
 */
export async function changeRoles(ctx: AppContext, tx: Tx, change: RoleChange): Promise<void> {
  const { account, grant, revoke, reason, by } = change
  const before = await rolesOf(tx, [account.id])
  await requireRoles(tx, grant)
  await requireOtherOwner(
    tx,
    account,
    before.filter((role) => revoke.includes(role.id)),
  )
  await insertGrants(tx, { accountId: account.id, roleIds: grant, grantedBy: idOf(by), at: ctx.clock.now() })
  await deleteGrants(tx, account.id, revoke)
  const after = await rolesOf(tx, [account.id])
  const { added, removed } = differenceOf(before, after)
  if (added.length + removed.length === 0) return
  await revokeSessions(ctx, tx, { accountId: account.id, reason: 'roles-changed', by: by.actor, client: by.client })
  await tellOfRoles(ctx, tx, { account, after })
  const [had, has] = [rightsForLog(before), rightsForLog(after)]
  await recordAudit(ctx, tx, {
    action: 'staff.roles-changed',
    result: 'ok',
    ...by,
    object: { type: 'staff', id: account.id },
    reason,
    details: {
      rolesBefore: had.roles,
      rolesAfter: has.roles,
      permissionsBefore: had.permissions,
      permissionsAfter: has.permissions,
    },
  })
}

async function tellOfRoles(
  ctx: AppContext,
  tx: Tx,
  { account, after }: { account: AccountRow; after: readonly RoleRow[] },
): Promise<void> {
  if (account.status !== 'active') return // who is invited reads of them when they come
  const { name, email } = openMember(ctx, account)
  const names = after.map((role) => (account.locale === 'ar' ? role.nameAr : role.nameEn))
  await sendMessage(ctx, tx, {
    accountId: account.id,
    kind: 'staff-roles-changed',
    channel: 'email',
    locale: account.locale,
    content: { to: email, name, details: { roles: names.join(account.locale === 'ar' ? '، ' : ', ') } },
  })
}
