import type { AppContext } from '../../../context.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { idFrom } from '../../../platform/ids.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { addRefundedExtras } from '../../orders/orders.ts'
import { refundJob } from './operation-tasks.ts'
import { vatLeft, vatOf } from './plan-refund.ts'
import type { RefundBasis, RefundPieces } from './plan-refund.ts'
import { addToPayment, findRefund, insertRefund, insertRefundLines } from './refunds.sql.ts'
import type { NewRefund } from './refunds.sql.ts'
import { SAFETY_MS } from './retry-schedule.ts'
import { settleRefund } from './settle-refund.ts'
import type { Routed } from './split-refund.ts'

export interface AddRefunds {
  /** Of who asks: the same one adds the same refunds, which their primary key makes once. */
  requestId: string
  basis: RefundBasis
  routed: readonly Routed[]
  reason: string
  requestedBy: string
  approvalId: string | null
}

const refundIdOf = (requestId: string, destination: NewRefund['destination']): string => idFrom(requestId, destination)

/** The refunds a request has added already, in a transaction that holds the order's lock. */
export async function refundsAddedBy(tx: Tx, requestId: string): Promise<string[]> {
  const ids = (['original', 'store-credit'] as const).map((destination) => refundIdOf(requestId, destination))
  const found = await Promise.all(ids.map((id) => findRefund(tx, id)))
  return found.flatMap((refund) => refund?.id ?? [])
}

async function setAside(tx: Tx, refund: NewRefund, pieces: RefundPieces): Promise<void> {
  const { id: refundId, orderId, paymentId, amount, createdAt: now } = refund
  await insertRefund(tx, refund)
  await addRefundedExtras(tx, refund, 1)
  const lines = pieces.lines.map(({ line, quantity, amount: part, vatAmount }) => ({
    orderLineId: line.id,
    quantity,
    amount: part,
    vatAmount,
    soldQuantity: line.quantity,
    soldAmount: line.totalAmount,
    soldVatAmount: line.vatAmount,
  }))
  await insertRefundLines(tx, { refundId, orderId, lines })
  if (paymentId !== null) await addToPayment(tx, { paymentId, requested: amount, refunded: 0, now })
}

/** Store credit is ours to give: it is done at once. What a provider gives back is a job's, which also survives this process. */
async function begin(ctx: AppContext, tx: Tx, refund: NewRefund): Promise<void> {
  if (refund.destination === 'original') return enqueue(tx, refundJob(refund.id, refund.nextTryAt ?? undefined))
  const row = await findRefund(tx, refund.id)
  if (row) await settleRefund(ctx, tx, row, { state: 'succeeded', providerRef: null, failureReason: null })
}

/**
 * Writes refunds of a locked order, one for each place the money goes, and sets aside what they give back so that no other refund
 * can give it too. Gives their ids. Nothing is asked of a provider in here.
 */
export async function addRefunds(ctx: AppContext, tx: Tx, add: AddRefunds): Promise<string[]> {
  const { requestId, basis, routed, reason, requestedBy, approvalId } = add
  const now = ctx.clock.now()
  let vat = vatLeft(basis)
  const ids: string[] = []
  for (const { destination, pieces } of routed) {
    const vatAmount = Math.max(0, Math.min(vatOf(pieces), vat))
    vat -= vatAmount
    const refund: NewRefund = {
      id: refundIdOf(requestId, destination),
      orderId: basis.order.id,
      paymentId: destination === 'original' ? basis.payment.id : null,
      destination,
      state: 'requested',
      amount: pieces.amount,
      vatAmount,
      deliveryAmount: pieces.delivery.amount,
      deliveryVatAmount: pieces.delivery.vatAmount,
      paymentFeeAmount: pieces.paymentFee.amount,
      paymentFeeVatAmount: pieces.paymentFee.vatAmount,
      otherAmount: pieces.otherAmount,
      roundingAmount: pieces.roundingAmount,
      isOfSale: true,
      isExternal: false,
      reason,
      providerRef: null,
      failureReason: null,
      requestedBy,
      approvalId,
      customerId: basis.order.customerId,
      createdAt: now,
      succeededAt: null,
      nextTryAt: destination === 'original' ? new Date(now.getTime() + (approvalId === null ? SAFETY_MS : 0)) : null,
    }
    await setAside(tx, refund, pieces)
    await begin(ctx, tx, refund)
    ids.push(refund.id)
  }
  return ids
}
