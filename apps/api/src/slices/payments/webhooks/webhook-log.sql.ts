import type { WebhookProvider, WebhookState } from '@dhow/contracts/webhook-log.ts'
import { sql } from 'kysely'
import type { DbOrTx } from '../../../platform/db/database.ts'
import type { WebhookEvent } from '../../../providers/payments/port.ts'

export interface LoggedEvent {
  provider: WebhookProvider
  eventId: string
  type: string
  topic: WebhookEvent['topic']
  objectRef: string | null
  orderRef: string | null
  /** The order of the payment or dispute it is about, once we know it. */
  orderId: string | null
  orderNumber: string | null
  state: WebhookState
  failureReason: string | null
  deliveryCount: number
  attemptCount: number
  receivedAt: Date
  handledAt: Date | null
}

export interface LogFilter {
  provider?: WebhookProvider | undefined
  state?: WebhookState | undefined
  /** Begins with. */
  type?: string | undefined
  orderNumber?: string | undefined
}

/** The last event of the page before. */
export type LogPosition = Pick<LoggedEvent, 'receivedAt' | 'provider' | 'eventId'>

/** What we call the thing an event is about: a payment, a dispute of one, or a bank's warning about one. */
const about = sql`
  left join lateral (
    select order_id from payments where payments.provider = event.provider and payments.provider_ref = event.object_ref
    union all
    select order_id from disputes join payments on payments.id = disputes.payment_id
    where event.topic = 'dispute' and disputes.provider = event.provider and disputes.provider_ref = event.object_ref
    union all
    select order_id from fraud_warnings warning join payments on payments.id = warning.payment_id
    where event.topic = 'fraud-warning' and warning.provider = event.provider and warning.provider_ref = event.object_ref
    limit 1) known on true
  left join placed_orders placed on placed.order_id = known.order_id`

const columns = sql`event.provider, event.event_id, event.type, event.topic, event.object_ref, event.order_ref, known.order_id,
  placed.number as order_number, event.state, event.failure_reason, event.delivery_count, event.attempt_count, event.received_at, event.handled_at`

const ofOrder = (number: string) => sql`
  (event.provider, event.object_ref) in (
    select provider, provider_ref from payments join placed_orders on placed_orders.order_id = payments.order_id
      where placed_orders.number = ${number}
    union all
    select disputes.provider, disputes.provider_ref from disputes join payments on payments.id = disputes.payment_id
      join placed_orders on placed_orders.order_id = payments.order_id where placed_orders.number = ${number}
    union all
    select warning.provider, warning.provider_ref from fraud_warnings warning join payments on payments.id = warning.payment_id
      join placed_orders on placed_orders.order_id = payments.order_id where placed_orders.number = ${number})`

const startsWith = (prefix: string): string => `${prefix.replaceAll(/[\\%_]/g, String.raw`\$&`)}%`

/** Newest first. Plan: webhook_events_newest_idx, one order's by webhook_events_object_idx. */
export async function listLoggedEvents(
  db: DbOrTx,
  filter: LogFilter,
  page: { after: LogPosition | undefined; limit: number },
): Promise<LoggedEvent[]> {
  const { provider, state, type, orderNumber } = filter
  const { after, limit } = page
  const conditions = [
    sql`true`,
    ...(provider ? [sql`event.provider = ${provider}`] : []),
    ...(state ? [sql`event.state = ${state}`] : []),
    ...(type ? [sql`event.type like ${startsWith(type)}`] : []),
    ...(orderNumber ? [ofOrder(orderNumber)] : []),
    ...(after
      ? [
          sql`event.received_at <= ${after.receivedAt}`,
          sql`(event.received_at < ${after.receivedAt} or (event.provider, event.event_id) > (${after.provider}, ${after.eventId}))`,
        ]
      : []),
  ]
  const { rows } = await sql<LoggedEvent>`
    select ${columns} from webhook_events event ${about}
    where ${sql.join(conditions, sql` and `)}
    order by event.received_at desc, event.provider, event.event_id limit ${limit}`.execute(db)
  return rows
}

export type EventName = Pick<LoggedEvent, 'provider' | 'eventId'>

export async function findLoggedEvent(db: DbOrTx, name: EventName): Promise<LoggedEvent | undefined> {
  const { rows } = await sql<LoggedEvent>`
    select ${columns} from webhook_events event ${about}
    where event.provider = ${name.provider} and event.event_id = ${name.eventId}`.execute(db)
  return rows[0]
}

/** What was sent, sealed. */
export async function findPayload(db: DbOrTx, name: EventName): Promise<Buffer | undefined> {
  const row = await db
    .selectFrom('webhookEvents')
    .select('payload')
    .where('provider', '=', name.provider)
    .where('eventId', '=', name.eventId)
    .executeTakeFirst()
  return row?.payload
}
