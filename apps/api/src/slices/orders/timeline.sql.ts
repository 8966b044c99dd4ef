import type { TimelineKind } from '@dhow/contracts/orders.ts'
import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

/** What happened to an order, oldest first. */
export async function readTimeline(db: DbOrTx, orderId: string): Promise<{ at: string; kind: TimelineKind }[]> {
  const { rows } = await sql<{ at: Date; kind: TimelineKind }>`
    select at, kind from order_timeline where order_id = ${orderId} order by id`.execute(db)
  return rows.map(({ at, kind }) => ({ at: at.toISOString(), kind }))
}
