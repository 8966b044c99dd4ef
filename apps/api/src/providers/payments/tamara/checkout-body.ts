import type { Address } from '@dhow/contracts/address.ts'
import { emirates } from '@dhow/contracts/address.ts'
import { money, multiply, subtract, sum } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { BeginPayment, PurchaseDetails, PurchaseItem } from '../port.ts'
import { referenceOf } from './reference.ts'
import { toWire } from './wire.ts'

const LONGEST_NAME = 255
const LONGEST_SKU = 128
const LONGEST_URL = 1_024

/** Everybody has a first and a last name there; who gave one word has it twice. */
function namesOf(name: string): { first_name: string; last_name: string } {
  const [first = '', ...rest] = name.trim().split(/\s+/)
  return { first_name: first.slice(0, LONGEST_NAME), last_name: (rest.join(' ') || first).slice(0, LONGEST_NAME) }
}

const joined = (parts: readonly string[]): string =>
  parts
    .filter((part) => part !== '')
    .join(', ')
    .slice(0, LONGEST_NAME)

function addressBody({ recipientName, phone, emirate, area, building, unit, street, landmark }: Address): object {
  const line2 = joined([area, landmark])
  return {
    ...namesOf(recipientName),
    line1: joined([unit, building, street]),
    line2,
    region: emirates[emirate].en,
    city: emirates[emirate].en,
    country_code: 'AE',
    phone_number: phone,
  }
}

const urlField = (name: string, url: string | null): object =>
  url !== null && url.length <= LONGEST_URL ? { [name]: url } : {}

/**
 * A line's total is unit price × quantity less its discount, to the fils. Prices contain their VAT, as the shopper saw them: a
 * net unit price of odd VAT has no whole fils (three of 33.33 contain 4.76), so VAT stands beside the whole order only.
 */
function itemBody(item: PurchaseItem): object {
  const discount = subtract(multiply(item.unitPrice, item.quantity), item.total)
  return {
    reference_id: item.sku.slice(0, LONGEST_SKU),
    type: 'Physical',
    name: item.name.slice(0, LONGEST_NAME),
    sku: item.sku.slice(0, LONGEST_SKU),
    quantity: item.quantity,
    unit_price: toWire(item.unitPrice),
    ...(discount.amount > 0 && { discount_amount: toWire(discount) }),
    total_amount: toWire(item.total),
    ...urlField('image_url', item.pictureUrl),
    ...urlField('item_url', item.productUrl),
  }
}

/**
 * Lines + delivery − discount are the total. The amount is what was agreed, so what lines and delivery do not explain is
 * discount, or part of the delivery.
 */
function amountsBody(amount: Money, { items, delivery, vat }: PurchaseDetails): object {
  const unexplained = amount.amount - sum(items.map((item) => item.total)).amount - delivery.amount
  return {
    total_amount: toWire(amount),
    tax_amount: toWire(money(Math.min(vat.amount, amount.amount))),
    shipping_amount: toWire(money(delivery.amount + Math.max(0, unexplained))),
    ...(unexplained < 0 && { discount: { name: 'Store credit', amount: toWire(money(-unexplained)) } }),
  }
}

/** What Tamara wants to know before it lends; the more, the more it approves. No flag is sent that we do not know. */
function riskBody({ buyerHistory, orderHistory }: PurchaseDetails): object {
  const { registeredSince, successfulOrders, isPhoneVerified } = buyerHistory
  const [last] = orderHistory
  return {
    is_guest_user: registeredSince === null,
    is_existing_customer: successfulOrders > 0,
    has_delivered_order: orderHistory.some(({ status }) => status === 'complete'),
    is_COD_customer: orderHistory.some(({ method }) => method === 'cod'),
    is_phone_verified: isPhoneVerified,
    total_order_count: successfulOrders,
    ...(registeredSince !== null && { account_creation_date: dayOf(registeredSince) }),
    ...(last && { last_order_date: dayOf(last.placedAt), last_order_amount: toWire(last.amount).amount }),
  }
}

/** `31-12-2026`, as Tamara writes days. */
const dayOf = (instant: string): string => instant.slice(0, 10).split('-').toReversed().join('-')

/** The body of `POST /checkout`. */
export function checkoutBody(
  request: Omit<BeginPayment, 'details'>,
  details: PurchaseDetails,
  sessionMinutes: number,
): object {
  const { buyer, address, buyerHistory } = details
  const shipping = addressBody(address)
  return {
    order_reference_id: referenceOf(request),
    order_number: request.orderNumber,
    description: `Order ${request.orderNumber}`,
    country_code: 'AE',
    payment_type: 'PAY_BY_INSTALMENTS',
    locale: request.locale === 'ar' ? 'ar_SA' : 'en_US', // Tamara's Arabic, for the Emirates too
    ...amountsBody(request.amount, details),
    items: details.items.map(itemBody),
    consumer: {
      ...namesOf(buyer.name),
      phone_number: buyer.phone,
      email: buyer.email,
      is_first_order: buyerHistory.successfulOrders === 0,
    },
    shipping_address: shipping,
    billing_address: shipping,
    merchant_url: {
      success: request.returnUrls.success,
      failure: request.returnUrls.failed,
      cancel: request.returnUrls.cancelled,
    },
    platform: 'Dhow',
    expires_in_minutes: sessionMinutes,
    risk_assessment: riskBody(details),
  }
}
