import type { Locale } from '@dhow/contracts/primitives.ts'
import type { DeliveryMethod, PaidMethod } from '@dhow/contracts/cart.ts'
import type { DeclineReason, OrderState, OrderView, PaymentState, TimelineKind } from '@dhow/contracts/orders.ts'
import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import type { ProviderName } from '../../providers/payments/port.ts'

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

const lockedOrderColumns = [
  'id',
  'number',
  'state',
  'deadlineAt',
  'locale',
  'customerId',
  'grandTotalAmount',
  'vatAmount',
  'paymentFeeAmount',
  'paymentFeeVatAmount',
  'storeCreditAmount',
  'roundingAmount',
] as const

/** Locks one order. Always before its payments, never after, so that two transitions cannot deadlock. */
export const lockOrder = (tx: Tx, orderId: string): Promise<LockedOrder | undefined> =>
  tx
    .selectFrom('orders')
    .select(lockedOrderColumns)
    .where('id', '=', orderId)
    .forUpdate()
    .$castTo<LockedOrder>()
    .executeTakeFirst()

export interface Transition {
  orderId: string
  from: OrderState
  to: OrderState
  kinds: readonly TimelineKind[]
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

/** Guarded move with its timeline rows, in one statement. Undefined when the order is not in `from` any more. */
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
    select * from moved`.execute(tx)
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

export interface OrderRecord {
  id: string
  number: string
  state: OrderState
  cartId: string
  customerId: string | null
  locale: Locale
  subtotalAmount: number
  deliveryAmount: number
  vatAmount: number
  grandTotalAmount: number
  deliveryMethod: DeliveryMethod
  deliveryEarliest: string
  deliveryLatest: string
  dataKey: Buffer | null
  contactSealed: Buffer | null
  addressSealed: Buffer | null
  deadlineAt: Date | null
  placedAt: Date
  lines: (NewOrderLine & { picture: { key: string; width: number; height: number; widths: number[] } | null })[]
  timeline: { at: string; kind: TimelineKind }[]
  refunds: (Omit<OrderView['refunds'][number], 'amount'> & { amount: number })[]
  paymentId: string
  paymentRef: string | null
  paymentMethod: PaidMethod
  provider: ProviderName | 'store-credit'
  sessionRef: string | null
  redirectUrl: string | null
  capturedAmount: number
  refundedAmount: number
  wallet: 'apple-pay' | 'google-pay' | 'link' | null
  paymentFeeAmount: number
  storeCreditAmount: number
  roundingAmount: number
  paymentState: PaymentState
  paymentAmount: number
  /** Of cash that was promised. */
  cashState: NonNullable<OrderView['cash']>['state'] | null
  deliveryCodeSealed: Buffer | null
  cardBrand: string | null
  cardLast4: string | null
  declineReason: DeclineReason | null
}

export type OrderKey = { id: string } | { number: string } | { number: string; customerId: string }

function whereKey(by: OrderKey) {
  if ('id' in by) return sql`o.id = ${by.id}`
  return 'customerId' in by
    ? sql`o.number = ${by.number} and o.customer_id = ${by.customerId}`
    : sql`o.number = ${by.number}`
}

/** One order with lines, timeline and payment in one statement, by its number or id. Plan: unique index, then index scans. */
export async function findOrder(db: DbOrTx, by: OrderKey): Promise<OrderRecord | undefined> {
  const { rows } = await sql<OrderRecord>`
    select o.id, o.number, o.state, o.cart_id, o.customer_id, o.locale, o.subtotal_amount, o.delivery_amount, o.vat_amount, o.grand_total_amount,
      o.payment_fee_amount, o.store_credit_amount, o.rounding_amount, o.delivery_method, o.delivery_earliest, o.delivery_latest, o.data_key, o.contact_sealed, o.address_sealed, o.deadline_at, o.placed_at,
      payment.payment_id, payment.provider_ref as payment_ref, payment.method as payment_method, payment.state as payment_state, payment.amount as payment_amount,
      payment.provider, payment.session_ref, payment.redirect_url, payment.captured_amount, payment.refunded_amount, payment.wallet, payment.card_brand, payment.card_last4, payment.decline_reason,
      cash.state as cash_state, cash.delivery_code_sealed,
      (select json_agg(json_build_object(
        'id', line.id, 'position', line.position, 'variantId', line.variant_id, 'productId', line.product_id, 'sku', line.sku,
        'nameEn', line.name_en, 'nameAr', line.name_ar, 'optionTextEn', line.option_text_en, 'optionTextAr', line.option_text_ar,
        'slugEn', line.slug_en, 'slugAr', line.slug_ar, 'quantity', line.quantity, 'unitPriceAmount', line.unit_price_amount,
        'totalAmount', line.total_amount, 'vatRateBp', line.vat_rate_bp, 'vatAmount', line.vat_amount,
        'picture', case when line.picture_key is null then null else (select json_build_object('key', picture.key, 'width', picture.width,
          'height', picture.height, 'widths', picture.widths) from pictures picture where picture.key = line.picture_key) end
        ) order by line.position) from order_lines line where line.order_id = o.id) as lines,
      (select json_agg(json_build_object('at', to_char(told.at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"'), 'kind', told.kind) order by told.id)
        from order_timeline told where told.order_id = o.id) as timeline,
      (select coalesce(json_agg(json_build_object('id', back.id, 'amount', back.amount, 'destination', back.destination, 'state', back.state,
        'at', to_char(back.created_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')) order by back.created_at, back.id), '[]'::json)
        from order_refunds back where back.order_id = o.id) as refunds
    from orders o join order_payments payment on payment.order_id = o.id left join order_cash cash on cash.payment_id = payment.payment_id
    where ${whereKey(by)}`.execute(db)
  return rows[0]
}

/** The order a phone or an e-mail was given for; both are compared by their blind index. */
export const findOrderByContact = (
  db: DbOrTx,
  by: { number: string; index: Buffer[] },
): Promise<{ id: string; number: string } | undefined> =>
  db
    .selectFrom('orders')
    .select(['id', 'number'])
    .where('number', '=', by.number)
    .where((eb) => eb.or([eb('emailIndex', 'in', by.index), eb('phoneIndex', 'in', by.index)]))
    .executeTakeFirst()

/**
 * Unpaid orders whose time is up, oldest first, but for those whose payment waits for a person: they would stand before all
 * others for ever. Plan: partial index orders_deadline_idx.
 */
export async function listOverdueOrders(db: DbOrTx, now: Date, limit: number): Promise<string[]> {
  const rows = await db
    .selectFrom('orders')
    .select('id')
    .where('state', '=', 'awaiting-payment')
    .where('deadlineAt', '<', now)
    .where(
      sql<boolean>`not exists (select from order_payments payment where payment.order_id = orders.id and payment.is_held)`,
    )
    .orderBy('deadlineAt')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}

/** Products whose cards may say something else now. */
export async function listProductsOfOrder(db: DbOrTx, orderId: string): Promise<string[]> {
  const rows = await db.selectFrom('orderLines').select('productId').distinct().where('orderId', '=', orderId).execute()
  return rows.map((row) => row.productId)
}
