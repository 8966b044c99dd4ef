import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'

/** Who promises cash: whoever has this phone, and whoever is signed in. */
export interface CashBuyer {
  phoneIndex: Buffer
  customerId: string | null
}

/** First key of the advisory locks that make the orders of one cash buyer queue. */
const LOCK_CLASS = 4712

/**
 * Makes everybody who counts the open orders of this phone or customer wait for this transaction: two tabs at once cannot both be
 * the last one allowed. In the order of the keys, so that two of them cannot deadlock.
 */
export async function lockCashBuyer(tx: Tx, buyer: CashBuyer): Promise<void> {
  const names = [buyer.phoneIndex.toString('hex'), buyer.customerId].filter((name) => name !== null)
  await sql`select pg_advisory_xact_lock(${LOCK_CLASS}, key)
    from (select distinct hashtext(name) as key from unnest(${names}::text[]) name order by 1) keys`.execute(tx)
}

export interface CashStanding {
  openOrders: number
  refusals: number
}

/** What a buyer's earlier orders in cash say. Plan: bitmap scans of orders and cod_collections by phone and customer. */
export async function readCashStanding(
  db: DbOrTx,
  buyer: CashBuyer,
  { besides, refusedSince }: { besides: string | null; refusedSince: Date },
): Promise<CashStanding> {
  const { phoneIndex, customerId } = buyer
  const { rows } = await sql<CashStanding>`
    select (select count(*)::int from open_cash_orders
        where (phone_index = ${phoneIndex} or customer_id = ${customerId}::uuid) and order_id is distinct from ${besides}::uuid) as open_orders,
      (select count(*)::int from cod_collections
        where (phone_index = ${phoneIndex} or customer_id = ${customerId}::uuid) and state = 'refused' and refused_at > ${refusedSince}
          and forgiven_at is null) as refusals`.execute(db)
  return rows[0] ?? { openOrders: 0, refusals: 0 }
}
