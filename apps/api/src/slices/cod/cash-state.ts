import type { PaymentTables } from '../../platform/db/payment-tables.ts'

export type CashState = PaymentTables['codCollections']['state']

/**
 * Every move the cash of an order may make: promised, taken at the door, paid out by the courier, and matched. A payout that is
 * less than what was taken waits between `remitted` and `reconciled` until somebody has decided.
 */
const moves: Record<CashState, readonly CashState[]> = {
  pending: ['collected', 'refused', 'cancelled'],
  collected: ['remitted', 'reconciled'],
  remitted: ['reconciled'],
  reconciled: [],
  refused: [],
  cancelled: [],
}

const states = Object.keys(moves) as CashState[] // the keys of the table above

/** Where cash may come from to be in `to`: the guard of its UPDATE. */
export const cashStatesBefore = (to: CashState): CashState[] => states.filter((from) => moves[from].includes(to))
