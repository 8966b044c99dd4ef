import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import type { OrderState } from '@dhow/contracts/orders.ts'

export interface SoldLine {
  id: string
  sku: string
  nameEn: string
  nameAr: string
  quantity: number
  totalAmount: number
  vatAmount: number
}

/** An order as what can be given back of it: what was sold with which VAT, what paid for it, what came back of delivery and fee. */
export interface SoldOrder {
  id: string
  number: string
  state: OrderState
  customerId: string | null
  vatAmount: number
  grandTotalAmount: number
  deliveryAmount: number
  deliveryVatAmount: number
  paymentFeeAmount: number
  paymentFeeVatAmount: number
  storeCreditAmount: number
  roundingAmount: number
  refundedDeliveryAmount: number
  refundedDeliveryVatAmount: number
  refundedPaymentFeeAmount: number
  refundedPaymentFeeVatAmount: number
  lines: SoldLine[]
}

const columns = [
  'id',
  'number',
  'state',
  'customerId',
  'vatAmount',
  'grandTotalAmount',
  'deliveryAmount',
  'deliveryVatAmount',
  'paymentFeeAmount',
  'paymentFeeVatAmount',
  'storeCreditAmount',
  'roundingAmount',
  'refundedDeliveryAmount',
  'refundedDeliveryVatAmount',
  'refundedPaymentFeeAmount',
  'refundedPaymentFeeVatAmount',
] as const

const linesOf = (db: DbOrTx, orderId: string): Promise<SoldLine[]> =>
  db
    .selectFrom('orderLines')
    .select(['id', 'sku', 'nameEn', 'nameAr', 'quantity', 'totalAmount', 'vatAmount'])
    .where('orderId', '=', orderId)
    .orderBy('position')
    .execute()

type SoldKey = { id: string } | { number: string }

const selectSold = (db: DbOrTx, by: SoldKey) =>
  db
    .selectFrom('orders')
    .select(columns)
    .where('id' in by ? 'orders.id' : 'orders.number', '=', 'id' in by ? by.id : by.number)

export async function findSoldOrder(db: DbOrTx, by: SoldKey): Promise<SoldOrder | undefined> {
  const order = await selectSold(db, by).executeTakeFirst()
  return order && { ...order, lines: await linesOf(db, order.id) }
}

/** {@link findSoldOrder} with its row locked: whoever gives money back does it one after the other. */
export async function lockSoldOrder(tx: Tx, by: SoldKey): Promise<SoldOrder | undefined> {
  const order = await selectSold(tx, by).forUpdate().executeTakeFirst()
  return order && { ...order, lines: await linesOf(tx, order.id) }
}

export interface RefundedExtras {
  orderId: string
  deliveryAmount: number
  deliveryVatAmount: number
  paymentFeeAmount: number
  paymentFeeVatAmount: number
}

/** Delivery and fee given back, or, with -1, not given back after all. Check constraints refuse more than was sold. */
export async function addRefundedExtras(tx: Tx, extras: RefundedExtras, sign: 1 | -1): Promise<void> {
  if (extras.deliveryAmount === 0 && extras.paymentFeeAmount === 0) return
  await tx
    .updateTable('orders')
    .set((eb) => ({
      refundedDeliveryAmount: eb('refundedDeliveryAmount', '+', sign * extras.deliveryAmount),
      refundedDeliveryVatAmount: eb('refundedDeliveryVatAmount', '+', sign * extras.deliveryVatAmount),
      refundedPaymentFeeAmount: eb('refundedPaymentFeeAmount', '+', sign * extras.paymentFeeAmount),
      refundedPaymentFeeVatAmount: eb('refundedPaymentFeeVatAmount', '+', sign * extras.paymentFeeVatAmount),
    }))
    .where('id', '=', extras.orderId)
    .execute()
}
