import { sql } from 'kysely'
import { inBatches } from '../../platform/db/batches.ts'
import type { DbOrTx } from '../../platform/db/database.ts'
import type { LinkPurpose } from './links.sql.ts'

export interface NewMessageRow {
  id: string
  accountId: string | null
  kind: string
  channel: 'email' | 'sms'
  locale: 'en' | 'ar'
  contentSealed: Buffer
  linkId: string | null
  createdAt: Date
}

/** False when a message of this id is there already. */
export async function insertMessage(tx: DbOrTx, message: NewMessageRow): Promise<boolean> {
  const row = await tx
    .insertInto('accountMessages')
    .values({ ...message, state: 'queued', providerRef: null, sendingSince: null, sentAt: null })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export interface MessageRow {
  id: string
  kind: string
  channel: 'email' | 'sms'
  locale: 'en' | 'ar'
  contentSealed: Buffer
  state: 'queued' | 'sending' | 'sent' | 'delivered' | 'undelivered' | 'refused'
  createdAt: Date
  sendingSince: Date | null
  linkId: string | null
  linkPurpose: LinkPurpose | null
  linkUsedAt: Date | null
  linkExpiresAt: Date | null
}

/** A message and the link it is to carry. */
export const findMessageRow = (db: DbOrTx, id: string): Promise<MessageRow | undefined> =>
  db
    .selectFrom('accountMessages as message')
    .leftJoin('oneTimeLinks as link', 'link.id', 'message.linkId')
    .select([
      'message.id',
      'message.kind',
      'message.channel',
      'message.locale',
      'message.contentSealed',
      'message.state',
      'message.createdAt',
      'message.sendingSince',
      'message.linkId',
      'link.purpose as linkPurpose',
      'link.usedAt as linkUsedAt',
      'link.expiresAt as linkExpiresAt',
    ])
    .where('message.id', '=', id)
    .executeTakeFirst()

/** Of many who ask at once the guarded update lets one have it; gives which try it is. */
export async function claimMessageRow(db: DbOrTx, id: string, now: Date): Promise<number | undefined> {
  const row = await db
    .updateTable('accountMessages')
    .set({ state: 'sending', sendingSince: now, attempts: sql<number>`attempts + 1` })
    .where('id', '=', id)
    .where('state', '=', 'queued')
    .returning('attempts')
    .executeTakeFirst()
  return row?.attempts
}

/** Ends or gives back a claim; does nothing when it is no longer ours. */
export async function moveMessageRow(
  db: DbOrTx,
  id: string,
  to: { state: 'sent'; providerRef: string; sentAt: Date } | { state: 'queued' | 'refused' },
): Promise<void> {
  await db.updateTable('accountMessages').set(to).where('id', '=', id).where('state', '=', 'sending').execute()
}

/** What was said that long ago has been read, or never will be; whom it was said to need not be kept. */
export const deleteOldMessages = (db: DbOrTx, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from account_messages where ctid = any(array(
      select ctid from account_messages where created_at < ${before} limit ${limit}))`.execute(db),
  )
