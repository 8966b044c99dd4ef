import type { RefundView } from '@dhow/contracts/admin-payments.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../../context.ts'
import { findStaffNames } from '../../staff/staff.ts'
import { linesOfRefunds } from './refunds.sql.ts'
import { listRefundRows } from './refund-lists.sql.ts'
import type { ListedRefund, RefundFilter } from './refund-lists.sql.ts'

/** Somebody of the staff, by name; null when it came by itself. */
export const personOf = (names: ReadonlyMap<string, string>, id: string | null): { id: string; name: string } | null =>
  id === null ? null : { id, name: names.get(id) ?? '' }

function toRefundView(row: ListedRefund, lines: RefundView['lines'], names: ReadonlyMap<string, string>): RefundView {
  const { id, orderNumber, paymentId, destination, state, isOfSale, isExternal, reason, failureReason } = row
  return {
    id,
    orderNumber,
    paymentId,
    destination,
    state,
    amount: money(row.amount),
    vat: money(row.vatAmount),
    lines,
    delivery: money(row.deliveryAmount),
    paymentFee: money(row.paymentFeeAmount),
    other: money(row.otherAmount),
    rounding: money(row.roundingAmount),
    isOfSale,
    isExternal,
    reason,
    failureReason,
    providerRef: row.providerRef,
    requestedBy: personOf(names, row.requestedBy),
    approvalId: row.approvalId,
    createdAt: row.createdAt.toISOString(),
    succeededAt: row.succeededAt?.toISOString() ?? null,
  }
}

/** Refunds as staff see them, newest first. */
export async function viewRefunds(ctx: AppContext, filter: RefundFilter): Promise<RefundView[]> {
  const rows = await listRefundRows(ctx.db, filter)
  const lines = Map.groupBy(
    await linesOfRefunds(
      ctx.db,
      rows.map((row) => row.id),
    ),
    (line) => line.refundId,
  )
  const names = await findStaffNames(ctx, [...new Set(rows.flatMap((row) => row.requestedBy ?? []))])
  return rows.map((row) => {
    const given = (lines.get(row.id) ?? []).map(({ orderLineId, quantity, amount, vatAmount }) => ({
      lineId: orderLineId,
      quantity,
      amount: money(amount),
      vat: money(vatAmount),
    }))
    return toRefundView(row, given, names)
  })
}
