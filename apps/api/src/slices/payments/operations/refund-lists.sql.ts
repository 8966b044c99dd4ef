import { sql } from 'kysely'
import type { DbOrTx } from '../../../platform/db/database.ts'
import type { RefundState } from './refund-state.ts'
import { refundColumns } from './refunds.sql.ts'
import type { RefundRow } from './refunds.sql.ts'

export interface ListedRefund extends RefundRow {
  orderNumber: string
}

export interface RefundFilter {
  ids?: readonly string[]
  orderId?: string
  state?: RefundState | undefined
  /** Only those before it, in the order of the list. */
  before?: { at: Date; id: string } | undefined
  limit?: number
}

/** No order is refunded more often, and a page is shorter. */
const MOST = 200

/**
 * Newest first. Plan: of an order refunds_order_idx; by id the primary key; otherwise refunds_newest_idx walked backwards, which
 * a state that is rare makes long: refunds_open_idx has those that are under way.
 */
export function listRefundRows(db: DbOrTx, filter: RefundFilter): Promise<ListedRefund[]> {
  const { ids, orderId, state, before, limit = MOST } = filter
  if (ids?.length === 0) return Promise.resolve([])
  return db
    .selectFrom('refunds')
    .innerJoin('placedOrders', 'placedOrders.orderId', 'refunds.orderId')
    .select(refundColumns.map((column) => `refunds.${column}` as const))
    .select('placedOrders.number as orderNumber')
    .$if(ids !== undefined, (query) => query.where('refunds.id', 'in', [...(ids ?? [])]))
    .$if(orderId !== undefined, (query) => query.where('refunds.orderId', '=', orderId ?? ''))
    .$if(state !== undefined, (query) => query.where('refunds.state', '=', state ?? 'requested'))
    .$if(before !== undefined, (query) =>
      query.where(sql<boolean>`(refunds.created_at, refunds.id) < (${before?.at}::timestamptz, ${before?.id}::uuid)`),
    )
    .orderBy('refunds.createdAt', 'desc')
    .orderBy('refunds.id', 'desc')
    .limit(limit)
    .execute()
}
