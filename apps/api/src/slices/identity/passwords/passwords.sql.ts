import type { DbOrTx } from '../../../platform/db/database.ts'
import { resetFailures } from './lockout.sql.ts'

export async function findPasswordHash(db: DbOrTx, accountId: string): Promise<string | undefined> {
  const row = await db.selectFrom('passwords').select('hash').where('accountId', '=', accountId).executeTakeFirst()
  return row?.hash
}

interface NewPasswordRow {
  accountId: string
  hash: string
  now: Date
}

/** The first password of an account, or a new one in the place of the old. How often the old one was mistaken is over. */
export async function putPassword(db: DbOrTx, { accountId, hash, now }: NewPasswordRow): Promise<void> {
  await db
    .insertInto('passwords')
    .values({ accountId, hash, changedAt: now })
    .onConflict((conflict) => conflict.column('accountId').doUpdateSet({ hash, changedAt: now }))
    .execute()
  await resetFailures(db, accountId)
}

/** The same password under other parameters: nothing has changed for its owner. Does nothing once it is another password. */
export async function renewHash(
  db: DbOrTx,
  { accountId, from, to }: { accountId: string; from: string; to: string },
): Promise<void> {
  await db
    .updateTable('passwords')
    .set({ hash: to })
    .where('accountId', '=', accountId)
    .where('hash', '=', from)
    .execute()
}

export async function deletePassword(db: DbOrTx, accountId: string): Promise<void> {
  await db.deleteFrom('passwords').where('accountId', '=', accountId).execute()
}
