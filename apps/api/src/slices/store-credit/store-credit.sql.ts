import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

export interface CreditEntryRow {
  id: number
  kind: string
  /** Signed as the customer sees it. */
  amount: number
  at: Date
  orderNumber: string | null
}

interface Page {
  customerId: string
  /** Entries older than this id. */
  before: number | undefined
  limit: number
}

/** A customer's movements, newest first, for whoever may see them all. Plan: ledger_entries_customer_idx backwards. */
export async function listCreditEntries(db: DbOrTx, { customerId, before, limit }: Page): Promise<CreditEntryRow[]> {
  const { rows } = await sql<CreditEntryRow>`
    select entry.id, moved.kind, -entry.amount as amount, moved.at, placed.number as order_number
    from ledger_entries entry join ledger_transactions moved on moved.id = entry.transaction_id
      left join placed_orders placed on placed.order_id = moved.order_id
    where entry.customer_id = ${customerId} and entry.id < ${before ?? Number.MAX_SAFE_INTEGER}
    order by entry.id desc limit ${limit}`.execute(db)
  return rows
}

/** The same for the customer themselves, who sees nobody else's whatever is asked (docs/adr/0011). */
export async function listOwnCreditEntries(db: DbOrTx, { customerId, before, limit }: Page): Promise<CreditEntryRow[]> {
  const { rows } = await sql<CreditEntryRow>`
    select id, kind, amount, at, order_number from own_store_credit_entries
    where customer_id = ${customerId} and id < ${before ?? Number.MAX_SAFE_INTEGER}
    order by id desc limit ${limit}`.execute(db)
  return rows
}
