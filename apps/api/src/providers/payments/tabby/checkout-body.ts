import type { Address } from '@dhow/contracts/address.ts'
import { emirates } from '@dhow/contracts/address.ts'
import type { PaymentMethod } from '@dhow/contracts/cart.ts'
import { money, subtract, sum, toDecimal } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { Config } from '../../../config.ts'
import type { BeginPayment, Buyer, EligibilityRequest, PurchaseDetails, PurchaseItem } from '../port.ts'

/** Tabby takes no longer texts. */
const LONGEST_TEXT = 255
/** The Emirates have no postcodes, and Tabby wants one. */
const ZIP = '00000'
const MOST_ORDERS = 10

const short = (text: string): string => text.slice(0, LONGEST_TEXT)

/**
 * Latin and Arabic letters, digits and a handful of marks are all Tabby allows in addresses it returns to. Everything else, such as
 * the `_` of an order's link, is percent-encoded, which means the same.
 */
export const allowedUrl = (url: string): string =>
  url.replaceAll(/[^\p{Script=Latin}\p{Script=Arabic}\d\-\\|/:;.,+{}?&@=#%]/gu, (character) =>
    [...Buffer.from(character)].map((byte) => `%${byte.toString(16).toUpperCase().padStart(2, '0')}`).join(''),
  )

function addressBody(address: Address | null): object {
  if (!address) return { city: emirates['AE-DU'].en, address: 'not given yet', zip: ZIP }
  const { unit, building, street, area, emirate } = address
  const parts = [unit, building, street, area].filter((part) => part !== '')
  return { city: emirates[emirate].en, address: short(parts.join(', ')), zip: ZIP }
}

const buyerBody = ({ name, email, phone }: Buyer): object => ({ name: short(name), email, phone })

/** What a line would come to without its discount, and how much less it comes to. */
function lineAmounts({ unitPrice, quantity, total }: PurchaseItem): { discount: Money; value: Money } {
  const whole = money(unitPrice.amount * quantity)
  const discount = money(Math.max(0, whole.amount - total.amount))
  return { discount, value: subtract(whole, discount) }
}

/** An address cut short leads nowhere, and Arabic ones are long: three letters of a name are eighteen of its address. */
const urlField = (name: string, url: string | null): object =>
  url !== null && url.length <= LONGEST_TEXT ? { [name]: url } : {}

function itemBody(item: PurchaseItem): object {
  const { discount } = lineAmounts(item)
  return {
    reference_id: short(item.sku),
    title: short(item.name),
    quantity: item.quantity,
    unit_price: toDecimal(item.unitPrice),
    discount_amount: toDecimal(discount),
    category: short(item.category) || 'Other',
    ...urlField('image_url', item.pictureUrl),
    ...urlField('product_url', item.productUrl),
  }
}

type Goods = Pick<PurchaseDetails, 'items' | 'vat' | 'delivery'>

/**
 * Lines, delivery and discount, which together are the amount to the fils: the amount is what was agreed, so whatever the lines
 * and the delivery do not explain is discount, or part of the delivery.
 */
function orderBody(amount: Money, reference: string, { items, vat, delivery }: Goods): object {
  const lines = sum(items.map((item) => lineAmounts(item).value))
  const unexplained = amount.amount - lines.amount - delivery.amount
  return {
    reference_id: reference,
    items: items.map(itemBody),
    tax_amount: toDecimal(vat),
    shipping_amount: toDecimal(money(delivery.amount + Math.max(0, unexplained))),
    discount_amount: toDecimal(money(Math.max(0, -unexplained))),
  }
}

/** Tabby knows two ways to have paid; lenders, itself among them, are nearer to the card. */
const methodWords: Record<PaymentMethod, 'card' | 'cod'> = { card: 'card', tabby: 'card', tamara: 'card', cod: 'cod' }

type Person = { buyer: Buyer; address: Address | null }
type History = Pick<PurchaseDetails, 'buyerHistory' | 'orderHistory'>

function historyBody({ orderHistory }: History, { buyer, address }: Person): object[] {
  return orderHistory.slice(0, MOST_ORDERS).map(({ placedAt, amount, method, status }) => ({
    purchased_at: placedAt,
    amount: toDecimal(amount),
    payment_method: methodWords[method],
    status: status === 'cancelled' ? 'canceled' : status,
    buyer: buyerBody(buyer),
    shipping_address: addressBody(address),
  }))
}

/** @param now stands in for the day a guest's account was made: Tabby wants one. */
function buyerHistoryBody({ buyerHistory }: History, now: Date): object {
  return {
    registered_since: buyerHistory.registeredSince ?? now.toISOString(),
    loyalty_level: buyerHistory.successfulOrders,
    is_phone_number_verified: buyerHistory.isPhoneVerified,
    is_email_verified: buyerHistory.isEmailVerified,
  }
}

interface Purchase extends Person {
  amount: Money
  reference: string
  details: Goods & History
}

const paymentBody = ({ amount, reference, details, ...person }: Purchase, now: Date): object => ({
  amount: toDecimal(amount),
  currency: amount.currency,
  buyer: buyerBody(person.buyer),
  shipping_address: addressBody(person.address),
  order: orderBody(amount, reference, details),
  buyer_history: buyerHistoryBody(details, now),
  order_history: historyBody(details, person),
})

/** The session a shopper pays in. */
export function checkoutBody(
  config: Pick<Config, 'TABBY_MERCHANT_CODE'>,
  { request, details }: { request: Omit<BeginPayment, 'details'>; details: PurchaseDetails },
  now: Date,
): object {
  const { amount, orderNumber, orderId, locale, returnUrls } = request
  const { buyer, address } = details
  return {
    payment: {
      ...paymentBody({ amount, reference: orderNumber, details, buyer, address }, now),
      description: `Order ${orderNumber}`,
      meta: { order_id: orderId },
    },
    lang: locale,
    merchant_code: config.TABBY_MERCHANT_CODE,
    merchant_urls: {
      success: allowedUrl(returnUrls.success),
      cancel: allowedUrl(returnUrls.cancelled),
      failure: allowedUrl(returnUrls.failed),
    },
  }
}

const nothingKnown: Goods & History = {
  items: [],
  vat: money(0),
  delivery: money(0),
  buyerHistory: { registeredSince: null, successfulOrders: 0, isPhoneVerified: false, isEmailVerified: false },
  orderHistory: [],
}

/** The question whether a shopper would be taken: a session nobody is sent to. It names no order, since there may be none yet. */
export function eligibilityBody(
  config: Pick<Config, 'TABBY_MERCHANT_CODE'>,
  { request, buyer, details }: { request: EligibilityRequest; buyer: Buyer; details: (Goods & History) | undefined },
  now: Date,
): object {
  const { amount, address, locale } = request
  return {
    payment: paymentBody({ amount, reference: 'eligibility', details: details ?? nothingKnown, buyer, address }, now),
    lang: locale,
    merchant_code: config.TABBY_MERCHANT_CODE,
  }
}
