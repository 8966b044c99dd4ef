import type { PaidMethod } from '@dhow/contracts/cart.ts'
import type { OrderState, PaymentState } from '@dhow/contracts/orders.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

/** What a payment's provider is told of every order. */
export interface OrderToPay {
  number: string
  locale: Locale
  customerId: string | null
}

export const findOrderToPay = (db: DbOrTx, orderId: string): Promise<OrderToPay | undefined> =>
  db
    .selectFrom('orders')
    .select(['number', 'locale', 'customerId'])
    .where('id', '=', orderId)
    .$castTo<OrderToPay>()
    .executeTakeFirst()

export interface PurchasedItem {
  sku: string
  nameEn: string
  nameAr: string
  category: string
  quantity: number
  unitPriceAmount: number
  totalAmount: number
  vatAmount: number
  pictureKey: string | null
  slugEn: string
  slugAr: string
}

export interface EarlierOrder {
  /** ISO 8601. */
  placedAt: string
  amount: number
  method: PaidMethod
  state: OrderState
  paymentState: PaymentState
  capturedAmount: number
  refundedAmount: number
}

/** What a provider of instalments asks before it lends. */
export interface Purchase extends OrderToPay {
  vatAmount: number
  deliveryAmount: number
  storeCreditAmount: number
  dataKey: Buffer | null
  contactSealed: Buffer | null
  addressSealed: Buffer | null
  items: PurchasedItem[]
  /** Orders the same customer placed before, newest first, ten at most; none for guests: nobody has proven who they are. */
  earlier: EarlierOrder[]
  /** How many of all their orders were paid. */
  paidCount: number
}

/** Everything about the goods and the buyer's orders in one statement. Plan: index scans by order, then by customer. */
export async function findPurchase(db: DbOrTx, orderId: string): Promise<Purchase | undefined> {
  const { rows } = await sql<Purchase>`
    select o.number, o.locale, o.customer_id, o.vat_amount, o.delivery_amount, o.store_credit_amount, o.data_key, o.contact_sealed, o.address_sealed,
      (select json_agg(json_build_object('sku', item.sku, 'nameEn', item.name_en, 'nameAr', item.name_ar, 'category', item.category,
        'quantity', item.quantity, 'unitPriceAmount', item.unit_price_amount, 'totalAmount', item.total_amount, 'vatAmount', item.vat_amount,
        'pictureKey', item.picture_key, 'slugEn', item.slug_en, 'slugAr', item.slug_ar) order by item.position)
        from purchase_items item where item.order_id = o.id) as items,
      (select coalesce(json_agg(json_build_object('placedAt', to_char(before.placed_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"'),
        'amount', before.grand_total_amount, 'method', payment.method, 'state', before.state, 'paymentState', payment.state,
        'capturedAmount', payment.captured_amount, 'refundedAmount', payment.refunded_amount) order by before.placed_at desc), '[]'::json)
        from (select id, placed_at, grand_total_amount, state from orders
          where customer_id = o.customer_id and id <> o.id order by placed_at desc, id desc limit 10) before
        join order_payments payment on payment.order_id = before.id) as earlier,
      (select count(*)::int from orders paid where paid.customer_id = o.customer_id and paid.state = 'confirmed' and paid.id <> o.id) as paid_count
    from orders o where o.id = ${orderId}`.execute(db)
  return rows[0]
}
