import type { AppContext } from '../../context.ts'
import type { Actor } from '../../platform/auth/actor.ts'
import type { ClientFacts } from '../../platform/auth/client.ts'
import type { DbOrTx } from '../../platform/db/database.ts'
import { appendAuditEvent } from './audit.sql.ts'

export interface AuditEntry {
  /** `area.event`, such as `auth.sign-in`, `staff.roles-changed`. */
  action: string
  result: 'ok' | 'refused' | 'failed'
  /** Whoever did it; `system` for jobs and commands. */
  actor: Actor | 'system'
  /** Where from, when a request caused it. */
  client?: ClientFacts
  object?: { type: string; id: string | null }
  reason?: string
  /** Names, ids and counts. Personal values only as blind indexes; secrets never. */
  details?: Record<string, string | number | boolean | null | readonly string[]>
}

/**
 * Appends to the audit log in the caller's transaction, as its last step: the chain is one row after the other, so whoever
 * appends makes the next one wait until it commits. For an event that must be kept though the request fails (a refused
 * sign-in), pass `ctx.db`.
 */
export async function recordAudit(ctx: Pick<AppContext, 'clock'>, tx: DbOrTx, entry: AuditEntry): Promise<void> {
  const { action, result, actor, client, object, reason, details = {} } = entry
  const known = actor === 'system' || actor.kind === 'anonymous' ? undefined : actor
  await appendAuditEvent(tx, {
    at: ctx.clock.now().toISOString(),
    actorKind: actor === 'system' ? 'system' : actor.kind,
    actorId: known?.accountId ?? null,
    sessionId: known?.sessionId ?? null,
    network: client?.network ?? null,
    action,
    objectType: object?.type ?? null,
    objectId: object?.id ?? null,
    reason: reason ?? null,
    result,
    details,
    requestId: client?.requestId ?? null,
  })
}
