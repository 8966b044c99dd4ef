import { Address, Contact } from '@dhow/contracts/address.ts'
import type { CartLine, CartView, DeliveryOption, LineNotice } from '@dhow/contracts/cart.ts'
import { maxLineQuantity } from '@dhow/contracts/primitives.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import type { Sealer } from '../../platform/crypto/sealing.ts'
import { offersTo, totalsOf, untilFree } from '../pricing/pricing.ts'
import type { DeliveryRate, OrderTotals } from '../pricing/pricing.ts'
import type { CartLineRecord, CartRecord } from './cart.sql.ts'

/** Why a line is not what the shopper put in, the gravest first. */
export function noticesOf(line: CartLineRecord): LineNotice[] {
  if (!line.isForSale) return [{ code: 'not-for-sale' }]
  if (line.available === 0) return [{ code: 'out-of-stock' }]
  const notices: LineNotice[] = []
  if (line.available < line.quantity) notices.push({ code: 'not-enough', available: line.available })
  if (line.seenPrice !== line.price) notices.push({ code: 'price-changed', was: money(line.seenPrice) })
  return notices
}

export const pricedLinesOf = (cart: CartRecord) =>
  cart.lines.map((line) => ({
    unitPrice: money(line.price),
    quantity: line.quantity,
    vatRateBasisPoints: line.vatRateBp,
  }))

export interface PricedCart {
  totals: OrderTotals
  /** The chosen delivery as it stands now; null when none is chosen or it is not offered any more. */
  delivery: DeliveryOption | null
}

/** Prices a cart as of now: lines, and the chosen delivery if it is still offered to its address. */
export function priceCart(cart: CartRecord, rates: readonly DeliveryRate[], now: Date): PricedCart {
  const lines = pricedLinesOf(cart)
  const { subtotal } = totalsOf(lines, null)
  const offers = cart.emirate && cart.deliveryMethod ? offersTo(rates, cart.emirate, subtotal, now) : []
  const delivery = offers.find((offer) => offer.method === cart.deliveryMethod) ?? null
  return { totals: totalsOf(lines, delivery?.price ?? null), delivery }
}

function lineView(line: CartLineRecord, total: CartLine['total'], locale: Locale): CartLine {
  const isArabic = locale === 'ar'
  return {
    id: line.id,
    variantId: line.variantId,
    productId: line.productId,
    slugs: { en: line.slugEn, ar: line.slugAr },
    name: isArabic ? line.nameAr : line.nameEn,
    optionText: isArabic ? line.optionTextAr : line.optionTextEn,
    sku: line.sku,
    picture: line.picture && { ...line.picture, alt: isArabic ? line.nameAr : line.nameEn },
    quantity: line.quantity,
    maxQuantity: Math.max(0, Math.min(line.available, maxLineQuantity)),
    unitPrice: money(line.price),
    compareAt: line.compareAt === null ? null : money(line.compareAt),
    total,
    notices: noticesOf(line),
  }
}

/** Opens what was sealed of a cart, or of the order it became; parsed again, since an older release may have written it. */
export function openCartDetails(
  sealer: Sealer,
  cart: Pick<CartRecord, 'dataKey' | 'contactSealed' | 'addressSealed'>,
): { contact: Contact | null; address: Address | null } {
  const { dataKey, contactSealed, addressSealed } = cart
  return {
    contact: dataKey && contactSealed ? Contact.parse(sealer.openJson(dataKey, 'contact', contactSealed)) : null,
    address: dataKey && addressSealed ? Address.parse(sealer.openJson(dataKey, 'address', addressSealed)) : null,
  }
}

export interface ViewInput {
  key: string
  cart: CartRecord
  rates: readonly DeliveryRate[]
  now: Date
  locale: Locale
  sealer: Sealer
}

/** The cart as its owner sees it, with today's prices and stock. */
export function toCartView({ key, cart, rates, now, locale, sealer }: ViewInput): CartView {
  const { totals, delivery } = priceCart(cart, rates, now)
  const lines = cart.lines.map((line, index) => lineView(line, totals.lines[index]?.total ?? money(0), locale))
  const { orderId, orderNumber, orderState } = cart
  return {
    id: key,
    state: cart.state,
    lines,
    itemCount: cart.lines.reduce((count, line) => count + line.quantity, 0),
    ...openCartDetails(sealer, cart),
    delivery,
    totals: { subtotal: totals.subtotal, delivery: totals.delivery, vat: totals.vat, grandTotal: totals.grandTotal },
    untilFreeDelivery: untilFree(rates, cart.emirate, totals.subtotal),
    needsAttention: cart.state === 'open' && lines.some((line) => line.notices.length > 0),
    order:
      orderId && orderNumber && orderState
        ? { number: orderNumber, token: sealer.orderToken(orderId), state: orderState }
        : null,
  }
}
