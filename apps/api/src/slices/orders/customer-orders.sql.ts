import type { PaidMethod } from '@dhow/contracts/cart.ts'
import type { OrderState, PaymentState } from '@dhow/contracts/orders.ts'
import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

export interface OrderSummaryRecord {
  id: string
  number: string
  state: OrderState
  paymentState: PaymentState
  paymentMethod: PaidMethod
  isGivenBack: boolean
  isHeld: boolean
  placedAt: Date
  grandTotalAmount: number
  itemCount: number
  firstNameEn: string
  firstNameAr: string
  pictures: { key: string; width: number; height: number; widths: number[]; nameEn: string; nameAr: string }[]
}

/** A place in the list: what comes after it is older. */
export interface OrderCursor {
  placedAt: Date
  id: string
}

/**
 * A page of a customer's orders, newest first, in one statement. Plan: orders_customer_idx backwards to no more rows than the
 * page has, then for each its payment, refunds and lines by their indexes; the time does not grow with how many orders there are. The limit
 * is written out, so that the plan is kept: as a parameter it makes the planner expect a tenth of all orders, and plan anew each time.
 */
export async function listOrderSummaries(
  db: DbOrTx,
  page: { customerId: string; after: OrderCursor | undefined; limit: number; maxPictures: number },
): Promise<OrderSummaryRecord[]> {
  const { customerId, after, limit, maxPictures } = page
  const isAfter = after ? sql`and (placed_at, id) < (${after.placedAt}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<OrderSummaryRecord>`
    select o.id, o.number, o.state, o.placed_at, o.grand_total_amount, payment.state as payment_state, payment.method as payment_method,
      payment.is_held, paid.amount > 0 and back.amount >= paid.amount as is_given_back,
      lines.item_count, lines.first_name_en, lines.first_name_ar, lines.pictures
    from (
      select id, number, state, placed_at, grand_total_amount, store_credit_amount from orders
      where customer_id = ${customerId} ${isAfter}
      order by placed_at desc, id desc limit ${sql.lit(limit)}
    ) o
    join order_payments payment on payment.order_id = o.id
    cross join lateral (select payment.captured_amount + o.store_credit_amount as amount) paid
    cross join lateral (
      select coalesce(sum(amount), 0) as amount from order_refunds where order_id = o.id and state <> 'failed'
    ) back
    cross join lateral (
      select sum(line.quantity)::integer as item_count,
        (array_agg(line.name_en order by line.position))[1] as first_name_en,
        (array_agg(line.name_ar order by line.position))[1] as first_name_ar,
        coalesce(json_agg(json_build_object('key', picture.key, 'width', picture.width, 'height', picture.height,
          'widths', picture.widths, 'nameEn', line.name_en, 'nameAr', line.name_ar) order by line.position)
          filter (where picture.key is not null), '[]'::json) as pictures
      from order_lines line
      left join pictures picture on picture.key = line.picture_key and line.position <= ${maxPictures}
      where line.order_id = o.id
    ) lines
    order by o.placed_at desc, o.id desc`.execute(db)
  return rows
}

/** Plan: the partial indexes of unclaimed orders, one for each contact. */
export async function giveOrdersTo(
  db: DbOrTx,
  claim: { customerId: string; emailIndex: Buffer | null; phoneIndex: Buffer | null; now: Date },
): Promise<number> {
  const { customerId, emailIndex, phoneIndex, now } = claim
  const { numAffectedRows } = await sql`
    update orders set customer_id = ${customerId}, updated_at = ${now}
    where customer_id is null and (email_index = ${emailIndex}::bytea or phone_index = ${phoneIndex}::bytea)`.execute(
    db,
  )
  return Number(numAffectedRows ?? 0)
}
