import { sql } from 'kysely'
import type { Tx } from '../../platform/db/database.ts'

/** The warehouse orders are served from; more locations come with fulfilment. */
export const mainLocationId = '0192a000-0000-7000-8000-000000000001'

export interface StockClaim {
  variantId: string
  quantity: number
}

export interface StockOnHold {
  variantId: string
  available: number
}

export interface ReservedStock extends StockOnHold {
  /** False when not enough was free: then `available` is what there is. */
  isHeld: boolean
}

/**
 * Reserves every claim that is covered, in one statement: levels locked in variant order, so that two checkouts cannot deadlock,
 * then guarded UPDATE, hold and ledger row together. A level somebody else changed meanwhile is looked at again by the UPDATE as
 * they left it. Gives every claimed variant; the caller rolls back unless all are held.
 */
export async function reserveStock(
  tx: Tx,
  hold: { orderId: string; claims: readonly StockClaim[]; expiresAt: Date; now: Date },
): Promise<ReservedStock[]> {
  const { rows } = await sql<ReservedStock>`
    with wanted as (
      select * from unnest(${hold.claims.map((claim) => claim.variantId)}::uuid[], ${hold.claims.map((claim) => claim.quantity)}::int[])
        as wanted(variant_id, quantity)
    ), locked as materialized (
      select level.variant_id, level.on_hand - level.reserved as available from stock_levels level
      where level.variant_id in (select variant_id from wanted) and level.location_id = ${mainLocationId}
      order by level.variant_id for update
    ), taken as (
      update stock_levels level set reserved = reserved + wanted.quantity, updated_at = ${hold.now}::timestamptz
      from wanted
      where level.variant_id = wanted.variant_id and level.location_id = ${mainLocationId}
        and level.variant_id in (select variant_id from locked)
        and level.on_hand - level.reserved >= wanted.quantity
      returning level.variant_id, level.on_hand - level.reserved as available, wanted.quantity
    ), held as (
      insert into stock_reservations (order_id, variant_id, location_id, quantity, state, expires_at, created_at)
      select ${hold.orderId}::uuid, variant_id, ${mainLocationId}, quantity, 'held', ${hold.expiresAt}::timestamptz, ${hold.now}::timestamptz from taken
    ), moved as (
      insert into stock_movements (variant_id, location_id, kind, on_hand_delta, reserved_delta, order_id, created_at)
      select variant_id, ${mainLocationId}, 'reserve', 0, quantity, ${hold.orderId}::uuid, ${hold.now}::timestamptz from taken
    )
    select wanted.variant_id, coalesce(taken.available, locked.available, 0) as available, taken.variant_id is not null as is_held
    from wanted left join locked using (variant_id) left join taken using (variant_id)`.execute(tx)
  return rows
}

/** Turns an order's holds into a sale: the goods leave what is on hand. Once only: holds that are not `held` stay as they are. */
export const commitStock = (tx: Tx, orderId: string, now: Date): Promise<StockOnHold[]> =>
  endHolds(tx, { orderId, now, from: 'held', state: 'committed', kind: 'sale', onHandSign: -1 })

/** Lets an order's holds go. Once only, like `commitStock`. */
export const releaseStock = (tx: Tx, orderId: string, now: Date): Promise<StockOnHold[]> =>
  endHolds(tx, { orderId, now, from: 'held', state: 'released', kind: 'release', onHandSign: 0 })

/** Moves the end of an order's holds, which follow its deadline. */
export async function extendHolds(tx: Tx, orderId: string, expiresAt: Date): Promise<void> {
  await tx
    .updateTable('stockReservations')
    .set({ expiresAt })
    .where('orderId', '=', orderId)
    .where('state', '=', 'held')
    .execute()
}

/** Puts the goods of a sale that is called off back on the shelf. Once only: holds that are not `committed` stay as they are. */
export const restockOrder = (tx: Tx, orderId: string, now: Date): Promise<StockOnHold[]> =>
  endHolds(tx, { orderId, now, from: 'committed', state: 'released', kind: 'restock', onHandSign: 1 })

interface EndOfHold {
  orderId: string
  now: Date
  from: 'held' | 'committed'
  state: 'committed' | 'released'
  kind: 'sale' | 'release' | 'restock'
  onHandSign: -1 | 0 | 1
}

async function endHolds(tx: Tx, end: EndOfHold): Promise<StockOnHold[]> {
  // What was sold is reserved by nobody any more.
  const reservedSign = end.from === 'held' ? -1 : 0
  // Levels are locked in variant order before the holds change, in the same order every checkout locks them.
  const { rows } = await sql<StockOnHold>`
    with locked as materialized (
      select level.variant_id from stock_levels level
      where level.location_id = ${mainLocationId}
        and level.variant_id in (select variant_id from stock_reservations where order_id = ${end.orderId}::uuid and state = ${end.from})
      order by level.variant_id for update
    ), ended as (
      update stock_reservations set state = ${end.state}
      where order_id = ${end.orderId}::uuid and state = ${end.from} and variant_id in (select variant_id from locked)
      returning variant_id, location_id, quantity
    ), moved as (
      insert into stock_movements (variant_id, location_id, kind, on_hand_delta, reserved_delta, order_id, created_at)
      select variant_id, location_id, ${end.kind}, ${end.onHandSign}::int * quantity, ${reservedSign}::int * quantity, ${end.orderId}::uuid,
        ${end.now}::timestamptz from ended
    )
    update stock_levels level
    set on_hand = on_hand + ${end.onHandSign}::int * ended.quantity, reserved = reserved + ${reservedSign}::int * ended.quantity,
      updated_at = ${end.now}::timestamptz
    from ended where level.variant_id = ended.variant_id and level.location_id = ended.location_id
    returning level.variant_id, level.on_hand - level.reserved as available`.execute(tx)
  return rows
}
