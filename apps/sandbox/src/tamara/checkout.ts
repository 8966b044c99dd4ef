import { randomInt, randomUUID } from 'node:crypto'
import { isHttpUrl } from '../config.ts'
import { invalid, notFound, wrongState } from './errors.ts'
import { moveOrder, requireOrder } from './orders.ts'
import { MAXIMUM_FILS, MINIMUM_FILS } from './people.ts'
import { keepOrder, type TamaraContext, type TamaraOrder } from './state.ts'
import { localPhone, readBody, type CheckoutBody, type WireItem } from './wire.ts'
import { toFils } from './wire-money.ts'

const DEFAULT_MINUTES = 30

/** `POST /checkout`: an order and the session it is paid in. The same reference again is another order, as at Tamara. */
export function createCheckout(ctx: TamaraContext, body: unknown): object {
  const request = readBody('Checkout', body)
  const total = checkAmounts(request)
  checkPeople(request)
  const nowMs = ctx.nowMs()
  const order: TamaraOrder = {
    id: randomUUID(),
    checkoutId: randomUUID(),
    referenceId: request.order_reference_id,
    status: 'new',
    step: 'phone',
    code: String(randomInt(100_000, 1_000_000)),
    phone: localPhone(request.consumer.phone_number),
    request,
    total,
    createdMs: nowMs,
    expiresMs: nowMs + (request.expires_in_minutes ?? DEFAULT_MINUTES) * 60_000,
    approvedMs: null,
    authorisedMs: null,
    captures: [],
    refunds: [],
    cancels: [],
  }
  keepOrder(ctx.state, order)
  const locale = request.locale === 'ar_SA' ? 'ar' : 'en'
  return {
    order_id: order.id,
    checkout_id: order.checkoutId,
    checkout_url: `${ctx.publicUrl()}/tamara/checkout/${order.checkoutId}?locale=${locale}`,
    status: 'new',
  }
}

/** `POST /checkout/{checkout_id}/void`: nobody can pay in this session any more. */
export function voidCheckout(ctx: TamaraContext, checkoutId: string, body: unknown): object {
  const { order_id } = readBody('VoidCheckout', body)
  const order = requireOrder(ctx, ctx.state.orderIdByCheckout.get(checkoutId) ?? '')
  if (order.id !== order_id) throw notFound()
  if (order.status !== 'new') throw wrongState('Only an unpaid session can be voided')
  moveOrder(ctx, order, 'canceled')
  return {
    order_was_voided: true,
    captured_amount: { amount: 0, currency: 'AED' },
    message: 'Checkout session was voided',
    store_code: null,
  }
}

function lineOf(item: WireItem): number {
  const total = toFils(item.total_amount)
  const tax = item.tax_amount ? toFils(item.tax_amount) : 0
  const discount = item.discount_amount ? toFils(item.discount_amount) : 0
  if (item.unit_price && toFils(item.unit_price) * item.quantity + tax - discount !== total)
    throw invalid('items_total_amount_invalid')
  return total
}

/** Each line is unit price × quantity + tax − discount; lines + shipping − discount are the total. To the fils. */
function checkAmounts(request: CheckoutBody): number {
  const total = toFils(request.total_amount)
  const tax = toFils(request.tax_amount)
  const discount = request.discount ? toFils(request.discount.amount) : 0
  const lines = request.items.reduce((sum, item) => sum + lineOf(item), 0)
  if (lines + toFils(request.shipping_amount) - discount !== total) throw invalid('total_amount_invalid')
  if (tax > total) throw invalid('tax_amount_invalid')
  if (total < MINIMUM_FILS || total > MAXIMUM_FILS) throw invalid('total_amount_invalid_limit')
  return total
}

function checkPeople({ country_code, consumer, shipping_address, billing_address, merchant_url }: CheckoutBody): void {
  if (country_code !== 'AE') throw invalid('currency_unsupported')
  localPhone(consumer.phone_number, 'consumer_invalid_phone_number')
  if (shipping_address.phone_number !== undefined)
    localPhone(shipping_address.phone_number, 'shipping_address_invalid_phone_number')
  if (shipping_address.country_code !== 'AE') throw invalid('not_supported_delivery_country')
  if (billing_address && billing_address.country_code !== 'AE') throw invalid('billing_address_country_invalid')
  const { success, failure, cancel } = merchant_url
  if (![success, failure, cancel].every(isHttpUrl)) throw invalid('merchant_url_invalid')
}
