import type { DbOrTx } from '../../platform/db/database.ts'

export type LinkPurpose = 'register' | 'reset-password' | 'change-email' | 'undo-change' | 'staff-invite'

interface LinkRow {
  id: string
  purpose: LinkPurpose
  accountId: string | null
  tokenHash: Buffer
  dataSealed: Buffer | null
  createdAt: Date
  expiresAt: Date
}

export async function insertLink(tx: DbOrTx, link: LinkRow): Promise<void> {
  await tx
    .insertInto('oneTimeLinks')
    .values({ ...link, usedAt: null })
    .execute()
}

/** Marks it used and returns it, if it still works: of many who try at once, one has it. */
export const takeLink = (
  tx: DbOrTx,
  link: { purpose: LinkPurpose; tokenHash: Buffer; now: Date },
): Promise<Pick<LinkRow, 'id' | 'accountId' | 'dataSealed'> | undefined> =>
  tx
    .updateTable('oneTimeLinks')
    .set({ usedAt: link.now })
    .where('tokenHash', '=', link.tokenHash)
    .where('purpose', '=', link.purpose)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', link.now)
    .returning(['id', 'accountId', 'dataSealed'])
    .executeTakeFirst()

/** Ends every open link of a purpose, as when a newer one is sent. */
export async function endLinks(tx: DbOrTx, of: { accountId: string; purpose: LinkPurpose }, now: Date): Promise<void> {
  await tx
    .updateTable('oneTimeLinks')
    .set({ usedAt: now })
    .where('accountId', '=', of.accountId)
    .where('purpose', '=', of.purpose)
    .where('usedAt', 'is', null)
    .execute()
}
