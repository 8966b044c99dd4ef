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

export async function insertMessage(tx: DbOrTx, message: NewMessageRow): Promise<void> {
  await tx
    .insertInto('accountMessages')
    .values({ ...message, state: 'queued', providerRef: null, sendingSince: null, sentAt: null })
    .execute()
}
