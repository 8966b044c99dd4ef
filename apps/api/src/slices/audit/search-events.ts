import type { AuditEvent, listAuditEvents } from '@dhow/contracts/audit.ts'
import type { QueryOf, ResponseOf } from '@dhow/contracts/endpoint.ts'
import type { AppContext } from '../../context.ts'
import { Problem } from '../../platform/http/problem.ts'
import { findStaffNames } from '../identity/identity.ts'
import { listEvents } from './audit.sql.ts'
import type { StoredEvent } from './audit.sql.ts'

function toView(event: StoredEvent, names: ReadonlyMap<string, string>): AuditEvent {
  const { objectType, objectId, actorId } = event
  return {
    seq: event.seq,
    at: event.at.toISOString(),
    actor: { kind: event.actorKind, id: actorId, label: (actorId && names.get(actorId)) || null },
    network: event.network,
    action: event.action,
    object: objectType === null ? null : { type: objectType, id: objectId },
    reason: event.reason,
    result: event.result,
    details: event.details,
    requestId: event.requestId,
    hash: event.hash.toString('hex'),
  }
}

function seqFrom(cursor: string): number {
  if (!/^\d{1,15}$/.test(cursor)) throw new Problem('catalog/cursor-invalid')
  return Number(cursor)
}

/** One page of the log, newest first, with the names of the staff who did it. Throws `catalog/cursor-invalid`. */
export async function searchEvents(
  ctx: AppContext,
  query: QueryOf<typeof listAuditEvents>,
): Promise<ResponseOf<typeof listAuditEvents>> {
  const { limit, cursor, from, to, ...filter } = query
  const rows = await listEvents(
    ctx.db,
    {
      ...filter,
      from: from === undefined ? undefined : new Date(from),
      to: to === undefined ? undefined : new Date(to),
      before: cursor === undefined ? undefined : seqFrom(cursor),
    },
    limit + 1,
  )
  const page = rows.slice(0, limit)
  const staff = page.filter((event) => event.actorKind === 'staff').flatMap((event) => event.actorId ?? [])
  const names = await findStaffNames(ctx, [...new Set(staff)])
  return {
    items: page.map((event) => toView(event, names)),
    nextCursor: rows.length > limit ? String(page.at(-1)?.seq) : null,
  }
}
