import { sql } from 'kysely'
import type { DbOrTx } from '../../../platform/db/database.ts'
import { inBatches } from '../../../platform/db/batches.ts'

export interface Block {
  subject: string
  blockedUntil: Date
}

/** Blocks of these subjects, those that are over too: what was before their end is not held against anybody again. */
export const listBlocks = (db: DbOrTx, subjects: readonly string[]): Promise<Block[]> =>
  db.selectFrom('otpBlocks').select(['subject', 'blockedUntil']).where('subject', 'in', subjects).execute()

/** Blocks a subject unless it is blocked already: true when it was not, so that only one of many says so. */
export async function addBlock(
  db: DbOrTx,
  block: { subject: string; reason: string; until: Date; now: Date },
): Promise<boolean> {
  const row = await db
    .insertInto('otpBlocks')
    .values({ subject: block.subject, reason: block.reason, blockedUntil: block.until })
    .onConflict((conflict) =>
      conflict
        .column('subject')
        .doUpdateSet({ reason: block.reason, blockedUntil: block.until })
        .where('otpBlocks.blockedUntil', '<=', block.now),
    )
    .returning('subject')
    .executeTakeFirst()
  return row !== undefined
}

export async function countBlocks(db: DbOrTx, now: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select count(*)::int as count from otp_blocks
    where blocked_until > ${now} and (subject like 'prefix:%' or subject like 'country:%')`.execute(db)
  return rows[0]?.count ?? 0
}

/** Marks a solved puzzle as used: false when it was already. */
export async function useProof(db: DbOrTx, proof: { hash: Buffer; expiresAt: Date }): Promise<boolean> {
  const row = await db
    .insertInto('otpProofs')
    .values(proof)
    .onConflict((conflict) => conflict.doNothing())
    .returning('hash')
    .executeTakeFirst()
  return row !== undefined
}

export const deleteProofsBefore = (db: DbOrTx, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from otp_proofs where ctid = any(array(
      select ctid from otp_proofs where expires_at < ${before} limit ${limit}))`.execute(db),
  )
