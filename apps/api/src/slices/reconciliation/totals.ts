import type { PaymentTruth } from '../../providers/payments/port.ts'
import type { PaymentBook } from './books.sql.ts'

/** Sums of what was compared, minor units. */
export interface Sums {
  count: number
  captured: number
  refunded: number
  fees: number
  paidOut: number
}

export interface Totals {
  ours: Sums
  theirs: Sums
  /** Payments of others on the same account, which nobody compares. */
  foreign: number
}

const nothing = (): Sums => ({ count: 0, captured: 0, refunded: 0, fees: 0, paidOut: 0 })

export const emptyTotals = (): Totals => ({ ours: nothing(), theirs: nothing(), foreign: 0 })

export function addOurs({ ours }: Totals, book: PaymentBook): void {
  ours.count += 1
  ours.captured += book.capturedAmount
  ours.refunded += book.refundedAmount
}

export function addTheirs({ theirs }: Totals, truth: PaymentTruth): void {
  theirs.count += 1
  theirs.captured += truth.capturedAmount
  theirs.refunded += truth.refundedAmount
}
