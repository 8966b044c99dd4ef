import { sql } from 'kysely'
import { inBatches } from '../db/batches.ts'
import type { Db, DbOrTx, Tx } from '../db/database.ts'

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

/** Keeps an answer. Returns false when another request, which took the key over from a slow one, has answered already. */
export async function storeAnswer(
  db: Db,
  claim: KeyClaim,
  answer: { status: number; response: Buffer },
): Promise<boolean> {
  const row = await db
    .updateTable('idempotencyKeys')
    .set(answer)
    .where('scope', '=', claim.scope)
    .where('keyHash', '=', claim.keyHash)
    .where('status', 'is', null)
    .returning('scope')
    .executeTakeFirst()
  return row !== undefined
}

/** Lets go of a key whose request created nothing, so that it can be tried again. */
export async function releaseKey(db: Db, claim: KeyClaim): Promise<void> {
  await db
    .deleteFrom('idempotencyKeys')
    .where('scope', '=', claim.scope)
    .where('keyHash', '=', claim.keyHash)
    .where('status', 'is', null)
    .where('lockedUntil', '=', claim.lockedUntil) // not when another request has taken it over
    .execute()
}

/** Notes that a request does its work, in the transaction that does it. False when an earlier try of the same request has done it. */
export async function noteDone(tx: Tx, done: { requestId: string; now: Date }): Promise<boolean> {
  const row = await tx
    .insertInto('doneRequests')
    .values({ id: done.requestId, doneAt: done.now })
    .onConflict((conflict) => conflict.column('id').doNothing())
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

export async function isDone(db: DbOrTx, requestId: string): Promise<boolean> {
  return (await db.selectFrom('doneRequests').select('id').where('id', '=', requestId).executeTakeFirst()) !== undefined
}

/** Deletes keys older than `before`, in batches a statement has time for: a replay that late is a new request. */
export const deleteOldKeys = (db: Db, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from idempotency_keys where ctid = any(array(
      select ctid from idempotency_keys where created_at < ${before} limit ${limit}))`.execute(db),
  )

/** What was done is forgotten when its keys are. */
export const deleteOldDone = (db: Db, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from done_requests where ctid = any(array(
      select ctid from done_requests where done_at < ${before} limit ${limit}))`.execute(db),
  )
