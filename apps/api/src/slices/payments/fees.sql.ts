import type { Tx } from '../../platform/db/database.ts'

/** What the provider kept of a payment, by its own books, where it had not said so before. */
export async function notePaymentFee(tx: Tx, { paymentId, fee }: { paymentId: string; fee: number }): Promise<void> {
  await tx
    .updateTable('payments')
    .set({ feeAmount: fee })
    .where('id', '=', paymentId)
    .where('feeAmount', 'is', null)
    .execute()
}
