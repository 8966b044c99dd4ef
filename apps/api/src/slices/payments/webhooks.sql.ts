import { sql } from 'kysely'
import { inBatches } from '../../platform/db/batches.ts'
import type { DbOrTx } from '../../platform/db/database.ts'

export interface StoredEvent {
  provider: string
  eventId: string
  type: string
  objectRef: string | null
  payload: Buffer
  receivedAt: Date
}

/**
 * Stores a verified event and queues its work in one statement, so that neither is there without the other. The same event
 * again does nothing. Events of one payment that wait together are one job: the job asks for the truth anyway. It waits two
 * seconds, because the shopper's own return usually asks first, and then it has nothing left to do.
 */
export async function storeEvent(db: DbOrTx, event: StoredEvent): Promise<void> {
  const payload = JSON.stringify({ provider: event.provider, providerRef: event.objectRef })
  await sql`
    with stored as (
      insert into webhook_events (provider, event_id, type, object_ref, payload, received_at)
      values (${event.provider}, ${event.eventId}, ${event.type}, ${event.objectRef}, ${event.payload}, ${event.receivedAt})
      on conflict (provider, event_id) do nothing returning object_ref
    )
    select (graphile_worker.add_job('payments.settle', payload => ${payload}::json, job_key => 'settle:' || object_ref,
      run_at => now() + interval '2 seconds')).id
    from stored where object_ref is not null`.execute(db)
}

/** Deletes events received before `before`: the provider keeps them itself for a while, and the truth was fetched. */
export const deleteOldEvents = (db: DbOrTx, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from webhook_events where ctid = any(array(
      select ctid from webhook_events where received_at < ${before} limit ${limit}))`.execute(db),
  )
