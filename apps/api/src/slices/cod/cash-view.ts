import type { CashOrder } from '@dhow/contracts/cod.ts'
import { money } from '@dhow/money/money.ts'
import type { CashOrderRow } from './cash-orders.sql.ts'

/** Couriers bring cash after about two weeks (UAE facts §8); after three somebody asks. */
const OVERDUE_DAYS = 21

export const overdueBefore = (now: Date): Date => new Date(now.getTime() - OVERDUE_DAYS * 86_400_000)

const amountOrNull = (amount: number | null) => (amount === null ? null : money(amount))

/** An order's cash as staff see it: nothing of the shopper but the order. */
export const toCashOrder = (row: CashOrderRow, now: Date): CashOrder => ({
  paymentId: row.paymentId,
  orderId: row.orderId,
  number: row.number,
  emirate: row.emirate,
  placedAt: row.placedAt.toISOString(),
  state: row.cashState ?? (row.paymentState === 'cancelled' ? 'cancelled' : 'to-confirm'),
  due: money(row.dueAmount),
  collected: amountOrNull(row.collectedAmount),
  remitted: amountOrNull(row.remittedAmount),
  courier: row.courier,
  codeTries: row.deliveryCodeTries ?? 0,
  confirmBefore: row.cashState === null ? (row.deadlineAt?.toISOString() ?? null) : null,
  collectedAt: row.collectedAt?.toISOString() ?? null,
  refusedAt: row.refusedAt?.toISOString() ?? null,
  refusalReason: row.refusalReason,
  goodsBackAt: row.goodsBackAt?.toISOString() ?? null,
  forgivenAt: row.forgivenAt?.toISOString() ?? null,
  isOverdue: row.cashState === 'collected' && row.collectedAt !== null && row.collectedAt < overdueBefore(now),
})
