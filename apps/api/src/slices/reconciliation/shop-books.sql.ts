import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

export interface OddOrder {
  orderId: string
  number: string
  state: string
  owedAmount: number
  payingCount: number
}

/**
 * Orders about which the ledger booked something in a time, all of it over, on which something is still owed, or which more than
 * one attempt has paid. Plan: ledger_transactions_at_idx, then each order once.
 */
export async function listOddOrders(db: DbOrTx, window: { from: Date; to: Date }): Promise<OddOrder[]> {
  const { rows } = await sql<OddOrder>`
    select book.order_id, book.number, book.state, book.owed_amount, book.paying_count
    from (select order_id from ledger_transactions where at between ${window.from} and ${window.to} and order_id is not null
      union select order_id from reconciliation_differences where provider = 'shop' and state = 'open' and order_id is not null) booked
    join order_books book on book.order_id = booked.order_id
    where (book.is_over and book.owed_amount <> 0) or book.paying_count > 1
    order by book.order_id limit 1000`.execute(db)
  return rows
}

/** How many orders {@link listOddOrders} looks at for what was booked in that time. */
export async function countBookedOrders(db: DbOrTx, window: { from: Date; to: Date }): Promise<number> {
  const { rows } = await sql<{ count: number }>`
    select count(distinct order_id)::integer as count from ledger_transactions where at between ${window.from} and ${window.to}`.execute(
    db,
  )
  return rows[0]?.count ?? 0
}

/** What is open about the shop's own books: every check looks at all of it again. */
export async function listOpenShopRefs(db: DbOrTx): Promise<string[]> {
  const { rows } = await sql<{ providerRef: string }>`
    select provider_ref from reconciliation_differences where provider = 'shop' and state = 'open'`.execute(db)
  return rows.map((row) => row.providerRef)
}

export interface OddCredit {
  customerId: string
  balanceAmount: number
  bookedAmount: number
}

/** Customers whose credit is not what the ledger says. */
export async function listOddCredits(db: DbOrTx): Promise<OddCredit[]> {
  const { rows } = await sql<OddCredit>`
    select customer_id, balance_amount, booked_amount from credit_books where balance_amount <> booked_amount
    order by customer_id limit 1000`.execute(db)
  return rows
}

/** Sums of the whole ledger by currency that are not zero: never, unless somebody wrote past its triggers. */
export async function sumLedger(db: DbOrTx): Promise<number> {
  const { rows } = await sql<{
    amount: number
  }>`select coalesce(sum(amount), 0)::bigint as amount from ledger_entries`.execute(db)
  return rows[0]?.amount ?? 0
}
