import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { findSoldOrder, lockSoldOrder } from '../../orders/orders.ts'
import { findPaymentOfOrder, lockPayment } from '../payments.sql.ts'
import type { RefundBasis } from './plan-refund.ts'
import { refundedLinesOf, refundsOfOrder } from './refunds.sql.ts'

type OrderKey = { id: string } | { number: string }

async function readRest(
  db: DbOrTx,
  order: RefundBasis['order'],
  payment: RefundBasis['payment'],
): Promise<RefundBasis> {
  return {
    order,
    payment,
    givenLines: await refundedLinesOf(db, order.id),
    refunds: await refundsOfOrder(db, order.id),
  }
}

/** What a refund of an order is decided by. Throws `orders/not-found`. */
export async function readBasis(db: DbOrTx, by: OrderKey): Promise<RefundBasis> {
  const order = await findSoldOrder(db, by)
  const payment = order && (await findPaymentOfOrder(db, order.id))
  if (!order || !payment) throw new Problem('orders/not-found')
  return readRest(db, order, payment)
}

/** {@link readBasis} with order and payment locked: what is decided by it holds until the transaction ends. */
export async function lockBasis(tx: Tx, by: OrderKey): Promise<RefundBasis> {
  const order = await lockSoldOrder(tx, by)
  const payment = order && (await lockPayment(tx, order.id))
  if (!order || !payment) throw new Problem('orders/not-found')
  return readRest(tx, order, payment)
}
