import { Address, Contact } from '@dhow/contracts/address.ts'
import type { OrderLine, OrderView, PaymentView } from '@dhow/contracts/orders.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import type { Sealer } from '../../platform/crypto/sealing.ts'
import { openDeliveryCode } from './delivery-code.ts'
import { isOpen, toldPaymentState } from './order-state.ts'
import type { OrderRecord } from './order-record.sql.ts'

function lineView(line: OrderRecord['lines'][number], isArabic: boolean): OrderLine {
  const name = isArabic ? line.nameAr : line.nameEn
  return {
    id: line.id,
    variantId: line.variantId,
    slugs: { en: line.slugEn, ar: line.slugAr },
    name,
    optionText: isArabic ? line.optionTextAr : line.optionTextEn,
    sku: line.sku,
    picture: line.picture && { ...line.picture, alt: name },
    quantity: line.quantity,
    unitPrice: money(line.unitPriceAmount),
    total: money(line.totalAmount),
    vat: money(line.vatAmount),
  }
}

/** Contact and address of an order. Throws when they were erased: callers ask for orders that are still somebody's. */
export function openOrderDetails(sealer: Sealer, order: OrderRecord): { contact: Contact; address: Address } {
  const { dataKey, contactSealed, addressSealed } = order
  if (!dataKey || !contactSealed || !addressSealed) throw new Error(`order ${order.id} has been erased`)
  return {
    contact: Contact.parse(sealer.openJson(dataKey, 'contact', contactSealed)),
    address: Address.parse(sealer.openJson(dataKey, 'address', addressSealed)),
  }
}

/** Where the cash is, once it was promised; the code is the shopper's to give. */
function cashView(order: OrderRecord, sealer: Sealer): OrderView['cash'] {
  const { cashState: state, dataKey, deliveryCodeSealed } = order
  return state && { state, deliveryCode: openDeliveryCode(sealer, dataKey, deliveryCodeSealed) }
}

function paymentView(order: OrderRecord): PaymentView {
  const state = toldPaymentState(order)
  return {
    id: order.paymentId,
    method: order.paymentMethod,
    state,
    amount: money(order.paymentAmount),
    captured: money(order.capturedAmount),
    refunded: money(order.refundedAmount),
    wallet: order.wallet,
    card: order.cardBrand && order.cardLast4 ? { brand: order.cardBrand, last4: order.cardLast4 } : null,
    // Also of a session that has run out: the order waits for another try.
    declineReason: state === 'failed' || state === 'cancelled' ? order.declineReason : null,
  }
}

/** The order as whoever holds its token sees it, in the language they asked for. */
export function toOrderView(order: OrderRecord, locale: Locale, sealer: Sealer): OrderView {
  const payment = paymentView(order)
  return {
    number: order.number,
    state: order.state,
    placedAt: order.placedAt.toISOString(),
    locale: order.locale,
    ...openOrderDetails(sealer, order),
    delivery: {
      method: order.deliveryMethod,
      price: money(order.deliveryAmount),
      earliest: order.deliveryEarliest,
      latest: order.deliveryLatest,
    },
    lines: order.lines.map((line) => lineView(line, locale === 'ar')),
    itemCount: order.lines.reduce((count, line) => count + line.quantity, 0),
    totals: {
      subtotal: money(order.subtotalAmount),
      delivery: money(order.deliveryAmount),
      vat: money(order.vatAmount),
      grandTotal: money(order.grandTotalAmount),
      paymentFee: money(order.paymentFeeAmount),
      storeCredit: money(order.storeCreditAmount),
      rounding: money(order.roundingAmount),
      due: money(order.grandTotalAmount - order.storeCreditAmount + order.roundingAmount),
    },
    payment,
    refunds: order.refunds.map((refund) => ({ ...refund, amount: money(refund.amount) })),
    cash: cashView(order, sealer),
    canChangeMethod: isOpen(order.state) && payment.state !== 'processing',
    // What a person looks into does not run out.
    payBefore: order.isHeld ? null : (order.deadlineAt?.toISOString() ?? null),
    canCancel: isOpen(order.state) && !order.isHeld,
    timeline: order.timeline,
  }
}
