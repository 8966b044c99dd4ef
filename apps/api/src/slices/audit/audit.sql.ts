import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'

export interface AuditRow {
  /** ISO 8601, UTC, milliseconds. */
  at: string
  actorKind: string
  actorId: string | null
  sessionId: string | null
  network: string | null
  action: string
  objectType: string | null
  objectId: string | null
  reason: string | null
  result: string
  details: object
  requestId: string | null
}

/** The only way into the log: a function of the database chains the row to the one before it. */
export async function appendAuditEvent(db: DbOrTx, row: AuditRow): Promise<void> {
  await sql`select audit_append(${JSON.stringify(row)}::jsonb)`.execute(db)
}

export interface StoredEvent {
  seq: number
  at: Date
  actorKind: 'anonymous' | 'customer' | 'staff' | 'system'
  actorId: string | null
  network: string | null
  action: string
  objectType: string | null
  objectId: string | null
  reason: string | null
  result: 'ok' | 'refused' | 'failed'
  details: Record<string, unknown>
  requestId: string | null
  hash: Buffer
}

export interface EventFilter {
  /** What the action begins with. */
  action?: string | undefined
  actorId?: string | undefined
  objectType?: string | undefined
  objectId?: string | undefined
  result?: 'ok' | 'refused' | 'failed' | undefined
  from?: Date | undefined
  to?: Date | undefined
  /** Only older ones. */
  before?: number | undefined
}

const shown = [
  'seq',
  'at',
  'actorKind',
  'actorId',
  'network',
  'action',
  'objectType',
  'objectId',
  'reason',
  'result',
  'details',
  'requestId',
  'hash',
] as const

/**
 * Newest first, one page by seq. With an actor or object its index gives the rows in order; an action alone is met by walking the
 * primary key backwards, which is short for what happens often and bounded by the statement's time for what never does.
 */
export function listEvents(db: DbOrTx, filter: EventFilter, limit: number): Promise<StoredEvent[]> {
  const { action, actorId, objectType, objectId, result, from, to, before } = filter
  return db
    .selectFrom('auditEvents')
    .select(shown)
    .$if(action !== undefined, (query) =>
      query.where((eb) => eb.fn('starts_with', ['action', eb.val(action ?? '')]), '=', true),
    )
    .$if(actorId !== undefined, (query) => query.where('actorId', '=', actorId ?? ''))
    .$if(objectType !== undefined, (query) => query.where('objectType', '=', objectType ?? ''))
    .$if(objectId !== undefined, (query) => query.where('objectId', '=', objectId ?? ''))
    .$if(result !== undefined, (query) => query.where('result', '=', result ?? 'ok'))
    .$if(from !== undefined, (query) => query.where('at', '>=', from ?? new Date(0)))
    .$if(to !== undefined, (query) => query.where('at', '<=', to ?? new Date(0)))
    .$if(before !== undefined, (query) => query.where('seq', '<', before ?? 0))
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
}

/** How often somebody did one of these things since then without anybody's approval. Plan: audit_events_actor_idx, newest first. */
export async function countDoneAlone(
  db: DbOrTx,
  { actorId, actions, since }: { actorId: string; actions: readonly string[]; since: Date },
): Promise<number> {
  const { count } = await db
    .selectFrom('auditEvents')
    .select((eb) => eb.fn.countAll<number>().as('count'))
    .where('actorId', '=', actorId)
    .where('action', 'in', [...actions])
    .where('result', '=', 'ok')
    .where('at', '>', since)
    .where(sql<boolean>`details ->> 'approvalId' is null`)
    .executeTakeFirstOrThrow()
  return count
}

/** What one actor does that is counted happens one after the other, until the transaction ends. */
export async function lockActor(tx: Tx, actorId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('audit_events.actor_id:' || ${actorId}::text, 0))`.execute(tx)
}

export interface ChainLink {
  seq: number
  prevHash: Buffer
  hash: Buffer
  /** What the hash is of, besides the hash before it. */
  body: string
}

/** The chain after `afterSeq`, in order, at most `limit` links. */
export async function readChain(db: DbOrTx, afterSeq: number, limit: number): Promise<ChainLink[]> {
  const { rows } = await sql<ChainLink>`
    select event.seq, event.prev_hash, event.hash, audit_body(event) as body
    from audit_events event where event.seq > ${afterSeq} order by event.seq limit ${limit}`.execute(db)
  return rows
}

export async function findLink(db: DbOrTx, seq: number): Promise<{ hash: Buffer } | undefined> {
  return db.selectFrom('auditEvents').select('hash').where('seq', '=', seq).executeTakeFirst()
}

export async function findNewestSeq(db: DbOrTx): Promise<number> {
  const row = await db.selectFrom('auditEvents').select('seq').orderBy('seq', 'desc').limit(1).executeTakeFirst()
  return row?.seq ?? 0
}

export interface SignedHead {
  seq: number
  hash: Buffer
  at: Date
  kid: string
  signature: Buffer
}

export async function insertHead(db: DbOrTx, head: SignedHead): Promise<void> {
  await db
    .insertInto('auditHeads')
    .values(head)
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Signed heads after `afterSeq`, oldest first. */
export const listHeads = (db: DbOrTx, afterSeq: number): Promise<SignedHead[]> =>
  db.selectFrom('auditHeads').selectAll().where('seq', '>', afterSeq).orderBy('seq').execute()

export const findNewestHead = (db: DbOrTx): Promise<SignedHead | undefined> =>
  db.selectFrom('auditHeads').selectAll().orderBy('seq', 'desc').limit(1).executeTakeFirst()
