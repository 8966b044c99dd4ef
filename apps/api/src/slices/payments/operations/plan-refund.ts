import type { RefundWish } from '@dhow/contracts/admin-refunds.ts'
import { Problem } from '../../../platform/http/problem.ts'
import type { SoldLine, SoldOrder } from '../../orders/orders.ts'
import type { PaymentRow } from '../payments.sql.ts'
import { amountOfUnits, vatOfPart } from './allocate-refund.ts'
import type { Sold, SoldUnits } from './allocate-refund.ts'
import { releasedVat } from './apply-captures.ts'
import type { RefundedLine, RefundRow } from './refunds.sql.ts'

/** Everything a refund is decided by, read under the order's lock or, to look only, without. */
export interface RefundBasis {
  order: SoldOrder
  givenLines: readonly RefundedLine[]
  /** The attempt that counts. */
  payment: PaymentRow
  /** Of the order, failed ones included. */
  refunds: readonly RefundRow[]
}

export interface Part {
  amount: number
  vatAmount: number
}

export interface LinePart extends Part {
  line: SoldLine
  quantity: number
}

/** What is given back, piece by piece; minor units. `roundingAmount` is zero or less, and contained in `amount`. */
export interface RefundPieces {
  lines: readonly LinePart[]
  delivery: Part
  paymentFee: Part
  otherAmount: number
  roundingAmount: number
  amount: number
}

const total = (parts: readonly { amount: number }[]): number => parts.reduce((sum, part) => sum + part.amount, 0)

const isAlive = (refund: RefundRow): boolean => refund.state !== 'failed'

/** Taken from the shopper for this order, by any means. */
export const paidFor = ({ order, payment }: RefundBasis): number => payment.capturedAmount + order.storeCreditAmount

/** Given back of the sale, or on its way. */
export const givenOf = ({ refunds }: RefundBasis): number =>
  total(refunds.filter((refund) => isAlive(refund) && refund.isOfSale))

/**
 * Until some of its money was taken an order can still be called off, which gives its store credit back by itself: a refund of
 * that credit before would be a second one.
 */
const isTaken = ({ provider, capturedAmount }: PaymentRow): boolean => provider === 'store-credit' || capturedAmount > 0

export const leftOf = (basis: RefundBasis): number =>
  basis.order.state === 'confirmed' && isTaken(basis.payment) ? Math.max(0, paidFor(basis) - givenOf(basis)) : 0

/** What the provider still has of it; nothing where there is no provider, as with cash and credit. */
export function leftAtProvider(basis: RefundBasis): number {
  const { provider, capturedAmount, refundRequestedAmount } = basis.payment
  if (provider === 'cod' || provider === 'store-credit') return 0
  return Math.min(leftOf(basis), capturedAmount - refundRequestedAmount)
}

/** Given back of an order without a second person. */
const givenAlone = ({ refunds }: RefundBasis): number =>
  total(
    refunds.filter((refund) => isAlive(refund) && refund.isOfSale && refund.approvalId === null && !refund.isExternal),
  )

/** What is left for this order of what one may give alone: whoever gave back the rest, so that nobody splits a large refund. */
export const leftAlone = (alone: number, basis: RefundBasis): number => Math.max(0, alone - givenAlone(basis))

export function soldUnits({ givenLines }: Pick<RefundBasis, 'givenLines'>, line: SoldLine): SoldUnits {
  const given = givenLines.find((row) => row.orderLineId === line.id)
  return {
    quantity: line.quantity,
    amount: line.totalAmount,
    vatAmount: line.vatAmount,
    givenQuantity: given?.quantity ?? 0,
    givenAmount: given?.amount ?? 0,
    givenVatAmount: given?.vatAmount ?? 0,
  }
}

export const soldDelivery = (order: SoldOrder): Sold => ({
  amount: order.deliveryAmount,
  vatAmount: order.deliveryVatAmount,
  givenAmount: order.refundedDeliveryAmount,
  givenVatAmount: order.refundedDeliveryVatAmount,
})

export const soldFee = (order: SoldOrder): Sold => ({
  amount: order.paymentFeeAmount,
  vatAmount: order.paymentFeeVatAmount,
  givenAmount: order.refundedPaymentFeeAmount,
  givenVatAmount: order.refundedPaymentFeeVatAmount,
})

function partOf(sold: Sold, amount: number, what: string): Part {
  if (amount > sold.amount - sold.givenAmount) throw new Problem('refunds/nothing-left', { part: what })
  return { amount, vatAmount: vatOfPart(sold, amount) }
}

function linePart(basis: RefundBasis, wish: RefundWish['lines'][number]): LinePart {
  const line = basis.order.lines.find(({ id }) => id === wish.lineId)
  if (!line) throw new Problem('refunds/nothing-left', { part: wish.lineId })
  const sold = soldUnits(basis, line)
  const quantity = 'quantity' in wish ? wish.quantity : 0
  if (quantity > sold.quantity - sold.givenQuantity) throw new Problem('refunds/nothing-left', { part: line.id })
  const amount = 'amount' in wish ? wish.amount.amount : amountOfUnits(sold, quantity)
  return { line, quantity, ...partOf(sold, amount, line.id) }
}

/**
 * Cash is rounded off, so that all that was sold comes to a few fils more than was paid. Whoever gives back all of it gives back
 * what was paid; more than that is not given.
 */
function roundingOf(basis: RefundBasis, amount: number): number {
  const over = amount - leftOf(basis)
  if (over <= 0) return 0
  if (over > Math.max(0, -basis.order.roundingAmount)) throw new Problem('refunds/nothing-left')
  return -over
}

/** What a wish comes to. Throws `refunds/nothing-left` for more than was sold or paid, and for nothing at all. */
export function planRefund(basis: RefundBasis, wish: RefundWish): RefundPieces {
  const lines = wish.lines.map((line) => linePart(basis, line)).filter((part) => part.amount > 0)
  const delivery = partOf(soldDelivery(basis.order), wish.delivery?.amount ?? 0, 'delivery')
  const paymentFee = partOf(soldFee(basis.order), wish.paymentFee?.amount ?? 0, 'payment-fee')
  const otherAmount = wish.other?.amount ?? 0
  const wanted = total(lines) + delivery.amount + paymentFee.amount + otherAmount
  const roundingAmount = roundingOf(basis, wanted)
  const amount = wanted + roundingAmount
  if (amount <= 0) throw new Problem('refunds/nothing-left')
  return { lines, delivery, paymentFee, otherAmount, roundingAmount, amount }
}

/** VAT that is still in the sale: what was let go instead of taken has left it, and so has what was given back. */
export function vatLeft({ order, payment, refunds }: RefundBasis): number {
  const released = payment.state === 'captured' ? payment.amount - payment.capturedAmount : 0
  const given = refunds.filter((refund) => isAlive(refund) && refund.isOfSale)
  return order.vatAmount - releasedVat(order, released) - given.reduce((sum, refund) => sum + refund.vatAmount, 0)
}

/** VAT of the pieces. */
export const vatOf = ({ lines, delivery, paymentFee }: RefundPieces): number =>
  [...lines, delivery, paymentFee].reduce((sum, part) => sum + part.vatAmount, 0)
