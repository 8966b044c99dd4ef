import type { DeliveryMethod, PaidMethod } from '@dhow/contracts/cart.ts'
import type { DeclineReason, OrderState, OrderView, PaymentState, TimelineKind } from '@dhow/contracts/orders.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'
import type { ProviderName } from '../../providers/payments/port.ts'
import type { NewOrderLine } from './orders.sql.ts'

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
  paymentFeeVatAmount: number
  storeCreditAmount: number
  roundingAmount: number
  paymentState: PaymentState
  paymentAmount: number
  /** Money that does not fit waits for a person. */
  isHeld: boolean
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
      o.payment_fee_amount, o.payment_fee_vat_amount, o.store_credit_amount, o.rounding_amount, o.delivery_method, o.delivery_earliest, o.delivery_latest, o.data_key, o.contact_sealed, o.address_sealed, o.deadline_at, o.placed_at,
      payment.payment_id, payment.provider_ref as payment_ref, payment.method as payment_method, payment.state as payment_state, payment.amount as payment_amount,
      payment.provider, payment.session_ref, payment.redirect_url, payment.captured_amount, payment.refunded_amount, payment.wallet, payment.card_brand, payment.card_last4, payment.decline_reason, payment.is_held,
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
