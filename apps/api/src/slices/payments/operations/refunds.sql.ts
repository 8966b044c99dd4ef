import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import type { ProviderName } from '../../../providers/payments/port.ts'
import type { RefundState } from './refund-state.ts'

export interface RefundRow {
  id: string
  orderId: string
  paymentId: string | null
  destination: 'original' | 'store-credit'
  state: RefundState
  amount: number
  vatAmount: number
  deliveryAmount: number
  deliveryVatAmount: number
  paymentFeeAmount: number
  paymentFeeVatAmount: number
  otherAmount: number
  roundingAmount: number
  isOfSale: boolean
  isExternal: boolean
  reason: string
  providerRef: string | null
  failureReason: string | null
  requestedBy: string | null
  approvalId: string | null
  customerId: string | null
  tryCount: number
  createdAt: Date
  updatedAt: Date
  succeededAt: Date | null
}

export const refundColumns = [
  'id',
  'orderId',
  'paymentId',
  'destination',
  'state',
  'amount',
  'vatAmount',
  'deliveryAmount',
  'deliveryVatAmount',
  'paymentFeeAmount',
  'paymentFeeVatAmount',
  'otherAmount',
  'roundingAmount',
  'isOfSale',
  'isExternal',
  'reason',
  'providerRef',
  'failureReason',
  'requestedBy',
  'approvalId',
  'customerId',
  'tryCount',
  'createdAt',
  'updatedAt',
  'succeededAt',
] as const

export interface RefundLine {
  orderLineId: string
  quantity: number
  amount: number
  vatAmount: number
}

export type NewRefund = Omit<RefundRow, 'tryCount' | 'updatedAt'> & { nextTryAt: Date | null }

export const insertRefund = async (tx: Tx, refund: NewRefund): Promise<void> => {
  await tx
    .insertInto('refunds')
    .values({ ...refund, updatedAt: refund.createdAt })
    .execute()
}

export const findRefund = (db: DbOrTx, id: string): Promise<RefundRow | undefined> =>
  db.selectFrom('refunds').select(refundColumns).where('id', '=', id).executeTakeFirst()

/** All refunds of a payment. Whoever changes one holds the lock of the payment's row. */
export const refundsOfPayment = (db: DbOrTx, paymentId: string): Promise<RefundRow[]> =>
  db
    .selectFrom('refunds')
    .select(refundColumns)
    .where('paymentId', '=', paymentId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()

export const refundsOfOrder = (db: DbOrTx, orderId: string): Promise<RefundRow[]> =>
  db
    .selectFrom('refunds')
    .select(refundColumns)
    .where('orderId', '=', orderId)
    .orderBy('createdAt')
    .orderBy('id')
    .execute()

export interface RefundMovement {
  id: string
  from: RefundState
  to: RefundState
  providerRef: string | null
  failureReason: string | null
  now: Date
}

/** Guarded move: false when the refund is not in `from` any more. */
export async function moveRefund(tx: Tx, move: RefundMovement): Promise<boolean> {
  const { rows } = await sql`
    update refunds set state = ${move.to}, provider_ref = coalesce(provider_ref, ${move.providerRef}),
      failure_reason = ${move.failureReason}, updated_at = ${move.now}::timestamptz,
      succeeded_at = case when ${move.to} = 'succeeded' then ${move.now}::timestamptz else succeeded_at end,
      next_try_at = case when ${move.to} = 'pending' then ${move.now}::timestamptz + interval '10 minutes' end
    where id = ${move.id} and state = ${move.from} returning id`.execute(tx)
  return rows.length === 1
}

/** Moves what a payment has promised back and given back. A check constraint refuses more than was captured. */
export async function addToPayment(
  tx: Tx,
  change: { paymentId: string; requested: number; refunded: number; now: Date },
): Promise<void> {
  await tx
    .updateTable('payments')
    .set((eb) => ({
      refundRequestedAmount: eb('refundRequestedAmount', '+', change.requested),
      refundedAmount: eb('refundedAmount', '+', change.refunded),
      updatedAt: change.now,
    }))
    .where('id', '=', change.paymentId)
    .execute()
}

export interface SoldOf {
  soldQuantity: number
  soldAmount: number
  soldVatAmount: number
}

/**
 * Lines of a refund, and with them how much of each order line is given back in all. Check constraints refuse more than was
 * sold. The order is locked, so no two add to the same line at once.
 */
export async function insertRefundLines(
  tx: Tx,
  given: { refundId: string; orderId: string; lines: readonly (RefundLine & SoldOf)[] },
): Promise<void> {
  const { refundId, orderId, lines } = given
  if (lines.length === 0) return
  const rows = lines.map(({ orderLineId, quantity, amount, vatAmount }) => ({
    orderLineId,
    quantity,
    amount,
    vatAmount,
  }))
  await tx
    .insertInto('refundLines')
    .values(rows.map((row) => ({ refundId, ...row })))
    .execute()
  await tx
    .insertInto('refundedLines')
    .values(lines.map((line) => ({ orderId, ...line })))
    .onConflict((conflict) =>
      conflict.column('orderLineId').doUpdateSet((eb) => ({
        quantity: eb('refundedLines.quantity', '+', eb.ref('excluded.quantity')),
        amount: eb('refundedLines.amount', '+', eb.ref('excluded.amount')),
        vatAmount: eb('refundedLines.vatAmount', '+', eb.ref('excluded.vatAmount')),
      })),
    )
    .execute()
}

export interface RefundedLine {
  orderLineId: string
  quantity: number
  amount: number
  vatAmount: number
}

/** What came back of each line of an order; lines nothing came back of are not among them. */
export const refundedLinesOf = (db: DbOrTx, orderId: string): Promise<RefundedLine[]> =>
  db
    .selectFrom('refundedLines')
    .select(['orderLineId', 'quantity', 'amount', 'vatAmount'])
    .where('orderId', '=', orderId)
    .execute()

export const linesOfRefunds = (
  db: DbOrTx,
  refundIds: readonly string[],
): Promise<(RefundLine & { refundId: string })[]> =>
  refundIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('refundLines')
        .select(['refundId', 'orderLineId', 'quantity', 'amount', 'vatAmount'])
        .where('refundId', 'in', refundIds)
        .execute()

/** A refund failed: its lines may be given back again. */
export async function releaseRefundLines(tx: Tx, refundId: string): Promise<void> {
  await sql`
    update refunded_lines back set quantity = back.quantity - given.quantity, amount = back.amount - given.amount,
      vat_amount = back.vat_amount - given.vat_amount
    from refund_lines given where given.refund_id = ${refundId} and given.order_line_id = back.order_line_id`.execute(
    tx,
  )
}

export interface RefundedPayment {
  id: string
  orderId: string
  provider: ProviderName
  capturedAmount: number
  refundRequestedAmount: number
  refundedAmount: number
  isSuperseded: boolean
}

/** The money columns of a payment as this transaction has them. */
export async function readMoney(tx: Tx, paymentId: string): Promise<RefundedPayment> {
  const { rows } = await sql<RefundedPayment>`
    select id, order_id, provider, captured_amount, refund_requested_amount, refunded_amount, superseded_at is not null as is_superseded
    from payments where id = ${paymentId}`.execute(tx)
  const [row] = rows
  if (!row) throw new Error(`no payment ${paymentId}`)
  return row
}
