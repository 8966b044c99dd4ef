import type { Db } from '../src/platform/db/database.ts'

/** What the audit log has of an action about one thing, oldest first. */
export const auditTrail = (db: Db, action: string, objectId: string) =>
  db
    .selectFrom('auditEvents')
    .select(['action', 'actorKind', 'actorId', 'result', 'reason', 'details'])
    .where('action', '=', action)
    .where('objectId', '=', objectId)
    .orderBy('seq')
    .execute()
