import type { Locale } from '@dhow/contracts/primitives.ts'
import type { DeliveryMethod } from '@dhow/contracts/cart.ts'
import type { OrderState, TimelineKind } from '@dhow/contracts/orders.ts'
import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { jobId } from '../../platform/jobs/enqueue.ts'
import type { Job } from '../../platform/jobs/enqueue.ts'

export interface NewOrderLine {
  id: string
  position: number
  variantId: string
  productId: string
  sku: string
  nameEn: string
  nameAr: string
  optionTextEn: string
  optionTextAr: string
  slugEn: string
  slugAr: string
  pictureKey: string | null
  hsCode: string | null
  originCountry: string | null
  quantity: number
  unitPriceAmount: number
  totalAmount: number
  vatRateBp: number
  vatAmount: number
}

export interface NewOrder {
  id: string
  number: string
  cartId: string
  customerId: string | null
  locale: Locale
  subtotalAmount: number
  deliveryAmount: number
  deliveryVatAmount: number
  /** Contained in the grand total, the fee's included. */
  vatAmount: number
  grandTotalAmount: number
  paymentFeeAmount: number
  paymentFeeVatAmount: number
  storeCreditAmount: number
  roundingAmount: number
  deliveryMethod: DeliveryMethod
  deliveryEarliest: string
  deliveryLatest: string
  emirate: string
  dataKey: Buffer
  contactSealed: Buffer
  addressSealed: Buffer
  emailIndex: Buffer
  phoneIndex: Buffer
  deadlineAt: Date
  placedAt: Date
  lines: NewOrderLine[]
}

const snake = (name: string): string => name.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`)
const lineRow = (line: NewOrderLine) =>
  Object.fromEntries(Object.entries(line).map(([name, value]) => [snake(name), value]))

/** Writes an order, its frozen lines and the first row of its timeline in one statement. */
export async function insertOrder(tx: Tx, order: NewOrder): Promise<void> {
  const lines = JSON.stringify(order.lines.map((line) => ({ ...lineRow(line), order_id: order.id })))
  await sql`
    with placed as (
      insert into orders (id, number, state, cart_id, customer_id, locale, currency, subtotal_amount, delivery_amount, delivery_vat_amount, vat_amount,
        grand_total_amount, payment_fee_amount, payment_fee_vat_amount, store_credit_amount, rounding_amount, delivery_method, delivery_earliest, delivery_latest, emirate, data_key, contact_sealed, address_sealed,
        email_index, phone_index, deadline_at, placed_at, updated_at)
      values (${order.id}, ${order.number}, 'awaiting-payment', ${order.cartId}, ${order.customerId}, ${order.locale}, 'AED', ${order.subtotalAmount},
        ${order.deliveryAmount}, ${order.deliveryVatAmount}, ${order.vatAmount}, ${order.grandTotalAmount}, ${order.paymentFeeAmount},
        ${order.paymentFeeVatAmount}, ${order.storeCreditAmount}, ${order.roundingAmount}, ${order.deliveryMethod},
        ${order.deliveryEarliest}, ${order.deliveryLatest}, ${order.emirate}, ${order.dataKey}, ${order.contactSealed}, ${order.addressSealed},
        ${order.emailIndex}, ${order.phoneIndex}, ${order.deadlineAt}, ${order.placedAt}, ${order.placedAt})
    ), lined as (
      insert into order_lines select line.* from jsonb_populate_recordset(null::order_lines, ${lines}::jsonb) line
    )
    insert into order_timeline (order_id, kind, at) values (${order.id}, 'placed', ${order.placedAt})`.execute(tx)
}

/** An order whose row is locked, always before those of its payments, so that two transitions cannot deadlock. */
export interface LockedOrder {
  id: string
  number: string
  state: OrderState
  deadlineAt: Date | null
  locale: Locale
  customerId: string | null
  /** The method's fee included, store credit and rounding not. */
  grandTotalAmount: number
  vatAmount: number
  paymentFeeAmount: number
  paymentFeeVatAmount: number
  storeCreditAmount: number
  roundingAmount: number
}

export interface Transition {
  orderId: string
  from: OrderState
  to: OrderState
  kinds: readonly TimelineKind[]
  /** Work that follows from it. */
  job?: Job
  now: Date
}

/** What whoever moves an order goes on with. */
export interface MovedOrder {
  id: string
  customerId: string | null
  grandTotalAmount: number
  vatAmount: number
  storeCreditAmount: number
}

/** Guarded move with its timeline rows and its job, in one statement. Undefined when the order is not in `from` any more. */
export async function moveOrder(tx: Tx, move: Transition): Promise<MovedOrder | undefined> {
  const { rows } = await sql<MovedOrder>`
    with moved as (
      update orders set state = ${move.to}, deadline_at = null, updated_at = ${move.now}::timestamptz,
        confirmed_at = case when ${move.to} = 'confirmed' then ${move.now}::timestamptz else confirmed_at end,
        cancelled_at = case when ${move.to} = 'cancelled' then ${move.now}::timestamptz else cancelled_at end
      where id = ${move.orderId} and state = ${move.from}
      returning id, customer_id, grand_total_amount, vat_amount, store_credit_amount
    ), told as (
      insert into order_timeline (order_id, kind, at)
      select moved.id, kind, ${move.now}::timestamptz from moved, unnest(${[...move.kinds]}::text[]) with ordinality as kinds(kind, position) order by position
    )
    select moved.* ${move.job ? sql`, ${jobId(move.job)} as job_id` : sql``} from moved`.execute(tx)
  return rows[0]
}

export async function insertTimeline(
  tx: DbOrTx,
  row: { orderId: string; kind: TimelineKind; details?: object; at: Date },
): Promise<void> {
  await tx
    .insertInto('orderTimeline')
    .values({ ...row, details: JSON.stringify(row.details ?? {}) })
    .execute()
}

/** For a statement that must tell an order's timeline in the same breath: its last part, after one named `source` that gave `order_id`. */
export const timelineOf = (source: string, { kind, at }: { kind: TimelineKind; at: Date }) =>
  sql`insert into order_timeline (order_id, kind, at) select order_id, ${kind}, ${at}::timestamptz from ${sql.ref(source)}`

/** An unpaid order whose time is up. */
export interface OverdueOrder {
  id: string
  deadlineAt: Date
}

/**
 * Unpaid orders whose time is up, oldest first, but for those whose payment waits for a person. `after` is the last one of the page
 * before: those whose provider does not answer stay overdue, and must not keep all others waiting. Plan: partial index
 * orders_deadline_idx.
 */
export async function listOverdueOrders(
  db: DbOrTx,
  now: Date,
  { after, limit }: { after: OverdueOrder | undefined; limit: number },
): Promise<OverdueOrder[]> {
  const rest = after ? sql`and (deadline_at, id) > (${after.deadlineAt}::timestamptz, ${after.id}::uuid)` : sql``
  const { rows } = await sql<OverdueOrder>`
    select id, deadline_at from orders
    where state = 'awaiting-payment' and deadline_at < ${now}::timestamptz ${rest}
      and not exists (select from order_payments payment where payment.order_id = orders.id and payment.is_held)
    order by deadline_at, id limit ${limit}`.execute(db)
  return rows
}

/** Products whose cards may say something else now. */
export async function listProductsOfOrder(db: DbOrTx, orderId: string): Promise<string[]> {
  const rows = await db.selectFrom('orderLines').select('productId').distinct().where('orderId', '=', orderId).execute()
  return rows.map((row) => row.productId)
}
