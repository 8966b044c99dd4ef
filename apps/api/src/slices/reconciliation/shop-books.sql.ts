import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

export interface OddOrder {
  orderId: string
  number: string
  state: string
  owedAmount: number
  payingCount: number
}

/** The last transaction of the page before. */
export interface BookedPosition {
  at: Date
  id: string
}

/** Of which orders the ledger booked something in a time, page by page, oldest first. Plan: ledger_transactions_at_idx. */
export async function listBooked(
  db: DbOrTx,
  window: { from: Date; to: Date },
  { after, limit }: { after: BookedPosition | undefined; limit: number },
): Promise<(BookedPosition & { orderId: string | null })[]> {
  const rest = after ? sql`and (at, id) > (${after.at}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<BookedPosition & { orderId: string | null }>`
    select at, id, order_id from ledger_transactions
    where at >= ${after?.at ?? window.from}::timestamptz and at <= ${window.to}::timestamptz ${rest}
    order by at, id limit ${limit}`.execute(db)
  return rows
}

/** Orders a difference of the shop's own books is open about. */
export async function listOrdersInDoubt(db: DbOrTx): Promise<string[]> {
  const { rows } = await sql<{ orderId: string }>`
    select order_id from reconciliation_differences where provider = 'shop' and state = 'open' and order_id is not null`.execute(
    db,
  )
  return rows.map((row) => row.orderId)
}

/**
 * Those of some orders, a page of them, that are over and on which something is still owed, or which more than one attempt has paid.
 * Of all orders at once it would take minutes: each is added up by itself.
 */
export async function listOddOrders(db: DbOrTx, orderIds: readonly string[]): Promise<OddOrder[]> {
  const { rows } = await sql<OddOrder>`
    select order_id, number, state, owed_amount, paying_count from order_books
    where order_id = any(${[...orderIds]}::uuid[]) and ((is_over and owed_amount <> 0) or paying_count > 1)`.execute(db)
  return rows
}

/** Of how many orders something was booked in a time. */
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

/**
 * What the whole ledger adds up to: zero, unless somebody wrote past its triggers. Reads all of it, half a second of five million
 * entries: once a night.
 */
export async function sumLedger(db: DbOrTx): Promise<number> {
  const { rows } = await sql<{
    amount: number
  }>`select coalesce(sum(amount), 0)::bigint as amount from ledger_entries`.execute(db)
  return rows[0]?.amount ?? 0
}
