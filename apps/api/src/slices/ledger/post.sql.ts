import { sql } from 'kysely'
import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { newId } from '../../platform/ids.ts'

export const ledgerAccounts = [
  'customer', // what shoppers owe us
  'sales',
  'vat',
  'store-credit', // what we owe a customer
  'clearing:stripe', // what a provider has taken for us and not paid out
  'clearing:tabby',
  'clearing:tamara',
  'cash', // what couriers have collected for us
  'fees',
  'bank',
  'rounding',
  'disputes', // what cardholders' banks have taken back
  'goodwill', // what was given back beyond the sale
  'suspense', // money in our bank that fits nothing of ours, until somebody has said what it is
] as const
export type LedgerAccount = (typeof ledgerAccounts)[number]

export interface LedgerLine {
  account: LedgerAccount
  /** Debit positive, credit negative; minor units of AED. Zero is left out. */
  amount: number
  /** Whose, for `store-credit`. */
  customerId?: string
}

export interface LedgerPosting {
  kind: string
  /** What it came of, such as `capture:<id>`. The same source is booked once, however often it is posted. */
  source: string
  orderId: string | null
  paymentId: string | null
  lines: readonly LedgerLine[]
}

/**
 * Books transactions of the ledger in the caller's transaction, all in one statement. Returns false when any source has been
 * booked before; for that one nothing is written. Lines that do not add up to zero are refused by the database.
 */
export async function post(
  ctx: Pick<AppContext, 'clock'>,
  tx: Tx,
  ...postings: readonly LedgerPosting[]
): Promise<boolean> {
  const booked = postings
    .map((posting) => ({ ...posting, lines: posting.lines.filter((line) => line.amount !== 0) }))
    .filter((posting) => posting.lines.length > 0)
  if (booked.length === 0) return false
  const lines = booked.flatMap(({ source, lines: own }) => own.map((line) => ({ source, ...line })))
  const { rows } = await sql`
    with booked as (
      insert into ledger_transactions (id, kind, source, order_id, payment_id, at)
      select *, ${ctx.clock.now()}::timestamptz from unnest(${booked.map(() => newId())}::uuid[], ${booked.map((one) => one.kind)}::text[],
        ${booked.map((one) => one.source)}::text[], ${booked.map((one) => one.orderId)}::uuid[], ${booked.map((one) => one.paymentId)}::uuid[])
      on conflict (source) do nothing returning id, source
    ), entered as (
      insert into ledger_entries (transaction_id, account, customer_id, amount)
      select booked.id, line.account, line.customer_id, line.amount from booked join
        unnest(${lines.map((line) => line.source)}::text[], ${lines.map((line) => line.account)}::text[],
          ${lines.map((line) => line.customerId ?? null)}::uuid[], ${lines.map((line) => line.amount)}::bigint[])
          as line(source, account, customer_id, amount) using (source)
    )
    select id from booked`.execute(tx)
  return rows.length === booked.length
}
