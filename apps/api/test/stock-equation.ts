import { sql } from 'kysely'
import type { TestApp } from './app.ts'

export interface StockEquation {
  available: number
  reserved: number
  sold: number
}

/** What is left, promised and sold of a variant, in one statement, as of one moment. */
export async function equationOf({ db }: Pick<TestApp, 'db'>, variantId: string): Promise<StockEquation> {
  const { rows } = await sql<StockEquation>`
    select on_hand - reserved as available, reserved,
      (select coalesce(sum(quantity), 0)::int from stock_reservations hold where hold.variant_id = level.variant_id and state = 'committed') as sold
    from stock_levels level where variant_id = ${variantId}`.execute(db)
  return rows[0] ?? { available: 0, reserved: 0, sold: 0 }
}
