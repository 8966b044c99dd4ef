import { sql } from 'kysely'
import { inBatches } from '../db/batches.ts'
import type { DbOrTx } from '../db/database.ts'

export interface Count {
  points: number
  expiresAt: Date
}

export interface Counter {
  key: string
  limit: number
  seconds: number
}

/**
 * Counts one request if the window has room, in one statement: undefined when it has none. Whoever is refused writes nothing, so
 * a flood that gets here costs a look-up each.
 */
export async function countPoint(db: DbOrTx, counter: Counter, now: Date): Promise<Count | undefined> {
  const end = new Date(now.getTime() + counter.seconds * 1000)
  const { rows } = await sql<Count>`
    insert into rate_limits (key, points, expires_at) values (${counter.key}, 1, ${end})
    on conflict (key) do update set
      points = case when rate_limits.expires_at <= ${now} then 1 else rate_limits.points + 1 end,
      expires_at = case when rate_limits.expires_at <= ${now} then excluded.expires_at else rate_limits.expires_at end
    where rate_limits.expires_at <= ${now} or rate_limits.points < ${counter.limit}
    returning points, expires_at`.execute(db)
  return rows[0]
}

/** Takes a point back: what was counted was none of what the window counts. */
export async function takePointBack(db: DbOrTx, key: string): Promise<void> {
  await db
    .updateTable('rateLimits')
    .set((eb) => ({ points: eb('points', '-', 1) }))
    .where('key', '=', key)
    .where('points', '>', 0)
    .execute()
}

/** When a window that has no room ends. */
export async function readWindowEnd(db: DbOrTx, key: string): Promise<Date | undefined> {
  const row = await db.selectFrom('rateLimits').select('expiresAt').where('key', '=', key).executeTakeFirst()
  return row?.expiresAt
}

export const deleteEndedWindows = (db: DbOrTx, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from rate_limits where ctid = any(array(
      select ctid from rate_limits where expires_at < ${before} limit ${limit}))`.execute(db),
  )
