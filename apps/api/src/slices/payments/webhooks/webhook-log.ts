import type { QueryOf, ResponseOf } from '@dhow/contracts/endpoint.ts'
import { Id } from '@dhow/contracts/primitives.ts'
import { WebhookProvider } from '@dhow/contracts/webhook-log.ts'
import type { listWebhooks, WebhookLine } from '@dhow/contracts/webhook-log.ts'
import { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import type { StaffActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { DbOrTx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import { shownPayload } from './shown-payload.ts'
import { findLoggedEvent, findPayload, listLoggedEvents } from './webhook-log.sql.ts'
import type { EventName, LoggedEvent, LogPosition } from './webhook-log.sql.ts'
import { requeueEvents } from './webhooks.sql.ts'

function toWebhookLine(event: LoggedEvent): WebhookLine {
  const { orderRef, orderId, failureReason, ...shown } = event
  const named = Id.safeParse(orderRef)
  return {
    ...shown,
    orderId: orderId ?? (named.success ? named.data : null),
    reason: failureReason,
    receivedAt: event.receivedAt.toISOString(),
    handledAt: event.handledAt?.toISOString() ?? null,
  }
}

const Position = z.tuple([z.iso.datetime(), WebhookProvider, z.string().max(255)])

const cursorOf = ({ receivedAt, provider, eventId }: LogPosition): string =>
  Buffer.from(JSON.stringify([receivedAt.toISOString(), provider, eventId])).toString('base64url')

function positionOf(cursor: string): LogPosition {
  try {
    const [receivedAt, provider, eventId] = Position.parse(JSON.parse(Buffer.from(cursor, 'base64url').toString()))
    return { receivedAt: new Date(receivedAt), provider, eventId }
  } catch (error) {
    throw new Problem('catalog/cursor-invalid', { cause: error })
  }
}

/** One page of what providers have told us, newest first. Throws `catalog/cursor-invalid`. */
export async function searchWebhooks(
  { db }: Pick<AppContext, 'db'>,
  query: QueryOf<typeof listWebhooks>,
): Promise<ResponseOf<typeof listWebhooks>> {
  const { limit, cursor, ...filter } = query
  const after = cursor === undefined ? undefined : positionOf(cursor)
  const rows = await listLoggedEvents(db, filter, { after, limit: limit + 1 })
  const page = rows.slice(0, limit)
  const last = page.at(-1)
  return { items: page.map(toWebhookLine), nextCursor: rows.length > limit && last ? cursorOf(last) : null }
}

/** Throws `webhooks/not-found`. */
export async function readWebhook(db: DbOrTx, name: EventName): Promise<WebhookLine> {
  const event = await findLoggedEvent(db, name)
  if (!event) throw new Problem('webhooks/not-found')
  return toWebhookLine(event)
}

export interface StaffRequest {
  actor: StaffActor
  client: ClientFacts
}

const objectOf = ({ provider, eventId }: EventName) => ({ type: 'webhook', id: `${provider}:${eventId}` })

/** Opens what was sent, as far as it says nothing about a person; that somebody looked is written down. */
export function openPayload(ctx: AppContext, name: EventName, request: StaffRequest): Promise<{ payload: unknown }> {
  return inTransaction(ctx.db, async (tx) => {
    const sealed = await findPayload(tx, name)
    if (!sealed) throw new Problem('webhooks/not-found')
    const sent: unknown = JSON.parse(ctx.sealer.openBytes('webhook_events.payload', sealed).toString())
    await recordAudit(ctx, tx, { action: 'webhooks.payload-read', result: 'ok', ...request, object: objectOf(name) })
    return { payload: shownPayload(sent) }
  })
}

/** Has an event handled once more. One that nobody asks about stays as it is. Throws `webhooks/not-found`. */
export function redeliver(ctx: AppContext, name: EventName, request: StaffRequest): Promise<WebhookLine> {
  return inTransaction(ctx.db, async (tx) => {
    await requeueEvents(tx, name, { after: undefined, limit: 1 })
    const line = await readWebhook(tx, name)
    await recordAudit(ctx, tx, { action: 'webhooks.redelivered', result: 'ok', ...request, object: objectOf(name) })
    return line
  })
}
