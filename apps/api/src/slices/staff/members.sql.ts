import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

/** A staff member as the view `staff_members` has them, sealed. */
export interface MemberRow {
  id: string
  status: 'invited' | 'active' | 'disabled'
  dataKey: Buffer | null
  nameSealed: Buffer | null
  phoneSealed: Buffer | null
  emailSealed: Buffer | null
  locale: 'en' | 'ar'
  lastSignInAt: Date | null
  createdAt: Date
  hasTotp: boolean
  hasPasskey: boolean
  inviteExpiresAt: Date | null
  lastSecondFactorAt: Date | null
}

const columns = [
  'id',
  'status',
  'dataKey',
  'nameSealed',
  'phoneSealed',
  'emailSealed',
  'locale',
  'lastSignInAt',
  'createdAt',
  'hasTotp',
  'hasPasskey',
  'inviteExpiresAt',
  'lastSecondFactorAt',
] as const

/** Everybody, oldest first. A shop has tens of staff, not thousands: no pages. */
export const listMembers = (db: DbOrTx): Promise<MemberRow[]> =>
  db.selectFrom('staffMembers').select(columns).orderBy('id').execute()

export async function findMembers(db: DbOrTx, ids: readonly string[]): Promise<MemberRow[]> {
  if (ids.length === 0) return []
  return db.selectFrom('staffMembers').select(columns).where('id', 'in', ids).orderBy('id').execute()
}

export const findMemberByEmail = (db: DbOrTx, emailIndex: Buffer): Promise<MemberRow | undefined> =>
  db.selectFrom('staffMembers').select(columns).where('emailIndex', '=', emailIndex).executeTakeFirst()

/** Active members who may decide about requests and may do `permission` themselves. */
export const listDeciders = (db: DbOrTx, permission: string): Promise<MemberRow[]> =>
  db
    .selectFrom('staffMembers')
    .select(columns)
    .where('status', '=', 'active')
    .where(
      'id',
      'in',
      db
        .selectFrom('staffRoles')
        .innerJoin('roles', 'roles.id', 'staffRoles.roleId')
        .select('staffRoles.accountId')
        .groupBy('staffRoles.accountId')
        .having(sql<boolean>`bool_or('approvals.decide' = any(roles.permissions))`)
        .having(sql<boolean>`bool_or(${permission} = any(roles.permissions))`),
    )
    .orderBy('id')
    .execute()
