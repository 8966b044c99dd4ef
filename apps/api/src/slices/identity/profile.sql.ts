import type { DbOrTx } from '../../platform/db/database.ts'

export interface ProfileRow {
  id: string
  status: 'invited' | 'active' | 'disabled' | 'erased'
  dataKey: Buffer | null
  nameSealed: Buffer | null
  phoneSealed: Buffer | null
  emailSealed: Buffer | null
  locale: 'en' | 'ar'
  createdAt: Date
  hasPassword: boolean
  hasTotp: boolean
  passkeyCount: number
  recoveryCodesLeft: number
}

/** What a customer sees of themselves, read as the customer. Plan: the primary key of accounts, then one index scan a factor. */
export const findProfile = (db: DbOrTx, accountId: string): Promise<ProfileRow | undefined> =>
  db
    .selectFrom('accounts')
    .innerJoin('ownSignInMethods', 'ownSignInMethods.accountId', 'accounts.id')
    .select([
      'accounts.id',
      'accounts.status',
      'accounts.dataKey',
      'accounts.nameSealed',
      'accounts.phoneSealed',
      'accounts.emailSealed',
      'accounts.locale',
      'accounts.createdAt',
      'ownSignInMethods.hasPassword',
      'ownSignInMethods.hasTotp',
      'ownSignInMethods.passkeyCount',
      'ownSignInMethods.recoveryCodesLeft',
    ])
    .where('accounts.id', '=', accountId)
    .executeTakeFirst()

export async function updateProfile(
  db: DbOrTx,
  accountId: string,
  change: Partial<Pick<ProfileRow, 'nameSealed' | 'locale'>> & { now: Date },
): Promise<void> {
  const { now, ...columns } = change
  await db
    .updateTable('accounts')
    .set({ ...columns, updatedAt: now })
    .where('id', '=', accountId)
    .execute()
}

type KeyRow = Pick<ProfileRow, 'status' | 'dataKey'>

export const findKey = (db: DbOrTx, accountId: string): Promise<KeyRow | undefined> =>
  db.selectFrom('accounts').select(['status', 'dataKey']).where('id', '=', accountId).executeTakeFirst()

/** Lets the changes of one customer's things queue: what is counted then stays counted until the transaction ends. */
export const lockKey = (db: DbOrTx, accountId: string): Promise<KeyRow | undefined> =>
  db
    .selectFrom('accounts')
    .select(['status', 'dataKey'])
    .where('id', '=', accountId)
    .forNoKeyUpdate()
    .executeTakeFirst()
