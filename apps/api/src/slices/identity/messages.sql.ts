import type { DbOrTx } from '../../platform/db/database.ts'

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
