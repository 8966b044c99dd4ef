import { sql } from 'kysely'
import type { DbOrTx } from '../../../platform/db/database.ts'

export interface TotpRow {
  accountId: string
  seedSealed: Buffer
  nextSeedSealed: Buffer | null
  confirmedAt: Date | null
  lastStep: number
  createdAt: Date
}

const columns = ['accountId', 'seedSealed', 'nextSeedSealed', 'confirmedAt', 'lastStep', 'createdAt'] as const

export const findTotp = (db: DbOrTx, accountId: string): Promise<TotpRow | undefined> =>
  db.selectFrom('totpSecrets').select(columns).where('accountId', '=', accountId).executeTakeFirst()

/** A seed that waits for its first code: the only one there is, or the one after the one that works. */
export async function insertPendingSeed(
  db: DbOrTx,
  { accountId, seedSealed, now }: { accountId: string; seedSealed: Buffer; now: Date },
): Promise<void> {
  const isConfirmed = sql<boolean>`totp_secrets.confirmed_at is not null`
  await db
    .insertInto('totpSecrets')
    .values({ accountId, seedSealed, nextSeedSealed: null, confirmedAt: null, createdAt: now })
    .onConflict((conflict) =>
      conflict.column('accountId').doUpdateSet({
        seedSealed: sql`case when ${isConfirmed} then totp_secrets.seed_sealed else excluded.seed_sealed end`,
        nextSeedSealed: sql`case when ${isConfirmed} then excluded.seed_sealed end`,
      }),
    )
    .execute()
}

/** Takes the step, unless it or a later one was taken: of two who give one code at once, one is right. */
export async function takeTotpStep(
  db: DbOrTx,
  { accountId, step }: { accountId: string; step: number },
): Promise<boolean> {
  const row = await db
    .updateTable('totpSecrets')
    .set({ lastStep: step })
    .where('accountId', '=', accountId)
    .where('confirmedAt', 'is not', null)
    .where('lastStep', '<', step)
    .returning('accountId')
    .executeTakeFirst()
  return row !== undefined
}

/** Puts a whole row in the place of what is there. Steps taken stay taken. */
export async function putTotp(db: DbOrTx, row: TotpRow): Promise<void> {
  await db
    .insertInto('totpSecrets')
    .values(row)
    .onConflict((conflict) =>
      conflict.column('accountId').doUpdateSet({
        seedSealed: row.seedSealed,
        nextSeedSealed: row.nextSeedSealed,
        confirmedAt: row.confirmedAt,
        lastStep: sql`greatest(totp_secrets.last_step, excluded.last_step)`,
      }),
    )
    .execute()
}

export async function deleteTotp(db: DbOrTx, accountId: string): Promise<void> {
  await db.deleteFrom('totpSecrets').where('accountId', '=', accountId).execute()
}
