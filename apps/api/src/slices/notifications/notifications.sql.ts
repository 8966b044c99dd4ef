import type { TimelineKind } from '@dhow/contracts/orders.ts'
import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'
import { timelineOf } from '../orders/orders.ts'

export interface Notification {
  id: string
  orderId: string
  kind: 'order-confirmed' | 'delivery-code' | 'order-cancelled' | `order-refunded:${string}`
  channel: 'email' | 'sms'
}

export interface NotificationRow {
  id: string
  state: 'queued' | 'sending' | 'sent' | 'refused'
  attempts: number
  createdAt: Date
  sendingSince: Date | null
}

const columns = ['id', 'state', 'attempts', 'createdAt', 'sendingSince'] as const

/**
 * Takes a notification for sending: a new one, or one given back. Of many who ask at once the unique key and the guarded
 * update let one have it; the others get undefined.
 */
export const claimNotification = (db: DbOrTx, wish: Notification, now: Date): Promise<NotificationRow | undefined> =>
  db
    .insertInto('notifications')
    .values({
      ...wish,
      state: 'sending',
      attempts: 1,
      createdAt: now,
      sendingSince: now,
      sentAt: null,
      providerRef: null,
    })
    .onConflict((conflict) =>
      conflict
        .columns(['orderId', 'kind', 'channel'])
        .doUpdateSet((eb) => ({ state: 'sending', sendingSince: now, attempts: eb('notifications.attempts', '+', 1) }))
        .where('notifications.state', '=', 'queued'),
    )
    .returning(columns)
    .executeTakeFirst()

export const findNotification = (
  db: DbOrTx,
  { orderId, kind, channel }: Omit<Notification, 'id'>,
): Promise<NotificationRow | undefined> =>
  db
    .selectFrom('notifications')
    .select(columns)
    .where('orderId', '=', orderId)
    .where('kind', '=', kind)
    .where('channel', '=', channel)
    .executeTakeFirst()

/** Ends or gives back a claim; does nothing when it is no longer ours. */
export async function moveNotification(
  db: DbOrTx,
  id: string,
  to: { state: 'sent'; providerRef: string; sentAt: Date } | { state: 'queued' | 'refused' },
): Promise<void> {
  await db.updateTable('notifications').set(to).where('id', '=', id).where('state', '=', 'sending').execute()
}

/** Notes that a claim was sent, and tells the order's timeline where that is `told`; does nothing when it is no longer ours. */
export async function recordSent(
  db: DbOrTx,
  id: string,
  { providerRef, at, told }: { providerRef: string; at: Date; told: TimelineKind | undefined },
): Promise<void> {
  await sql`
    with sent as (
      update notifications set state = 'sent', provider_ref = ${providerRef}, sent_at = ${at}
      where id = ${id} and state = 'sending' returning order_id
    ) ${told ? timelineOf('sent', { kind: told, at }) : sql`select 1 from sent`}`.execute(db)
}
