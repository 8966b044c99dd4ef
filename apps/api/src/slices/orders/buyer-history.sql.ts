import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'
import type { EarlierOrder } from './purchase.sql.ts'

/** What a customer has ordered before, newest first, ten at most, and how many of all their orders were paid. */
export interface BuyerHistory {
  earlier: EarlierOrder[]
  paidCount: number
}

/** A customer's history, for a cart that is no order yet; `findPurchase` has that of an order. Plan: index scans by customer. */
export async function findBuyerHistory(db: DbOrTx, customerId: string): Promise<BuyerHistory> {
  const { rows } = await sql<BuyerHistory>`
    select (select coalesce(json_agg(json_build_object('placedAt', to_char(before.placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'amount', before.grand_total_amount, 'method', payment.method, 'state', before.state, 'paymentState', payment.state,
        'capturedAmount', payment.captured_amount, 'refundedAmount', payment.refunded_amount) order by before.placed_at desc), '[]'::json)
        from (select id, placed_at, grand_total_amount, state from orders
          where customer_id = ${customerId} order by placed_at desc, id desc limit 10) before
        join order_payments payment on payment.order_id = before.id) as earlier,
      (select count(*)::int from orders where customer_id = ${customerId} and state = 'confirmed') as paid_count`.execute(
    db,
  )
  return rows[0] ?? { earlier: [], paidCount: 0 }
}
