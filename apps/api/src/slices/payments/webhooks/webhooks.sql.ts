import type { WebhookProvider } from '@dhow/contracts/webhook-log.ts'
import { sql } from 'kysely'
import { inBatches } from '../../../platform/db/batches.ts'
import type { DbOrTx } from '../../../platform/db/database.ts'
import type { WebhookEvent } from '../../../providers/payments/port.ts'

export interface StoredEvent extends WebhookEvent {
  provider: WebhookProvider
  payload: Buffer
  receivedAt: Date
}

/** What a job is told: whom to ask, about what. */
export type WebhookSubject = Pick<WebhookEvent, 'topic' | 'orderId'> & {
  provider: WebhookProvider
  objectRef: string
}

const payloadOf = ({ provider, topic, objectRef, orderId }: Pick<StoredEvent, keyof WebhookSubject>): string =>
  JSON.stringify({ provider, topic, objectRef, orderId })

const keyOf = ({ provider, topic, objectRef }: Pick<StoredEvent, 'provider' | 'topic' | 'objectRef'>): string =>
  `webhook:${provider}:${topic}:${objectRef}`

/**
 * Stores a verified event and queues its work in one statement, so that neither is there without the other; true when it is
 * new. The same event again is counted, and queued again only where handling it had failed. Events of one payment that wait
 * together are one job: the job asks for the truth anyway. It waits two seconds, because the shopper's own return usually asks
 * first, and then it has nothing left to do. Two seconds from the first event: later ones do not put it off.
 */
export async function storeEvent(db: DbOrTx, event: StoredEvent): Promise<boolean> {
  const isAsked = event.topic !== 'other' && event.objectRef !== null
  const { rows } = await sql<{ isNew: boolean }>`
    with stored as (
      insert into webhook_events (provider, event_id, type, topic, object_ref, order_ref, payload, received_at, state, failure_reason)
      values (${event.provider}, ${event.eventId}, ${event.type}, ${event.topic}, ${event.objectRef}, ${event.orderId}, ${event.payload},
        ${event.receivedAt}, ${isAsked ? 'stored' : 'ignored'}, ${isAsked ? null : 'not-asked-about'})
      on conflict (provider, event_id) do update set delivery_count = webhook_events.delivery_count + 1
      returning xmax = 0 as is_new, state
    ), queued as (
      select (graphile_worker.add_job('payments.webhook', payload => ${payloadOf({ ...event, objectRef: event.objectRef ?? '' })}::json,
        job_key => ${keyOf(event)}, job_key_mode => 'preserve_run_at', run_at => now() + interval '2 seconds', max_attempts => 25)).id
      from stored where ${isAsked}::boolean and (is_new or state = 'failed')
    )
    select is_new, (select id from queued) from stored`.execute(db)
  return rows[0]?.isNew ?? false
}

/** Events about one thing that wait to be handled, or to be tried again. Plan: webhook_events_object_idx. */
export async function listWaitingEvents(db: DbOrTx, { provider, topic, objectRef }: WebhookSubject): Promise<string[]> {
  const rows = await db
    .selectFrom('webhookEvents')
    .select('eventId')
    .where('provider', '=', provider)
    .where('objectRef', '=', objectRef)
    .where('topic', '=', topic)
    .where('state', 'in', ['stored', 'failed'])
    .execute()
  return rows.map((row) => row.eventId)
}

export interface EventsEnd {
  provider: WebhookProvider
  eventIds: readonly string[]
  state: 'handled' | 'failed' | 'ignored'
  /** A code; nothing of the payload. */
  reason: string | null
  at: Date
}

/** Writes down how handling these events went. */
export async function endEvents(db: DbOrTx, end: EventsEnd): Promise<void> {
  if (end.eventIds.length === 0) return
  await db
    .updateTable('webhookEvents')
    .set((eb) => ({
      state: end.state,
      failureReason: end.reason,
      handledAt: end.at,
      attemptCount: eb('attemptCount', '+', 1),
    }))
    .where('provider', '=', end.provider)
    .where('eventId', 'in', [...end.eventIds])
    .execute()
}

export interface ReplayFilter {
  provider?: WebhookProvider | undefined
  eventId?: string | undefined
  since?: Date | undefined
  state?: 'stored' | 'handled' | 'failed' | 'ignored' | undefined
}

/** An event by its name. */
export type EventKey = Pick<StoredEvent, 'provider' | 'eventId'>

/**
 * Puts stored events back to the start and queues their work, in one statement; those nobody asks about stay as they are. Gives
 * them by name. Bounded: call it until it gives fewer than `limit`, each time after the last event it gave. Plan: the primary key.
 */
export async function requeueEvents(
  db: DbOrTx,
  filter: ReplayFilter,
  page: { after: EventKey | undefined; limit: number },
): Promise<EventKey[]> {
  const { provider, eventId, since, state } = filter
  const { after, limit } = page
  const conditions = [
    sql`topic <> 'other' and object_ref is not null`,
    ...(provider ? [sql`provider = ${provider}`] : []),
    ...(eventId ? [sql`event_id = ${eventId}`] : []),
    ...(since ? [sql`received_at >= ${since}`] : []),
    ...(state ? [sql`state = ${state}`] : []),
    ...(after ? [sql`(provider, event_id) > (${after.provider}, ${after.eventId})`] : []),
  ]
  const { rows } = await sql<EventKey>`
    with chosen as (
      select provider, event_id from webhook_events
      where ${sql.join(conditions, sql` and `)}
      order by provider, event_id limit ${limit}
    ), reset as (
      update webhook_events stored set state = 'stored', failure_reason = null
      from chosen where stored.provider = chosen.provider and stored.event_id = chosen.event_id
      returning stored.provider, stored.topic, stored.object_ref, stored.order_ref, stored.event_id
    ), queued as (
      select (graphile_worker.add_job('payments.webhook',
        payload => json_build_object('provider', provider, 'topic', topic, 'objectRef', object_ref, 'orderId', max(order_ref)),
        job_key => 'webhook:' || provider || ':' || topic || ':' || object_ref, max_attempts => 25)).id
      from reset group by provider, topic, object_ref
    )
    select provider, event_id, (select count(id) from queued) as jobs from reset order by provider, event_id`.execute(
    db,
  )
  return rows.map(({ provider: from, eventId: id }) => ({ provider: from, eventId: id }))
}

/** Deletes events received before `before`: the provider keeps them itself for a while, and the truth was fetched. */
export const deleteOldEvents = (db: DbOrTx, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from webhook_events where ctid = any(array(
      select ctid from webhook_events where received_at < ${before} limit ${limit}))`.execute(db),
  )
