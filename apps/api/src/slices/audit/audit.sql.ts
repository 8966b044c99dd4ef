import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

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
