import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'

/** What the way of paying adds to an order and takes from it. */
export interface PaymentTerms {
  paymentFeeAmount: number
  paymentFeeVatAmount: number
  storeCreditAmount: number
  roundingAmount: number
}

/**
 * Sets what an order that waits is paid with, and until when: the fee and its VAT before go, the new ones come, and goods and
 * delivery stay as they were agreed. The order is locked by the caller.
 */
export async function setPaymentTerms(
  tx: Tx,
  { orderId, terms, deadlineAt, now }: { orderId: string; terms: PaymentTerms; deadlineAt: Date; now: Date },
): Promise<void> {
  await sql`
    update orders set payment_fee_amount = ${terms.paymentFeeAmount}::bigint, payment_fee_vat_amount = ${terms.paymentFeeVatAmount}::bigint,
      grand_total_amount = grand_total_amount - payment_fee_amount + ${terms.paymentFeeAmount}::bigint,
      vat_amount = vat_amount - payment_fee_vat_amount + ${terms.paymentFeeVatAmount}::bigint,
      store_credit_amount = ${terms.storeCreditAmount}, rounding_amount = ${terms.roundingAmount},
      deadline_at = ${deadlineAt}::timestamptz, updated_at = ${now}::timestamptz
    where id = ${orderId} and state = 'awaiting-payment'`.execute(tx)
}

/** Until when an unpaid order waits. Returns false when it does not wait any more. */
export async function setDeadline(
  tx: Tx,
  { orderId, deadlineAt, now }: { orderId: string; deadlineAt: Date; now: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('orders')
    .set({ deadlineAt, updatedAt: now })
    .where('id', '=', orderId)
    .where('state', '=', 'awaiting-payment')
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** How an order's current payment stands. */
export async function findPaymentStanding(
  db: DbOrTx,
  orderId: string,
): Promise<{ paymentId: string; provider: string; capturedAmount: number } | undefined> {
  const { rows } = await sql<{ paymentId: string; provider: string; capturedAmount: number }>`
    select payment_id, provider, captured_amount from order_payments where order_id = ${orderId}`.execute(db)
  return rows[0]
}
