import type { CashState, RowOutcome } from '@dhow/contracts/cod.ts'
import type { FileRow } from './read-file.ts'

/** What is written down of an order the file names. */
export interface KnownCash {
  state: Exclude<CashState, 'to-confirm'> | null
  /** What the courier took at the door, as it was written down then. */
  collected: number | null
}

export interface JudgedRow {
  outcome: RowOutcome
  /** What was collected; null for what nothing is known of, or nothing was collected. */
  expected: number | null
}

const isPaidOut = (state: KnownCash['state']): boolean => state === 'remitted' || state === 'reconciled'

/**
 * How a row of a courier's file fits what was collected. An order that was remitted before, or by a line above, is a duplicate:
 * the same cash comes once.
 */
export function judgeRow(
  row: Pick<FileRow, 'collected' | 'fee' | 'remitted'>,
  known: KnownCash | undefined,
  isAgain: boolean,
): JudgedRow {
  if (!known) return { outcome: 'unknown-order', expected: null }
  if (isAgain || isPaidOut(known.state)) return { outcome: 'duplicate', expected: null }
  if (known.state !== 'collected' || known.collected === null) return { outcome: 'not-collected', expected: null }
  if (row.collected !== known.collected) return { outcome: 'amount-differs', expected: known.collected }
  if (row.remitted + row.fee !== row.collected) return { outcome: 'fee-differs', expected: known.collected }
  return { outcome: 'matched', expected: known.collected }
}

/** Rows whose money is of an order: it is booked with them, whole or not. */
export const isBooked = (outcome: RowOutcome): boolean =>
  outcome === 'matched' || outcome === 'amount-differs' || outcome === 'fee-differs'

/** What came, fee included, less what should have: below zero is missing. */
export const varianceOf = (row: { fee: number; remitted: number; expected: number | null }): number =>
  row.remitted + row.fee - (row.expected ?? 0)
