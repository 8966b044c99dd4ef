import type { DbOrTx } from '../../../platform/db/database.ts'

export interface PasskeyRow {
  id: string
  accountId: string
  credentialId: Buffer
  /** COSE. */
  publicKey: Buffer
  counter: number
  transports: string[]
  name: string
  isBackedUp: boolean
  createdAt: Date
  lastUsedAt: Date | null
}

const columns = [
  'id',
  'accountId',
  'credentialId',
  'publicKey',
  'counter',
  'transports',
  'name',
  'isBackedUp',
  'createdAt',
  'lastUsedAt',
] as const

export const listPasskeysOf = (db: DbOrTx, accountId: string): Promise<PasskeyRow[]> =>
  db.selectFrom('passkeys').select(columns).where('accountId', '=', accountId).orderBy('id').execute()

export const findPasskey = (db: DbOrTx, credentialId: Buffer): Promise<PasskeyRow | undefined> =>
  db.selectFrom('passkeys').select(columns).where('credentialId', '=', credentialId).executeTakeFirst()

/** False when somebody has this credential already. */
export async function insertPasskey(db: DbOrTx, passkey: PasskeyRow): Promise<boolean> {
  const row = await db
    .insertInto('passkeys')
    .values(passkey)
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/**
 * Notes a use, if the counter has moved on, or was never used (most synced passkeys count nothing). Two uses of one count at
 * once: one is refused.
 */
export async function notePasskeyUse(
  db: DbOrTx,
  { id, counter, isBackedUp, now }: { id: string; counter: number; isBackedUp: boolean; now: Date },
): Promise<boolean> {
  const row = await db
    .updateTable('passkeys')
    .set({ counter, isBackedUp, lastUsedAt: now })
    .where('id', '=', id)
    .where((eb) => eb.or([eb('counter', '<', counter), eb.and([eb('counter', '=', 0), eb.val(counter === 0)])]))
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function deletePasskey(db: DbOrTx, of: { id: string; accountId: string }): Promise<boolean> {
  const row = await db
    .deleteFrom('passkeys')
    .where('id', '=', of.id)
    .where('accountId', '=', of.accountId)
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}
