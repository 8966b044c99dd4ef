import { sql } from 'kysely'
import type { JWK } from 'jose'
import type { DbOrTx, Tx } from '../db/database.ts'

export interface SigningKeyRow {
  kid: string
  publicJwk: JWK
  privateSealed: Buffer
  signsFrom: Date
  retiresAt: Date | null
}

/** Keys that sign, will sign, or whose tokens are still believed; the newest first. */
export async function listLiveKeys(db: DbOrTx, now: Date): Promise<SigningKeyRow[]> {
  return db
    .selectFrom('signingKeys')
    .select(['kid', 'publicJwk', 'privateSealed', 'signsFrom', 'retiresAt'])
    .where((eb) => eb.or([eb('retiresAt', 'is', null), eb('retiresAt', '>', now)]))
    .orderBy('signsFrom', 'desc')
    .orderBy('kid')
    .execute()
}

/** Whoever makes keys does it one after the other, over all processes; held until the transaction ends. */
export async function lockSigningKeys(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(4711, 2)`.execute(tx)
}

export async function insertSigningKey(tx: Tx, key: SigningKeyRow & { createdAt: Date }): Promise<void> {
  await tx
    .insertInto('signingKeys')
    .values({ ...key, algorithm: 'EdDSA', publicJwk: JSON.stringify(key.publicJwk) })
    .execute()
}

/** Sets the last moment of every key that would have a later one, or none. */
export async function retireSigningKeys(tx: Tx, retiresAt: Date): Promise<void> {
  await tx
    .updateTable('signingKeys')
    .set({ retiresAt })
    .where((eb) => eb.or([eb('retiresAt', 'is', null), eb('retiresAt', '>', retiresAt)]))
    .execute()
}
