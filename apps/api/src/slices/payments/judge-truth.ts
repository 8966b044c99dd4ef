import type { PaymentTruth } from '../../providers/payments/port.ts'
import type { LockedOrder } from '../orders/orders.ts'
import { isBacked } from './payment-state.ts'
import type { PaymentRow } from './payments.sql.ts'

/**
 * What a truth may do. `apply`: it is the payment's, and moves payment and order. `hold`: money that is not what we asked for;
 * nothing moves until a person has looked. `book-and-hold`: money that is ours and pays for nothing; it is booked, the order is
 * left alone, and a person gives it back. `ignore`: not ours, and no money.
 */
export type Verdict =
  | { kind: 'apply' }
  | { kind: 'hold'; reason: string }
  | { kind: 'book-and-hold'; reason: string }
  | { kind: 'ignore' }

type Judged = Pick<PaymentRow, 'providerRef' | 'currency' | 'amount' | 'capturedAmount' | 'supersededAt'>
type JudgedOrder = Pick<LockedOrder, 'id' | 'state'>

/** The first thing that is not as we asked for it. */
function mismatchOf(payment: Judged, order: JudgedOrder, truth: PaymentTruth): string | undefined {
  if (truth.orderId !== order.id) return 'order-mismatch'
  if (payment.providerRef !== null && payment.providerRef !== truth.providerRef) return 'reference-mismatch'
  if (truth.currency !== payment.currency) return 'currency-mismatch'
  if (truth.amount !== payment.amount) return 'amount-mismatch'
  if (truth.authorisedAmount > payment.amount) return 'authorised-amount-mismatch'
  if (truth.capturedAmount > payment.amount) return 'captured-amount-mismatch'
  if (truth.refundedAmount > truth.capturedAmount) return 'refunded-amount-mismatch'
  // Less than all is only taken of a confirmed order, by ourselves.
  const isShort = truth.state === 'captured' ? truth.capturedAmount < payment.amount : isBelowHeld(payment, truth)
  return isShort && order.state === 'awaiting-payment' && payment.supersededAt === null
    ? `${truth.state}-amount-mismatch`
    : undefined
}

const isBelowHeld = (payment: Judged, truth: PaymentTruth): boolean =>
  truth.state === 'authorised' && truth.authorisedAmount < payment.amount

/** Money that was taken and backs no order: of an attempt that was replaced, or of an order that was given up. */
function uselessBecause(payment: Judged, order: JudgedOrder, truth: PaymentTruth): string | undefined {
  if (truth.capturedAmount <= payment.capturedAmount) return undefined
  if (order.state === 'cancelled') return 'captured-after-cancel'
  return payment.supersededAt === null ? undefined : 'paid-twice'
}

const hasMoney = (truth: PaymentTruth): boolean =>
  isBacked(truth.state) || truth.state === 'processing' || truth.capturedAmount > 0

/**
 * Whether a truth may move this attempt. What brings no money and is not ours, such as an older try that was abandoned, changes
 * nothing; our own payment that was cancelled is over, whatever its amount.
 */
export function judge(payment: Judged, order: JudgedOrder, truth: PaymentTruth): Verdict {
  const reason = mismatchOf(payment, order, truth)
  if (reason) {
    if (hasMoney(truth)) return { kind: 'hold', reason }
    const isOurs = payment.providerRef === truth.providerRef
    return isOurs && truth.state === 'cancelled' ? { kind: 'apply' } : { kind: 'ignore' }
  }
  const useless = uselessBecause(payment, order, truth)
  return useless ? { kind: 'book-and-hold', reason: useless } : { kind: 'apply' }
}
