import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { cartColumns } from './cart.sql.ts'
import type { CartRecord } from './cart.sql.ts'
import type { LineToMerge, MergedLines } from './merge-lines.ts'

/**
 * Whoever gives a customer an open cart, or takes it away, does it one after the other, on every device and in every job. An
 * index allows one such cart; this makes the second see the first. Always before the carts themselves are locked.
 */
export async function lockCustomersCarts(tx: Tx, customerId: string): Promise<void> {
  await sql`select pg_advisory_xact_lock(hashtextextended('carts.customer_id:' || ${customerId}::text, 0))`.execute(tx)
}

export interface CartToTake {
  id: string
  customerId: string | null
  state: 'open' | 'checked-out'
  hasDetails: boolean
  /** Whether it is the cart that was named by its key, and not just the customer's. */
  isNamed: boolean
}

/** The customer's open cart and the one that was named, locked in the order of their ids. Plan: the index of each. */
export async function lockCartsToTake(
  tx: Tx,
  by: { customerId: string; keyHash: Buffer | null },
): Promise<CartToTake[]> {
  const { rows } = await sql<CartToTake>`
    select id, customer_id, state, data_key is not null as has_details, key_hash is not distinct from ${by.keyHash}::bytea as is_named
    from carts where (customer_id = ${by.customerId}::uuid and state = 'open') or key_hash = ${by.keyHash}::bytea
    order by id for update`.execute(tx)
  return rows
}

export async function giveCartTo(
  tx: Tx,
  cart: { id: string; customerId: string; keySealed: Buffer; now: Date },
): Promise<void> {
  await tx
    .updateTable('carts')
    .set({ customerId: cart.customerId, keySealed: cart.keySealed, updatedAt: cart.now })
    .where('id', '=', cart.id)
    .execute()
}

/** Lines with what may be bought of them, oldest first. Both carts are locked, so nothing comes or goes meanwhile. */
export async function listLinesToMerge(
  tx: Tx,
  cartIds: readonly string[],
): Promise<(LineToMerge & { cartId: string })[]> {
  const { rows } = await sql<LineToMerge & { cartId: string }>`
    select line.id, line.cart_id, line.variant_id, line.quantity, variant.available
    from cart_lines line join sellable_variants variant on variant.variant_id = line.variant_id
    where line.cart_id = any(${[...cartIds]}::uuid[]) order by line.created_at, line.id`.execute(tx)
  return rows
}

/** Writes what {@link MergedLines} says, and deletes the poured cart with whatever did not fit. */
export async function pourLines(
  tx: Tx,
  pour: MergedLines & { fromId: string; toId: string; now: Date },
): Promise<void> {
  await sql`
    with raised as (
      update cart_lines set quantity = wanted.quantity
      from jsonb_to_recordset(${JSON.stringify(pour.raised)}::jsonb) as wanted(id uuid, quantity integer)
      where cart_lines.id = wanted.id and cart_lines.cart_id = ${pour.toId}::uuid
    ), moved as (
      update cart_lines set cart_id = ${pour.toId}::uuid
      where id = any(${pour.movedIds}::uuid[]) and cart_id = ${pour.fromId}::uuid
    )
    update carts set updated_at = ${pour.now}::timestamptz where id = ${pour.toId}::uuid`.execute(tx)
  await tx.deleteFrom('carts').where('id', '=', pour.fromId).execute()
}

/** Who, where and how of one cart for another that has none of them, with the key they are sealed under. */
export async function copyDetails(tx: Tx, copy: { fromId: string; toId: string }): Promise<void> {
  await sql`
    update carts set data_key = other.data_key, contact_sealed = other.contact_sealed, address_sealed = other.address_sealed,
      emirate = other.emirate, delivery_method = coalesce(carts.delivery_method, other.delivery_method)
    from carts other where carts.id = ${copy.toId}::uuid and other.id = ${copy.fromId}::uuid and carts.data_key is null`.execute(
    tx,
  )
}

/** The customer's open cart, read as the customer, with its sealed key. */
export async function findOwnCart(
  db: DbOrTx,
  customerId: string,
): Promise<(CartRecord & { keySealed: Buffer }) | undefined> {
  const { rows } = await sql<CartRecord & { keySealed: Buffer }>`
    select cart.key_sealed, ${cartColumns} from carts cart left join placed_orders placed on placed.order_id = cart.order_id
    where cart.customer_id = ${customerId}::uuid and cart.state = 'open'`.execute(db)
  return rows[0]
}

export const findCartOfOrder = (
  tx: Tx,
  orderId: string,
): Promise<{ id: string; customerId: string | null } | undefined> =>
  tx.selectFrom('carts').select(['id', 'customerId']).where('orderId', '=', orderId).executeTakeFirst()

export async function markReopened(tx: Tx, cart: { id: string; now: Date }): Promise<void> {
  await tx
    .updateTable('carts')
    .set({ state: 'open', orderId: null, updatedAt: cart.now })
    .where('id', '=', cart.id)
    .where('state', '=', 'checked-out')
    .execute()
}
