import type { Locale } from '@dhow/contracts/primitives.ts'
import { maxCartLines, maxLineQuantity } from '@dhow/contracts/primitives.ts'
import { sql } from 'kysely'
import { inBatches } from '../../platform/db/batches.ts'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'

export interface CartLineRecord {
  id: string
  variantId: string
  productId: string
  quantity: number
  seenPrice: number
  price: number
  compareAt: number | null
  isForSale: boolean
  available: number
  sku: string
  vatRateBp: number
  nameEn: string
  nameAr: string
  optionTextEn: string
  optionTextAr: string
  slugEn: string
  slugAr: string
  hsCode: string | null
  originCountry: string | null
  picture: { key: string; width: number; height: number; widths: number[] } | null
}

export interface CartRecord {
  id: string
  state: 'open' | 'checked-out'
  locale: Locale
  dataKey: Buffer | null
  contactSealed: Buffer | null
  addressSealed: Buffer | null
  emirate: string | null
  deliveryMethod: string | null
  customerId: string | null
  orderId: string | null
  orderNumber: string | null
  orderState: string | null
  lines: CartLineRecord[]
}

export async function insertCart(
  db: DbOrTx,
  cart: { id: string; keyHash: Buffer; locale: Locale; now: Date },
): Promise<void> {
  await db
    .insertInto('carts')
    .values({
      id: cart.id,
      keyHash: cart.keyHash,
      locale: cart.locale,
      state: 'open',
      createdAt: cart.now,
      updatedAt: cart.now,
    })
    .execute()
}

/** Lines with today's price and stock, oldest first. Plan: index scans by cart, then by primary keys; 50 lines at most. */
const linesOfCart = sql`
  select coalesce(json_agg(json_build_object(
      'id', line.id, 'variantId', line.variant_id, 'productId', item.product_id, 'quantity', line.quantity, 'seenPrice', line.seen_price_amount,
      'price', item.price_amount, 'compareAt', item.compare_at_amount, 'isForSale', item.is_for_sale, 'available', item.available,
      'sku', item.sku, 'vatRateBp', item.vat_rate_bp, 'nameEn', item.name_en, 'nameAr', item.name_ar,
      'optionTextEn', item.option_text_en, 'optionTextAr', item.option_text_ar, 'slugEn', item.slug_en, 'slugAr', item.slug_ar,
      'hsCode', item.hs_code, 'originCountry', item.origin_country,
      'picture', case when item.picture_key is null then null
        else json_build_object('key', item.picture_key, 'width', item.picture_width, 'height', item.picture_height, 'widths', item.picture_widths) end
      ) order by line.created_at, line.id), '[]'::json)
  from cart_lines line join sellable_variants item on item.variant_id = line.variant_id
  where line.cart_id = cart.id`

/** What {@link CartRecord} holds, of `carts cart` and `placed_orders placed`. */
export const cartColumns = sql`
  cart.id, cart.state, cart.locale, cart.data_key, cart.contact_sealed, cart.address_sealed, cart.emirate, cart.delivery_method,
  cart.customer_id, cart.order_id, placed.number as order_number, placed.state as order_state, (${linesOfCart}) as lines`

/** A cart with everything its view needs, in one statement. Reads the primary: a shopper must see their own last click. */
export async function findCart(db: DbOrTx, keyHash: Buffer): Promise<CartRecord | undefined> {
  const { rows } = await sql<CartRecord>`
    select ${cartColumns} from carts cart left join placed_orders placed on placed.order_id = cart.order_id
    where cart.key_hash = ${keyHash}`.execute(db)
  return rows[0]
}

/** Locks a cart against every other change of it. The lines are read after, by `findCart`, so that they are the newest. */
export async function lockCart(
  tx: Tx,
  keyHash: Buffer,
): Promise<{ id: string; state: string; orderId: string | null } | undefined> {
  return tx
    .selectFrom('carts')
    .select(['id', 'state', 'orderId'])
    .where('keyHash', '=', keyHash)
    .forUpdate()
    .executeTakeFirst()
}

export interface AddedLine {
  isCartOpen: boolean
  isForSale: boolean
  hasRoom: boolean
  isAdded: boolean
  available: number
}

/**
 * Adds a variant or raises its quantity, guarded by state, room and stock, in one statement. Taking the cart's row first makes
 * changes of one cart queue, and a checkout in between is seen.
 */
export async function addCartLine(
  db: DbOrTx,
  line: { keyHash: Buffer; lineId: string; variantId: string; quantity: number; now: Date },
): Promise<AddedLine> {
  const { rows } = await sql<AddedLine>`
    with cart as (
      update carts set updated_at = ${line.now}::timestamptz where key_hash = ${line.keyHash} and state = 'open' returning id
    ), variant as (
      select variant_id as id, price_amount, available from sellable_variants where variant_id = ${line.variantId}::uuid and is_for_sale
    ), present as (
      select count(*) as lines, coalesce(max(quantity) filter (where variant_id = ${line.variantId}::uuid), 0) as quantity
      from cart_lines where cart_id = (select id from cart)
    ), added as (
      insert into cart_lines (id, cart_id, variant_id, quantity, seen_price_amount, created_at)
      select ${line.lineId}::uuid, cart.id, variant.id, ${line.quantity}::int, variant.price_amount, ${line.now}::timestamptz
      from cart, variant, present
      where (present.lines < ${maxCartLines}::int or present.quantity > 0)
        and variant.available >= least(present.quantity + ${line.quantity}::int, ${maxLineQuantity}::int)
      on conflict (cart_id, variant_id) do update
        set quantity = least(cart_lines.quantity + excluded.quantity, ${maxLineQuantity}::int), seen_price_amount = excluded.seen_price_amount
      returning id
    )
    select exists (select from cart) as is_cart_open, exists (select from variant) as is_for_sale,
      (select lines < ${maxCartLines}::int or quantity > 0 from present) as has_room,
      exists (select from added) as is_added, coalesce((select available from variant), 0) as available`.execute(db)
  return rows[0] ?? { isCartOpen: false, isForSale: false, hasRoom: true, isAdded: false, available: 0 }
}

export interface ChangedLine {
  isCartOpen: boolean
  hasLine: boolean
  isChanged: boolean
  available: number
}

/** Sets a quantity if stock covers it, and takes today's price as seen. */
export async function setLineQuantity(
  db: DbOrTx,
  line: { keyHash: Buffer; lineId: string; quantity: number; now: Date },
): Promise<ChangedLine> {
  const { rows } = await sql<ChangedLine>`
    with cart as (
      update carts set updated_at = ${line.now}::timestamptz where key_hash = ${line.keyHash} and state = 'open' returning id
    ), line as (
      select line.id, item.price_amount, item.available
      from cart_lines line join sellable_variants item on item.variant_id = line.variant_id
      where line.id = ${line.lineId}::uuid and line.cart_id = (select id from cart)
    ), changed as (
      update cart_lines set quantity = ${line.quantity}::int, seen_price_amount = line.price_amount
      from line where cart_lines.id = line.id and (line.available >= ${line.quantity}::int or cart_lines.quantity > ${line.quantity}::int)
      returning cart_lines.id
    )
    select exists (select from cart) as is_cart_open, exists (select from line) as has_line,
      exists (select from changed) as is_changed, coalesce((select available from line), 0) as available`.execute(db)
  return rows[0] ?? { isCartOpen: false, hasLine: false, isChanged: false, available: 0 }
}

export async function deleteLine(
  db: DbOrTx,
  line: { keyHash: Buffer; lineId: string; now: Date },
): Promise<{ isCartOpen: boolean; isDeleted: boolean }> {
  const { rows } = await sql<{ isCartOpen: boolean; isDeleted: boolean }>`
    with cart as (
      update carts set updated_at = ${line.now}::timestamptz where key_hash = ${line.keyHash} and state = 'open' returning id
    ), deleted as (
      delete from cart_lines where id = ${line.lineId}::uuid and cart_id = (select id from cart) returning id
    )
    select exists (select from cart) as is_cart_open, exists (select from deleted) as is_deleted`.execute(db)
  return rows[0] ?? { isCartOpen: false, isDeleted: false }
}

/** Makes the lines match what is there: today's prices, quantities cut to stock, what cannot be bought dropped. */
export async function acceptLineChanges(db: DbOrTx, cart: { keyHash: Buffer; now: Date }): Promise<boolean> {
  const { rows } = await sql`
    with cart as (
      update carts set updated_at = ${cart.now}::timestamptz where key_hash = ${cart.keyHash} and state = 'open' returning id
    ), line as (
      select line.id, item.price_amount, case when item.is_for_sale then item.available else 0 end as buyable
      from cart_lines line join sellable_variants item on item.variant_id = line.variant_id
      where line.cart_id = (select id from cart)
    ), dropped as (
      delete from cart_lines using line where cart_lines.id = line.id and line.buyable = 0
    ), kept as (
      update cart_lines set quantity = least(quantity, line.buyable), seen_price_amount = line.price_amount
      from line where cart_lines.id = line.id and line.buyable > 0
    )
    select id from cart`.execute(db)
  return rows.length > 0
}

interface CartDetails {
  dataKey?: Buffer | null
  contactSealed?: Buffer | null
  addressSealed?: Buffer | null
  emirate?: string | null
  deliveryMethod?: string | null
}

interface CartUpdate extends CartDetails {
  /** The data key the caller sealed with must still be the cart's (null: it has none yet). */
  expectedDataKey?: Buffer | null
  now: Date
}

/** Writes who, where or how. Returns false when the cart is not open or its data key is another by now. */
export async function updateCart(db: DbOrTx, keyHash: Buffer, update: CartUpdate): Promise<boolean> {
  const { now, expectedDataKey, ...columns } = update
  const row = await db
    .updateTable('carts')
    .set({ ...columns, updatedAt: now })
    .where('keyHash', '=', keyHash)
    .where('state', '=', 'open')
    .$if(expectedDataKey !== undefined, (query) =>
      query.where(sql<boolean>`data_key is not distinct from ${expectedDataKey}`),
    )
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** The cart has become an order: it can only be read until it is reopened. */
export async function markCheckedOut(tx: Tx, cart: { id: string; orderId: string; now: Date }): Promise<void> {
  await tx
    .updateTable('carts')
    .set({ state: 'checked-out', orderId: cart.orderId, updatedAt: cart.now })
    .where('id', '=', cart.id)
    .execute()
}

/** Deletes open carts nobody touched since `before`; their lines and sealed details go with them. */
export const deleteAbandonedCarts = (db: DbOrTx, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from carts where state = 'open' and updated_at < ${before} and id = any(array(
      select id from carts where state = 'open' and updated_at < ${before} limit ${limit}))`.execute(db),
  )
