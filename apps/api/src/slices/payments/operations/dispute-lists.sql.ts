import { sql } from 'kysely'
import type { DbOrTx } from '../../../platform/db/database.ts'
import type { DisputeRow } from './disputes.sql.ts'
import type { Position } from '../../../platform/http/list-page.ts'

export interface ListedDispute extends DisputeRow {
  orderNumber: string
}

const columns = sql`dispute.id, dispute.payment_id, dispute.provider, dispute.provider_ref, dispute.state, dispute.reason, dispute.amount,
  dispute.currency, dispute.due_at, dispute.has_evidence, dispute.is_refundable, dispute.withdrawn_amount, dispute.fee_amount,
  dispute.alarm_level, dispute.opened_at, dispute.closed_at, payment.order_number`

/** Newest first. Plan: disputes_newest_idx; there are few. */
export async function listDisputeRows(
  db: DbOrTx,
  filter: { state: 'open' | 'closed' | 'all' },
  page: { before: Position | undefined; limit: number },
): Promise<ListedDispute[]> {
  const { before, limit } = page
  const conditions = [
    sql`true`,
    ...(filter.state === 'open' ? [sql`dispute.closed_at is null`] : []),
    ...(filter.state === 'closed' ? [sql`dispute.closed_at is not null`] : []),
    ...(before ? [sql`(dispute.opened_at, dispute.id) < (${before.at}::timestamptz, ${before.id}::uuid)`] : []),
  ]
  const { rows } = await sql<ListedDispute>`
    select ${columns} from disputes dispute join payment_list payment on payment.id = dispute.payment_id
    where ${sql.join(conditions, sql` and `)} order by dispute.opened_at desc, dispute.id desc limit ${limit}`.execute(
    db,
  )
  return rows
}

export async function findDisputeRow(db: DbOrTx, id: string): Promise<ListedDispute | undefined> {
  const { rows } = await sql<ListedDispute>`
    select ${columns} from disputes dispute join payment_list payment on payment.id = dispute.payment_id
    where dispute.id = ${id}`.execute(db)
  return rows[0]
}

export async function disputesOfOrder(db: DbOrTx, orderId: string): Promise<ListedDispute[]> {
  const { rows } = await sql<ListedDispute>`
    select ${columns} from payment_list payment join disputes dispute on dispute.payment_id = payment.id
    where payment.order_id = ${orderId} order by dispute.opened_at, dispute.id`.execute(db)
  return rows
}
