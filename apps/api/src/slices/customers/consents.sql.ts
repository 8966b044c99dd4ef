import type { ConsentChannel } from '@dhow/contracts/account.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { DbOrTx } from '../../platform/db/database.ts'

export interface ConsentRow {
  channel: string
  isGranted: boolean
  wordingVersion: string
  at: Date
}

/** What holds now: the newest row of each channel. Plan: index customer_consents_account_idx, read in its order. */
export const listNewestConsents = (db: DbOrTx, accountId: string): Promise<ConsentRow[]> =>
  db
    .selectFrom('customerConsents')
    .distinctOn(['channel', 'purpose'])
    .select(['channel', 'isGranted', 'wordingVersion', 'at'])
    .where('accountId', '=', accountId)
    .where('purpose', '=', 'marketing')
    .orderBy('channel')
    .orderBy('purpose')
    .orderBy('id', 'desc')
    .execute()

export interface NewConsent {
  accountId: string
  channel: ConsentChannel
  isGranted: boolean
  wordingVersion: string
  locale: Locale
  source: string
  network: string
  at: Date
}

/** The ledger only grows: neither role nor owner may change a row (migration 0008). */
export async function appendConsents(db: DbOrTx, consents: readonly NewConsent[]): Promise<void> {
  await db
    .insertInto('customerConsents')
    .values(consents.map((consent) => ({ ...consent, purpose: 'marketing' })))
    .execute()
}
