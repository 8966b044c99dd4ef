import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'

/** What is asked of a provider and may have to be asked again: rows of `captures` or `refunds` in state `requested`. */
export type Operation = 'captures' | 'refunds'

/** Counts a try whose outcome nobody knows. Undefined when the operation has ended meanwhile. */
export async function countTry(
  tx: Tx,
  operation: Operation,
  { id, now }: { id: string; now: Date },
): Promise<{ tryCount: number; createdAt: Date } | undefined> {
  const { rows } = await sql<{ tryCount: number; createdAt: Date }>`
    update ${sql.table(operation)} set try_count = try_count + 1, updated_at = ${now}
    where id = ${id} and state = 'requested' returning try_count, created_at`.execute(tx)
  return rows[0]
}

export async function setNextTry(
  tx: Tx,
  operation: Operation,
  { id, nextTryAt }: { id: string; nextTryAt: Date },
): Promise<void> {
  await sql`update ${sql.table(operation)} set next_try_at = ${nextTryAt} where id = ${id} and state = 'requested'`.execute(
    tx,
  )
}

/**
 * Operations whose try is overdue by more than `before`: the job that was to make it is lost. Each is put off by a minute as it is
 * taken, so that workers do not take it together. Plan: partial indexes captures_open_idx and refunds_open_idx.
 */
export async function takeOverdue(
  db: DbOrTx,
  operation: Operation,
  { now, before, limit }: { now: Date; before: Date; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update ${sql.table(operation)} set next_try_at = ${now}::timestamptz + interval '1 minute'
    where id in (
      select id from ${sql.table(operation)} where state = 'requested' and next_try_at < ${before}::timestamptz
      order by next_try_at for update skip locked limit ${limit})
    returning id`.execute(db)
  return rows.map((row) => row.id)
}

/** Payments with refunds the provider has accepted and not ended, whose turn to be asked about has come. */
export async function takePendingRefunds(
  db: DbOrTx,
  { now, again, limit }: { now: Date; again: Date; limit: number },
): Promise<string[]> {
  const { rows } = await sql<{ paymentId: string }>`
    update refunds set next_try_at = ${again}::timestamptz
    where id in (
      select id from refunds where state = 'pending' and payment_id is not null and next_try_at < ${now}::timestamptz
      order by next_try_at for update skip locked limit ${limit})
    returning payment_id`.execute(db)
  return [...new Set(rows.map((row) => row.paymentId))]
}
