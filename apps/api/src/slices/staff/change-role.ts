import type { Permission, RoleLimits } from '@dhow/contracts/permissions.ts'
import type { RoleView } from '@dhow/contracts/staff.ts'
import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { newId } from '../../platform/ids.ts'
import { recordAudit } from '../audit/audit.ts'
import { announceAccountChange } from '../identity/identity.ts'
import type { Acting } from './acting.ts'
import { requireCover } from './change-roles.ts'
import { toRoleView } from './member-view.ts'
import { deleteRole, insertRole, listHolders, lockRoles, updateRole } from './roles.sql.ts'
import type { RoleRow } from './roles.sql.ts'
import { isOwnerRole, powersOf } from './staff-rules.ts'

export interface RoleContent {
  nameEn: string
  nameAr: string
  permissions: readonly Permission[]
  limits: RoleLimits
}

const contentOf = ({ nameEn, nameAr, permissions, limits }: RoleContent) => ({
  nameEn,
  nameAr,
  permissions: [...new Set(permissions)].toSorted(),
  limits,
})

const limitForLog = ({ refundUpTo }: RoleLimits): string =>
  refundUpTo === undefined ? 'none' : refundUpTo === null ? 'no limit' : String(refundUpTo)

/** Makes a role of what one may do oneself. Throws `auth/forbidden` beyond that. */
export function addRole(ctx: AppContext, { content, by }: { content: RoleContent; by: Acting }): Promise<RoleView> {
  return inTransaction(ctx.db, async (tx) => {
    const role: RoleRow = { id: newId(), code: null, ...contentOf(content) }
    requireCover(by, [role])
    await insertRole(tx, { id: role.id, ...contentOf(content), at: ctx.clock.now() })
    await recordAudit(ctx, tx, {
      action: 'role.created',
      result: 'ok',
      ...by,
      object: { type: 'role', id: role.id },
      details: {
        name: role.nameEn,
        permissionsAfter: role.permissions,
        refundUpToAfter: limitForLog(role.limits),
      },
    })
    return toRoleView(role, 0)
  })
}

/** The role, locked. Throws `staff/role-not-found`, and `staff/role-protected` for the owner's. */
async function lockOwnRole(tx: Tx, roleId: string, by: Acting): Promise<RoleRow> {
  const [role] = await lockRoles(tx, [roleId])
  if (!role) throw new Problem('staff/role-not-found')
  if (isOwnerRole(role)) throw new Problem('staff/role-protected')
  requireCover(by, [role])
  return role
}

/**
 * Changes a role for everybody who has it, at once. What gives power over others takes two people to grant, so a role somebody
 * has cannot come to hold it (`staff/role-in-use`): make another role, and grant that.
 */
export function changeRole(
  ctx: AppContext,
  { roleId, content, by }: { roleId: string; content: RoleContent; by: Acting },
): Promise<RoleView> {
  return inTransaction(ctx.db, async (tx) => {
    const before = await lockOwnRole(tx, roleId, by)
    const after: RoleRow = { ...before, ...contentOf(content) }
    requireCover(by, [after])
    const holders = await listHolders(tx, roleId)
    const isGrowing = powersOf(after.permissions).some((power) => !before.permissions.includes(power))
    if (isGrowing && holders.length > 0) throw new Problem('staff/role-in-use')
    await updateRole(tx, roleId, { ...contentOf(content), at: ctx.clock.now() })
    await announceAccountChange(ctx, tx, ...holders)
    await recordAudit(ctx, tx, {
      action: 'role.changed',
      result: 'ok',
      ...by,
      object: { type: 'role', id: roleId },
      details: {
        name: after.nameEn,
        permissionsBefore: before.permissions.toSorted(),
        permissionsAfter: after.permissions,
        refundUpToBefore: limitForLog(before.limits),
        refundUpToAfter: limitForLog(after.limits),
        holders: holders.length,
      },
    })
    return toRoleView(after, holders.length)
  })
}

/** Throws `staff/role-not-found`, `staff/role-protected`, `staff/role-in-use`. */
export function removeRole(ctx: AppContext, { roleId, by }: { roleId: string; by: Acting }): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    const role = await lockOwnRole(tx, roleId, by)
    if ((await listHolders(tx, roleId)).length > 0) throw new Problem('staff/role-in-use')
    await deleteRole(tx, roleId)
    await recordAudit(ctx, tx, {
      action: 'role.deleted',
      result: 'ok',
      ...by,
      object: { type: 'role', id: roleId },
      details: { name: role.nameEn, permissionsBefore: role.permissions.toSorted() },
    })
  })
}
