import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

export interface KeyClaim {
  scope: string
  keyHash: Buffer
  bodyHash: Buffer
  lockedUntil: Date
  now: Date
}

export interface KeyRow {
  bodyHash: Buffer
  status: number | null
  response: Buffer | null
}

/** Takes a key: new, or left by a process that died before answering. Returns false when somebody else has it. */
export async function claimKey(db: Db, claim: KeyClaim): Promise<boolean> {
  const { scope, keyHash, bodyHash, lockedUntil, now } = claim
  const row = await db
    .insertInto('idempotencyKeys')
    .values({ scope, keyHash, bodyHash, lockedUntil, createdAt: now, status: null, response: null })
    .onConflict((conflict) =>
      conflict
        .columns(['scope', 'keyHash'])
        .doUpdateSet({ lockedUntil })
        .where('idempotencyKeys.status', 'is', null)
        .where('idempotencyKeys.lockedUntil', '<', now)
        .where('idempotencyKeys.bodyHash', '=', bodyHash),
    )
    .returning('scope')
    .executeTakeFirst()
  return row !== undefined
}

export const findKey = (db: Db, scope: string, keyHash: Buffer): Promise<KeyRow | undefined> =>
  db
    .selectFrom('idempotencyKeys')
    .select(['bodyHash', 'status', 'response'])
    .where('scope', '=', scope)
    .where('keyHash', '=', keyHash)
    .executeTakeFirst()

export async function storeAnswer(
  db: Db,
  claim: KeyClaim,
  answer: { status: number; response: Buffer },
): Promise<void> {
  await db
    .updateTable('idempotencyKeys')
    .set(answer)
    .where('scope', '=', claim.scope)
    .where('keyHash', '=', claim.keyHash)
    .execute()
}

/** Lets go of a key whose request created nothing, so that it can be tried again. */
export async function releaseKey(db: Db, claim: KeyClaim): Promise<void> {
  await db
    .deleteFrom('idempotencyKeys')
    .where('scope', '=', claim.scope)
    .where('keyHash', '=', claim.keyHash)
    .where('status', 'is', null)
    .execute()
}

/** Deletes keys older than `before`: a replay that late is a new request. */
export async function deleteOldKeys(db: Db, before: Date): Promise<number> {
  const { numAffectedRows } = await sql`delete from idempotency_keys where created_at < ${before}`.execute(db)
  return Number(numAffectedRows ?? 0)
}
