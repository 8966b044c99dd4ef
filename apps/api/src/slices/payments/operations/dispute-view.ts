import type { DisputeView, listDisputes } from '@dhow/contracts/admin-payments.ts'
import type { QueryOf, ResponseOf } from '@dhow/contracts/endpoint.ts'
import { money } from '@dhow/money/money.ts'
import type { DbOrTx } from '../../../platform/db/database.ts'
import { pageOf, parsePosition } from '../../../platform/http/list-page.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { findDisputeRow, listDisputeRows } from './dispute-lists.sql.ts'
import type { ListedDispute } from './dispute-lists.sql.ts'

export const toDisputeView = (row: ListedDispute): DisputeView => ({
  id: row.id,
  paymentId: row.paymentId,
  orderNumber: row.orderNumber,
  provider: row.provider,
  providerRef: row.providerRef,
  state: row.state,
  reason: row.reason,
  amount: money(row.amount),
  dueAt: row.dueAt?.toISOString() ?? null,
  hasEvidence: row.hasEvidence,
  isRefundable: row.isRefundable,
  withdrawn: money(row.withdrawnAmount),
  fee: money(row.feeAmount),
  openedAt: row.openedAt.toISOString(),
  closedAt: row.closedAt?.toISOString() ?? null,
})

/** Throws `catalog/cursor-invalid`. */
export async function viewDisputes(
  db: DbOrTx,
  { state, limit, cursor }: QueryOf<typeof listDisputes>,
): Promise<ResponseOf<typeof listDisputes>> {
  const found = await listDisputeRows(db, { state }, { before: parsePosition(cursor), limit: limit + 1 })
  const { rows, nextCursor } = pageOf(found, limit, ({ openedAt, id }) => ({ at: openedAt, id }))
  return { items: rows.map(toDisputeView), nextCursor }
}

/** Throws `disputes/not-found`. */
export async function viewDispute(db: DbOrTx, disputeId: string): Promise<DisputeView> {
  const row = await findDisputeRow(db, disputeId)
  if (!row) throw new Problem('disputes/not-found')
  return toDisputeView(row)
}
