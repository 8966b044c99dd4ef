import type { DbOrTx } from '../../../platform/db/database.ts'

export interface RecoveryCodeRow {
  id: string
  accountId: string
  hash: string
  usedAt: Date | null
  createdAt: Date
}

const columns = ['id', 'accountId', 'hash', 'usedAt', 'createdAt'] as const

/** All of an account, used ones too. */
export const listRecoveryCodes = (db: DbOrTx, accountId: string): Promise<RecoveryCodeRow[]> =>
  db.selectFrom('recoveryCodes').select(columns).where('accountId', '=', accountId).orderBy('id').execute()

/** Of two who give one code at once, one is right. */
export async function takeRecoveryCode(
  db: DbOrTx,
  { id, accountId, now }: { id: string; accountId: string; now: Date },
): Promise<boolean> {
  const row = await db
    .updateTable('recoveryCodes')
    .set({ usedAt: now })
    .where('id', '=', id)
    .where('accountId', '=', accountId)
    .where('usedAt', 'is', null)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** These and no others. One that is there already stays as it is: used stays used. */
export async function putRecoveryCodes(
  db: DbOrTx,
  accountId: string,
  codes: readonly RecoveryCodeRow[],
): Promise<void> {
  const kept = codes.map((code) => code.id)
  const others = db.deleteFrom('recoveryCodes').where('accountId', '=', accountId)
  await (kept.length > 0 ? others.where('id', 'not in', kept) : others).execute()
  if (codes.length > 0)
    await db
      .insertInto('recoveryCodes')
      .values([...codes])
      .onConflict((conflict) => conflict.column('id').doNothing())
      .execute()
}
