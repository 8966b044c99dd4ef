import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { mainLocationId } from './reservations.sql.ts'

/** What was counted of a variant in the main warehouse. */
export interface StockCount {
  variantId: string
  onHand: number
}

export interface StockLevel {
  variantId: string
  onHand: number
  reserved: number
}

const asJson = (counts: readonly StockCount[]): string => JSON.stringify(counts)

/** Levels of these variants that are missing or not what was counted. No locks: most counts find nothing to do. */
export async function listDifferingCounts(db: DbOrTx, counts: readonly StockCount[]): Promise<StockCount[]> {
  const { rows } = await sql<StockCount>`
    select counted."variantId" as variant_id, counted."onHand" as on_hand
    from json_to_recordset(${asJson(counts)}::json) as counted ("variantId" uuid, "onHand" integer)
    left join stock_levels level on level.variant_id = counted."variantId" and level.location_id = ${mainLocationId}
    where level.on_hand is distinct from counted."onHand"`.execute(db)
  return rows
}

/** Makes sure there is a level to lock, then locks them in variant order, which is the order every checkout locks in. */
export async function lockLevels(tx: Tx, variantIds: readonly string[]): Promise<StockLevel[]> {
  await sql`
    insert into stock_levels (variant_id, location_id, on_hand)
    select id, ${mainLocationId}, 0 from unnest(${[...variantIds]}::uuid[]) id order by id
    on conflict do nothing`.execute(tx)
  const { rows } = await sql<StockLevel>`
    select variant_id, on_hand, reserved from stock_levels
    where variant_id = any(${[...variantIds]}::uuid[]) and location_id = ${mainLocationId}
    order by variant_id for update`.execute(tx)
  return rows
}

/**
 * Sets what is on hand and writes the ledger rows that say so, in one statement. Guarded again by what is reserved, though the
 * levels are locked: the sum of the ledger must be the level, always.
 */
export async function setOnHand(
  tx: Tx,
  counts: readonly StockCount[],
  change: { reason: string; now: Date },
): Promise<void> {
  await sql`
    with counted as (
      select * from json_to_recordset(${asJson(counts)}::json) as counted ("variantId" uuid, "onHand" integer)
    ), before as materialized (
      select variant_id, on_hand from stock_levels join counted on variant_id = counted."variantId"
      where location_id = ${mainLocationId}
    ), changed as (
      update stock_levels level set on_hand = counted."onHand", updated_at = ${change.now}::timestamptz
      from counted join before on before.variant_id = counted."variantId"
      where level.variant_id = counted."variantId" and level.location_id = ${mainLocationId}
        and level.on_hand <> counted."onHand" and level.reserved <= counted."onHand"
      returning level.variant_id, level.on_hand - before.on_hand as delta
    )
    insert into stock_movements (variant_id, location_id, kind, on_hand_delta, reserved_delta, reason, created_at)
    select variant_id, ${mainLocationId}, 'count', delta, 0, ${change.reason}, ${change.now}::timestamptz from changed`.execute(
    tx,
  )
}

/** What can be promised of each variant, over all locations. A variant without a level is missing: it has nothing. */
export async function availabilityOf(db: DbOrTx, variantIds: readonly string[]): Promise<Map<string, number>> {
  const { rows } = await sql<{ variantId: string; available: number }>`
    select variant_id, available from variant_availability where variant_id = any(${[...variantIds]}::uuid[])`.execute(
    db,
  )
  return new Map(rows.map((row) => [row.variantId, row.available]))
}
