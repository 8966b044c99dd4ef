import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

export interface BookedTransaction {
  id: string
  kind: string
  source: string
  at: Date
  entries: { account: string; amount: number }[]
}

/** Whether something was booked that came of this. */
export async function isBooked(db: DbOrTx, source: string): Promise<boolean> {
  const row = await db.selectFrom('ledgerTransactions').select('id').where('source', '=', source).executeTakeFirst()
  return row !== undefined
}

/** Everything booked of an order, oldest first. Plan: ledger_transactions_order_idx, then its entries by index. */
export async function transactionsOfOrder(db: DbOrTx, orderId: string): Promise<BookedTransaction[]> {
  const { rows } = await sql<BookedTransaction>`
    select booked.id, booked.kind, booked.source, booked.at,
      (select json_agg(json_build_object('account', entry.account, 'amount', entry.amount) order by entry.id)
        from ledger_entries entry where entry.transaction_id = booked.id) as entries
    from ledger_transactions booked where booked.order_id = ${orderId} order by booked.at, booked.id`.execute(db)
  return rows
}

export interface Balance {
  account: string
  balance: number
}

/**
 * What each account comes to, of everything booked before `before`. Reads the whole ledger: a second per ten million entries, so
 * for people, not for pages of the shop.
 */
export async function accountBalances(db: DbOrTx, before?: Date): Promise<Balance[]> {
  const { rows } = before
    ? await sql<Balance>`
        select entry.account, sum(entry.amount)::bigint as balance
        from ledger_entries entry join ledger_transactions booked on booked.id = entry.transaction_id
        where booked.at < ${before} group by entry.account order by entry.account`.execute(db)
    : await sql<Balance>`
        select account, sum(amount)::bigint as balance from ledger_entries group by account order by account`.execute(
        db,
      )
  return rows
}
