import { RefundWish } from '@dhow/contracts/admin-refunds.ts'
import { Id, OrderNumber } from '@dhow/contracts/primitives.ts'
import { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import { defineApprovalAction } from '../../staff/staff.ts'
import { providerOf } from '../provider-of.ts'
import { addRefunds } from './add-refunds.ts'
import { isRefundBlocked } from './disputes.sql.ts'
import { planRefund } from './plan-refund.ts'
import type { RefundBasis, RefundPieces } from './plan-refund.ts'
import { lockBasis, readBasis } from './refund-basis.ts'
import { routeRefund } from './split-refund.ts'
import type { Routed } from './split-refund.ts'

/** A refund as it was asked for, and what it came to. */
export const RefundSubject = z.strictObject({
  orderId: Id,
  orderNumber: OrderNumber,
  wish: RefundWish,
  amount: z.int().min(1),
})
type RefundSubject = z.infer<typeof RefundSubject>

export interface Prepared {
  basis: RefundBasis
  pieces: RefundPieces
  routed: Routed[]
}

/** What a wish comes to and where it goes, as things stand. Throws what stands in its way. */
export async function prepareRefund(
  ctx: AppContext,
  db: DbOrTx,
  { basis, wish }: { basis: RefundBasis; wish: RefundWish },
): Promise<Prepared> {
  const pieces = planRefund(basis, wish)
  const isDisputed = await isRefundBlocked(db, basis.payment.id)
  const routed = routeRefund({ basis, pieces, destination: wish.destination, isDisputed })
  // A provider that is no longer configured is said now, not found out by a job.
  if (routed.some(({ destination }) => destination === 'original')) providerOf(ctx, basis.payment.provider)
  return { basis, pieces, routed }
}

/** {@link prepareRefund} under locks. Throws `refunds/amount-changed` when it no longer comes to what somebody agreed to. */
export async function prepareLocked(
  ctx: AppContext,
  tx: Tx,
  { by, wish, amount }: { by: { id: string } | { number: string }; wish: RefundWish; amount: number },
): Promise<Prepared> {
  const prepared = await prepareRefund(ctx, tx, { basis: await lockBasis(tx, by), wish })
  if (prepared.pieces.amount !== amount) throw new Problem('refunds/amount-changed', { amount: prepared.pieces.amount })
  return prepared
}

/** What the audit log keeps of refunds: amounts and ids. */
export const auditOf = ({ basis, pieces, routed }: Prepared, refundIds: readonly string[]) => ({
  orderNumber: basis.order.number,
  amount: pieces.amount,
  refundIds,
  destinations: routed.map(({ destination, pieces: part }) => `${destination}:${part.amount}`),
})

async function describe(_ctx: AppContext, db: DbOrTx, subject: RefundSubject): Promise<Record<string, unknown>> {
  const { order } = await readBasis(db, { id: subject.orderId })
  const { lines, delivery, paymentFee, other, destination } = subject.wish
  return {
    orderId: subject.orderId,
    orderNumber: subject.orderNumber,
    amount: subject.amount,
    destination,
    lines: lines.map((wanted) => {
      const line = order.lines.find(({ id }) => id === wanted.lineId)
      return { ...wanted, sku: line?.sku, nameEn: line?.nameEn, nameAr: line?.nameAr }
    }),
    delivery: delivery?.amount ?? 0,
    paymentFee: paymentFee?.amount ?? 0,
    other: other?.amount ?? 0,
  }
}

/**
 * A refund above what one person may give back (ST-4). Whoever agrees needs `orders.refund` as the one who asked did; the refund
 * is written in the transaction that notes the agreement, and a job asks the provider for it.
 */
export const largeRefundAction = defineApprovalAction({
  name: 'payments.refund',
  permission: 'orders.refund',
  subject: RefundSubject,
  async check({ ctx, tx, subject: { orderId, wish, amount } }) {
    await prepareLocked(ctx, tx, { by: { id: orderId }, wish, amount })
  },
  async apply({ ctx, tx, subject, by, approval }) {
    const { orderId, wish, amount } = subject
    const prepared = await prepareLocked(ctx, tx, { by: { id: orderId }, wish, amount })
    const { requestedBy, reason, id: approvalId } = approval
    const refundIds = await addRefunds(ctx, tx, { ...prepared, requestId: approvalId, reason, requestedBy, approvalId })
    await recordAudit(ctx, tx, {
      action: 'refund.requested',
      result: 'ok',
      ...by,
      object: { type: 'order', id: orderId },
      reason,
      details: { ...auditOf(prepared, refundIds), approvalId, requestedBy },
    })
  },
  describe,
})
