import type { RoleLimits } from '@dhow/contracts/permissions.ts'
import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'

export interface RoleRow {
  id: string
  /** Of the ready roles; null for the merchant's own. */
  code: string | null
  nameEn: string
  nameAr: string
  permissions: string[]
  limits: RoleLimits
}

const columns = ['id', 'code', 'nameEn', 'nameAr', 'permissions', 'limits'] as const

/** All roles, those of the shop's beginning first, with how many have each. */
export const listRoles = (db: DbOrTx): Promise<(RoleRow & { memberCount: number })[]> =>
  db
    .selectFrom('roles')
    .select([
      ...columns,
      sql<number>`(select count(*)::int from staff_roles grant_row where grant_row.role_id = roles.id)`.as(
        'memberCount',
      ),
    ])
    .orderBy('id')
    .execute()

/** Those that exist of the ids, locked against being changed or deleted until the transaction ends. */
export async function lockRoles(tx: Tx, ids: readonly string[]): Promise<RoleRow[]> {
  if (ids.length === 0) return []
  return tx.selectFrom('roles').select(columns).where('id', 'in', ids).orderBy('id').forNoKeyUpdate().execute()
}

export const findRoleByCode = (db: DbOrTx, code: string): Promise<RoleRow | undefined> =>
  db.selectFrom('roles').select(columns).where('code', '=', code).executeTakeFirst()

/**
 * Whoever may take an owner away waits here for whoever else does: of two owners who shut each other out at the same moment,
 * the second finds themselves the last.
 */
export async function lockOwners(tx: Tx): Promise<void> {
  await tx.selectFrom('roles').select('id').where('code', '=', 'owner').forNoKeyUpdate().execute()
}

/** How many others own the shop and may sign in. */
export async function countOtherOwners(tx: Tx, accountId: string): Promise<number> {
  const row = await tx
    .selectFrom('staffRoles')
    .innerJoin('roles', 'roles.id', 'staffRoles.roleId')
    .innerJoin('staffMembers', 'staffMembers.id', 'staffRoles.accountId')
    .select(sql<number>`count(*)::int`.as('count'))
    .where('roles.code', '=', 'owner')
    .where('staffMembers.status', '=', 'active')
    .where('staffRoles.accountId', '<>', accountId)
    .executeTakeFirstOrThrow()
  return row.count
}

/** What each of them has, in the order of the roles. */
export async function rolesOf(db: DbOrTx, accountIds: readonly string[]): Promise<(RoleRow & { accountId: string })[]> {
  if (accountIds.length === 0) return []
  return db
    .selectFrom('staffRoles')
    .innerJoin('roles', 'roles.id', 'staffRoles.roleId')
    .select([
      'staffRoles.accountId',
      'roles.id',
      'roles.code',
      'roles.nameEn',
      'roles.nameAr',
      'roles.permissions',
      'roles.limits',
    ])
    .where('staffRoles.accountId', 'in', accountIds)
    .orderBy('roles.id')
    .execute()
}

export const listHolders = async (db: DbOrTx, roleId: string): Promise<string[]> =>
  (
    await db.selectFrom('staffRoles').select('accountId').where('roleId', '=', roleId).orderBy('accountId').execute()
  ).map((row) => row.accountId)

/** Gives roles; one that somebody has already stays as it was given. */
export async function insertGrants(
  tx: Tx,
  grant: { accountId: string; roleIds: readonly string[]; grantedBy: string | null; at: Date },
): Promise<void> {
  const { accountId, roleIds, grantedBy, at } = grant
  if (roleIds.length === 0) return
  await tx
    .insertInto('staffRoles')
    .values(roleIds.map((roleId) => ({ accountId, roleId, grantedBy, grantedAt: at })))
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

export async function deleteGrants(tx: Tx, accountId: string, roleIds: readonly string[]): Promise<void> {
  if (roleIds.length === 0) return
  await tx.deleteFrom('staffRoles').where('accountId', '=', accountId).where('roleId', 'in', roleIds).execute()
}

type RoleContent = Pick<RoleRow, 'nameEn' | 'nameAr' | 'permissions' | 'limits'>

const stored = (role: RoleContent) => ({ ...role, limits: JSON.stringify(role.limits) })

export async function insertRole(tx: Tx, role: RoleContent & { id: string; at: Date }): Promise<void> {
  const { at, ...content } = role
  await tx
    .insertInto('roles')
    .values({ ...content, ...stored(content), code: null, createdAt: at, updatedAt: at })
    .execute()
}

export async function updateRole(tx: Tx, id: string, role: RoleContent & { at: Date }): Promise<void> {
  const { at, ...content } = role
  await tx
    .updateTable('roles')
    .set({ ...stored(content), updatedAt: at })
    .where('id', '=', id)
    .execute()
}

/** Throws a foreign key violation (SQLSTATE 23503) when somebody was given it in this very moment. */
export async function deleteRole(tx: Tx, id: string): Promise<void> {
  await tx.deleteFrom('roles').where('id', '=', id).execute()
}
