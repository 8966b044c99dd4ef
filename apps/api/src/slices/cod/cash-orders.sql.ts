import type { CashState } from '@dhow/contracts/cod.ts'
import type { Emirate } from '@dhow/contracts/address.ts'
import type { OrderState, PaymentState } from '@dhow/contracts/orders.ts'
import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

export interface CashOrderRow {
  paymentId: string
  orderId: string
  number: string
  emirate: Emirate
  placedAt: Date
  customerId: string | null
  phoneIndex: Buffer | null
  dataKey: Buffer | null
  orderState: OrderState
  paymentState: PaymentState
  deadlineAt: Date | null
  dueAmount: number
  /** Null until the shopper has promised the cash. */
  cashState: Exclude<CashState, 'to-confirm'> | null
  collectedAmount: number | null
  remittedAmount: number | null
  courier: string | null
  deliveryCodeSealed: Buffer | null
  deliveryCodeTries: number | null
  collectedAt: Date | null
  refusedAt: Date | null
  refusalReason: string | null
  /** When what was refused was on the shelf again. */
  goodsBackAt: Date | null
  forgivenAt: Date | null
}

const columns = sql`payment_id, order_id, number, emirate, placed_at, customer_id, phone_index, data_key, order_state, payment_state, deadline_at,
  due_amount, cash_state, collected_amount, remitted_amount, courier, delivery_code_sealed, delivery_code_tries, collected_at, refused_at, refusal_reason,
  goods_back_at, forgiven_at`

/** An order paid in cash, by its number. Plan: unique index of orders, then by order and payment. */
export async function findCashOrder(db: DbOrTx, number: string): Promise<CashOrderRow | undefined> {
  const { rows } = await sql<CashOrderRow>`select ${columns} from cash_orders where number = ${number}`.execute(db)
  return rows[0]
}

/** Where a page begins: after this order. */
export interface CashCursor {
  at: Date
  paymentId: string
}

/**
 * Orders by where their cash is, oldest first. Those to confirm are found by the partial index of waiting orders, the others by
 * cod_collections_state_idx.
 */
export async function listCashOrderRows(
  db: DbOrTx,
  page: { state: CashState; areGoodsOut: boolean; after: CashCursor | undefined; limit: number },
): Promise<(CashOrderRow & { at: Date })[]> {
  const { state, areGoodsOut, after, limit } = page
  const isToConfirm = state === 'to-confirm'
  const at = isToConfirm ? sql`placed_at` : sql`promised_at`
  const inState = isToConfirm
    ? sql`order_state = 'awaiting-payment' and cash_state is null and payment_state in ('pending', 'requires-action')`
    : sql`cash_state = ${state}`
  const isOut = areGoodsOut ? sql`and cash_state = 'refused' and goods_back_at is null` : sql``
  // The instant once more by itself: it begins the scan, which the pair of two tables' columns cannot.
  const isAfter = after
    ? sql`and ${at} >= ${after.at} and (${at}, payment_id) > (${after.at}, ${after.paymentId}::uuid)`
    : sql``
  const { rows } = await sql<CashOrderRow & { at: Date }>`
    select ${columns}, ${at} as at from cash_orders where ${inState} ${isOut} ${isAfter} order by ${at}, payment_id limit ${limit}`.execute(
    db,
  )
  return rows
}

export interface RefuserRow {
  customerId: string | null
  refusals: number
  lastRefusedAt: Date
  orderNumbers: string[]
}

/** Phones whose orders were refused since then, most first; at most a hundred. */
export async function listRefusers(db: DbOrTx, since: Date): Promise<RefuserRow[]> {
  const { rows } = await sql<RefuserRow>`
    select (array_agg(customer_id order by refused_at desc))[1] as customer_id, count(*)::int as refusals, max(refused_at) as last_refused_at,
      array_agg(number order by refused_at desc) as order_numbers
    from cash_orders where cash_state = 'refused' and refused_at > ${since} and forgiven_at is null
    group by coalesce(phone_index, payment_id::text::bytea)
    order by refusals desc, last_refused_at desc limit 100`.execute(db)
  return rows
}

/** Cash couriers have had since before then, and have not brought. */
export async function readOverdueCash(
  db: DbOrTx,
  before: Date,
): Promise<{ orders: number; amount: number; oldest: Date | null }> {
  const { rows } = await sql<{ orders: number; amount: number; oldest: Date | null }>`
    select count(*)::int as orders, coalesce(sum(collected_amount), 0)::bigint as amount, min(collected_at) as oldest
    from cod_collections where state = 'collected' and collected_at < ${before}`.execute(db)
  return rows[0] ?? { orders: 0, amount: 0, oldest: null }
}
