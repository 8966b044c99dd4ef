import type { DbOrTx } from '../../platform/db/database.ts'

export interface AddressRow {
  id: string
  addressSealed: Buffer
  isDefault: boolean
  updatedAt: Date
}

const columns = ['id', 'addressSealed', 'isDefault', 'updatedAt'] as const

/** The default first, then the newest. Plan: index customer_addresses_account_idx, twenty rows at most. */
export const listAddressRows = (db: DbOrTx, accountId: string): Promise<AddressRow[]> =>
  db
    .selectFrom('customerAddresses')
    .select(columns)
    .where('accountId', '=', accountId)
    .orderBy('isDefault', 'desc')
    .orderBy('createdAt', 'desc')
    .orderBy('id', 'desc')
    .execute()

export async function insertAddress(
  db: DbOrTx,
  address: Omit<AddressRow, 'updatedAt'> & { accountId: string; now: Date },
): Promise<void> {
  const { now, ...row } = address
  await db
    .insertInto('customerAddresses')
    .values({ ...row, createdAt: now, updatedAt: now })
    .execute()
}

/** Returns undefined when there is no such address of this account. */
export const updateAddress = (
  db: DbOrTx,
  address: { id: string; accountId: string; addressSealed: Buffer; now: Date },
): Promise<AddressRow | undefined> =>
  db
    .updateTable('customerAddresses')
    .set({ addressSealed: address.addressSealed, updatedAt: address.now })
    .where('id', '=', address.id)
    .where('accountId', '=', address.accountId)
    .returning(columns)
    .executeTakeFirst()

export const deleteAddress = (
  db: DbOrTx,
  address: { id: string; accountId: string },
): Promise<{ isDefault: boolean } | undefined> =>
  db
    .deleteFrom('customerAddresses')
    .where('id', '=', address.id)
    .where('accountId', '=', address.accountId)
    .returning('isDefault')
    .executeTakeFirst()

/** Before another becomes it: an index allows one. */
export async function clearDefault(db: DbOrTx, accountId: string): Promise<void> {
  await db
    .updateTable('customerAddresses')
    .set({ isDefault: false })
    .where('accountId', '=', accountId)
    .where('isDefault', '=', true)
    .execute()
}

export async function makeDefault(db: DbOrTx, address: { id: string; accountId: string }): Promise<void> {
  await db
    .updateTable('customerAddresses')
    .set({ isDefault: true })
    .where('id', '=', address.id)
    .where('accountId', '=', address.accountId)
    .execute()
}
