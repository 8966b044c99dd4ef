import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { inBatches } from '../../../platform/db/batches.ts'
import type { SendRule, SendSubject } from './send-rules.ts'

/** One message at a time is decided on, until the transaction ends: whoever comes next sees the row of the one before. */
export async function lockSending(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(4711, 2)`.execute(tx)
}

const columns = {
  phone: sql.ref('phone_index'),
  prefix: sql.ref('prefix_index'),
  ip: sql.ref('ip_index'),
  network: sql.ref('network_index'),
  device: sql.ref('device_index'),
  account: sql.ref('account_id'),
  country: sql.ref('country'),
}

/** For each rule, when its limit-th youngest message within the window was sent; null while there is room. Index scans only. */
export async function findFullWindows(db: DbOrTx, rules: readonly SendRule[], now: Date): Promise<(Date | null)[]> {
  const parts = rules.map(({ by, value, limit, seconds }, index) => {
    const since = new Date(now.getTime() - seconds * 1000)
    return sql`select ${index}::int as rule, (select at from otp_sends where ${columns[by]} = ${value} and at > ${since}
      order by at desc offset ${limit - 1} limit 1) as at`
  })
  if (parts.length === 0) return []
  const { rows } = await sql<{ rule: number; at: Date | null }>`${sql.join(parts, sql` union all `)}`.execute(db)
  return rules.map((_rule, index) => rows.find((row) => row.rule === index)?.at ?? null)
}

export interface Spent {
  hourFils: number
  dayFils: number
}

/** What the messages of the last hour and day cost. */
export async function readSpent(db: DbOrTx, now: Date): Promise<Spent> {
  const { rows } = await sql<{ hourFils: number; dayFils: number }>`
    select coalesce(sum(cost_fils) filter (where at > ${new Date(now.getTime() - 3_600_000)}), 0)::int as hour_fils,
      coalesce(sum(cost_fils), 0)::int as day_fils
    from otp_sends where at > ${new Date(now.getTime() - 86_400_000)}`.execute(db)
  return rows[0] ?? { hourFils: 0, dayFils: 0 }
}

export interface Conversion {
  sends: number
  verified: number
}

/** How many of the last messages were ever answered; those of the last minutes are not counted, they may still be. */
export async function readConversion(
  db: DbOrTx,
  of: { by: 'prefix' | 'country'; value: Buffer | string; last: number; since: Date; until: Date },
): Promise<Conversion> {
  const { rows } = await sql<Conversion>`
    select count(*)::int as sends, count(verified_at)::int as verified from (
      select verified_at from otp_sends
      where ${columns[of.by]} = ${of.value} and is_sent and at > ${of.since} and at <= ${of.until}
      order by at desc limit ${of.last}) as last_sends`.execute(db)
  return rows[0] ?? { sends: 0, verified: 0 }
}

export interface NewSend extends SendSubject {
  challengeId: string
  costFils: number
  at: Date
}

export async function insertSend(tx: Tx, send: NewSend): Promise<number> {
  const row = await tx
    .insertInto('otpSends')
    .values({ ...send, verifiedAt: null })
    .returning('id')
    .executeTakeFirstOrThrow()
  return row.id
}

/** It is certain that nothing was sent: it costs nothing and nobody could answer. It still counts against the limits. */
export async function markNotSent(db: DbOrTx, id: number): Promise<void> {
  await db.updateTable('otpSends').set({ isSent: false, costFils: 0 }).where('id', '=', id).execute()
}

export async function markVerified(tx: Tx, challengeId: string, now: Date): Promise<void> {
  await tx.updateTable('otpSends').set({ verifiedAt: now }).where('challengeId', '=', challengeId).execute()
}

export const deleteSendsBefore = (db: DbOrTx, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from otp_sends where ctid = any(array(select ctid from otp_sends where at < ${before} limit ${limit}))`.execute(
      db,
    ),
  )

/** Of all messages in between, how many were answered. */
export async function readAllConversion(db: DbOrTx, since: Date, until: Date): Promise<Conversion> {
  const { rows } = await sql<Conversion>`select count(*)::int as sends, count(verified_at)::int as verified
    from otp_sends where is_sent and at > ${since} and at <= ${until}`.execute(db)
  return rows[0] ?? { sends: 0, verified: 0 }
}
