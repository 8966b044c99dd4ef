import { sql } from 'kysely'
import type { Db } from '../../platform/db/database.ts'
import type { Payer } from './payments.sql.ts'

/**
 * Takes up to `limit` open payments whose turn to be asked about has come: one minute after they began, then twice as long
 * each time up to ten minutes. Replaced attempts are watched to their end too: a refusal is one, for a card that can still be tried
 * is stopped when it is replaced; one its provider refused to begin is nowhere.
 * Workers skip what another has taken. Plan: partial index payments_open_idx.
 */
export async function takePaymentsToPoll(db: Db, now: Date, limit: number): Promise<string[]> {
  const { rows } = await sql<{ id: string }>`
    update payments set polled_at = ${now}::timestamptz, poll_count = poll_count + 1
    where id in (
      select id from payments
      where state in ('pending', 'requires-action', 'processing', 'failed') and provider <> 'cod' and held_reason is null
        and (provider_ref is not null or state = 'pending')
        and (state <> 'failed' or superseded_at is null)
        and coalesce(polled_at, created_at) < ${now}::timestamptz - least(interval '1 minute' * power(2, least(poll_count, 4)), interval '10 minutes')
      order by coalesce(polled_at, created_at) for update skip locked limit ${limit})
    returning id`.execute(db)
  return rows.map((row) => row.id)
}

export interface RaisedAlarm {
  id: string
  orderId: string
  provider: Payer
  alarmLevel: number
  captureBefore: Date
}

/**
 * Held money of which half, or nine tenths, of its time has passed without it being taken; each level once. Plan: partial index
 * payments_capture_idx, which holds only what is held.
 */
export async function raiseCaptureAlarms(db: Db, now: Date): Promise<RaisedAlarm[]> {
  const passed = (share: number) =>
    sql`${now}::timestamptz >= authorised_at + (capture_before - authorised_at) * ${share}::float8`
  const { rows } = await sql<RaisedAlarm>`
    update payments set alarm_level = case when ${passed(0.9)} then 90 else 50 end
    where state = 'authorised' and capture_before is not null and provider <> 'cod'
      and alarm_level < case when ${passed(0.9)} then 90 when ${passed(0.5)} then 50 else 0 end
    returning id, order_id, provider, alarm_level, capture_before`.execute(db)
  return rows
}

/** Agreed by the shopper a day ago, and lost unless we say yes: told once. */
export async function raiseAuthoriseAlarms(db: Db, now: Date): Promise<{ id: string; orderId: string }[]> {
  const { rows } = await sql<{ id: string; orderId: string }>`
    update payments set alarm_level = 50
    where state = 'processing' and provider = 'tamara' and superseded_at is null and alarm_level = 0
      and created_at < ${now}::timestamptz - interval '24 hours'
    returning id, order_id`.execute(db)
  return rows
}
