import type { DbOrTx, Tx } from '../../platform/db/database.ts'

export type AccountKind = 'customer' | 'staff'

export interface AccountRow {
  id: string
  kind: AccountKind
  status: 'invited' | 'active' | 'disabled' | 'erased'
  dataKey: Buffer | null
  nameSealed: Buffer | null
  phoneSealed: Buffer | null
  phoneIndex: Buffer | null
  phoneVerifiedAt: Date | null
  emailSealed: Buffer | null
  emailIndex: Buffer | null
  emailVerifiedAt: Date | null
  locale: 'en' | 'ar'
  failureCount: number
  lastFailureAt: Date | null
  lastSignInAt: Date | null
  createdAt: Date
}

const columns = [
  'id',
  'kind',
  'status',
  'dataKey',
  'nameSealed',
  'phoneSealed',
  'phoneIndex',
  'phoneVerifiedAt',
  'emailSealed',
  'emailIndex',
  'emailVerifiedAt',
  'locale',
  'failureCount',
  'lastFailureAt',
  'lastSignInAt',
  'createdAt',
] as const

/** By id, or by the blind index of a phone or e-mail within one kind. An erased account is nobody's. */
export function findAccount(
  db: DbOrTx,
  by: { id: string } | { kind: AccountKind; phoneIndex: Buffer } | { kind: AccountKind; emailIndex: Buffer },
): Promise<AccountRow | undefined> {
  const query = db.selectFrom('accounts').select(columns).where('status', '<>', 'erased')
  if ('id' in by) return query.where('id', '=', by.id).executeTakeFirst()
  const ofKind = query.where('kind', '=', by.kind)
  return 'phoneIndex' in by
    ? ofKind.where('phoneIndex', '=', by.phoneIndex).executeTakeFirst()
    : ofKind.where('emailIndex', '=', by.emailIndex).executeTakeFirst()
}

/** The account, locked until the transaction ends: whoever changes factors or contacts does it one after the other. */
export const lockAccount = (tx: Tx, id: string): Promise<AccountRow | undefined> =>
  tx
    .selectFrom('accounts')
    .select(columns)
    .where('id', '=', id)
    .where('status', '<>', 'erased')
    .forUpdate()
    .executeTakeFirst()

/** Whether there is, or was, a customer of that id. */
export async function isCustomer(db: DbOrTx, id: string): Promise<boolean> {
  const row = await db
    .selectFrom('accounts')
    .select('id')
    .where('id', '=', id)
    .where('kind', '=', 'customer')
    .executeTakeFirst()
  return row !== undefined
}

export type NewAccount = Omit<AccountRow, 'failureCount' | 'lastFailureAt' | 'lastSignInAt'>

/** Inserts it, or returns false when its phone or e-mail is another's already. */
export async function insertAccount(tx: DbOrTx, account: NewAccount): Promise<boolean> {
  const row = await tx
    .insertInto('accounts')
    .values({
      ...account,
      lastFailureAt: null,
      lastSignInAt: null,
      disabledAt: null,
      disabledReason: null,
      updatedAt: account.createdAt,
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export type AccountChange = Partial<Omit<AccountRow, 'id' | 'kind' | 'createdAt'>> & {
  disabledAt?: Date | null
  disabledReason?: string | null
}

/** Throws a unique violation (SQLSTATE 23505) when a phone or e-mail is another's. */
export async function updateAccount(tx: DbOrTx, id: string, change: AccountChange, now: Date): Promise<void> {
  await tx
    .updateTable('accounts')
    .set({ ...change, updatedAt: now })
    .where('id', '=', id)
    .execute()
}

/** Names of staff members, sealed, by id. */
export const listStaffNames = (
  db: DbOrTx,
  ids: readonly string[],
): Promise<Pick<AccountRow, 'id' | 'dataKey' | 'nameSealed' | 'phoneSealed' | 'emailSealed'>[]> =>
  db
    .selectFrom('accounts')
    .select(['id', 'dataKey', 'nameSealed', 'phoneSealed', 'emailSealed'])
    .where('kind', '=', 'staff')
    .where('id', 'in', [...ids])
    .where('dataKey', 'is not', null)
    .execute()
