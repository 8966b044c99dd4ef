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

/** A link that still works, without using it. */
export const findOpenLink = (
  db: DbOrTx,
  link: { purpose: LinkPurpose; tokenHash: Buffer; now: Date },
): Promise<Pick<LinkRow, 'id' | 'accountId' | 'dataSealed' | 'expiresAt'> | undefined> =>
  db
    .selectFrom('oneTimeLinks')
    .select(['id', 'accountId', 'dataSealed', 'expiresAt'])
    .where('tokenHash', '=', link.tokenHash)
    .where('purpose', '=', link.purpose)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', link.now)
    .executeTakeFirst()

/** By id, for the job that mails it. */
export const findLinkById = (
  db: DbOrTx,
  link: { id: string; now: Date },
): Promise<Pick<LinkRow, 'id' | 'purpose' | 'accountId' | 'dataSealed' | 'createdAt'> | undefined> =>
  db
    .selectFrom('oneTimeLinks')
    .select(['id', 'purpose', 'accountId', 'dataSealed', 'createdAt'])
    .where('id', '=', link.id)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', link.now)
    .executeTakeFirst()

export async function countLinks(
  db: DbOrTx,
  of: { accountId: string; purpose: LinkPurpose; since: Date },
): Promise<number> {
  const { count } = await db
    .selectFrom('oneTimeLinks')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('accountId', '=', of.accountId)
    .where('purpose', '=', of.purpose)
    .where('createdAt', '>', of.since)
    .executeTakeFirstOrThrow()
  return count
}

/**
 * Ends every open link made after one was, whatever it is for: when a change is taken back, whoever made it must be left with
 * no link to take that back in turn.
 */
export async function endLinksAfter(tx: DbOrTx, link: { id: string; accountId: string }, now: Date): Promise<void> {
  await tx
    .updateTable('oneTimeLinks')
    .set({ usedAt: now })
    .where('accountId', '=', link.accountId)
    .where('usedAt', 'is', null)
    .where('createdAt', '>=', (eb) => eb.selectFrom('oneTimeLinks').select('createdAt').where('id', '=', link.id))
    .execute()
}

/** Ends every open link of a purpose, as when a newer one is sent. */
export async function endLinks(
  tx: DbOrTx,
  of: { accountId: string; purpose: LinkPurpose; exceptId?: string },
  now: Date,
): Promise<void> {
  const open = tx
    .updateTable('oneTimeLinks')
    .set({ usedAt: now })
    .where('accountId', '=', of.accountId)
    .where('purpose', '=', of.purpose)
    .where('usedAt', 'is', null)
  await (of.exceptId === undefined ? open : open.where('id', '<>', of.exceptId)).execute()
}
