import type { PaymentState } from '@dhow/contracts/orders.ts'
import type { DifferenceClass } from '@dhow/contracts/reconciliation.ts'
import type { PaymentTruth } from '../../providers/payments/port.ts'

/** Amounts, states and ids; never personal data. */
export type Side = Record<string, string | number | boolean | null>

export interface Mismatch {
  class: DifferenceClass
  ours: Side
  theirs: Side
}

/** What of an attempt is compared. */
export interface Compared {
  state: PaymentState
  currency: string
  amount: number
  authorisedAmount: number
  capturedAmount: number
  refundedAmount: number
  /** What the ledger has booked between shopper and bank. */
  bookedAmount: number
}

/** How far the money is. Between the open states nothing has moved, and declines come and go. */
const phaseOf: Record<PaymentState, 'open' | 'held' | 'taken' | 'over'> = {
  pending: 'open',
  'requires-action': 'open',
  processing: 'open',
  failed: 'open',
  authorised: 'held',
  captured: 'taken',
  cancelled: 'over',
}

/** Nothing was ever paid, here or there: one side has given up before the other noticed. */
function areBothEmpty(ours: Compared, theirs: PaymentTruth): boolean {
  const isIdle = (state: PaymentState): boolean => phaseOf[state] === 'open' || phaseOf[state] === 'over'
  return isIdle(ours.state) && isIdle(theirs.state) && ours.capturedAmount === 0 && theirs.capturedAmount === 0
}

function amountsOf(one: Compared | PaymentTruth): Side {
  const { amount, capturedAmount, refundedAmount, currency } = one
  return { amount, currency, captured: capturedAmount, refunded: refundedAmount }
}

/** Whether one of these is not as the other has it, in a way that moves money. Pure. */
export function comparePayment(ours: Compared, theirs: PaymentTruth): Mismatch[] {
  const found: Mismatch[] = []
  if (ours.currency !== theirs.currency)
    found.push({ class: 'currency', ours: amountsOf(ours), theirs: amountsOf(theirs) })
  const isAmountOff =
    ours.amount !== theirs.amount ||
    ours.capturedAmount !== theirs.capturedAmount ||
    ours.refundedAmount !== theirs.refundedAmount
  const isBoth = areBothEmpty(ours, theirs)
  if (isAmountOff && !isBoth) found.push({ class: 'amount', ours: amountsOf(ours), theirs: amountsOf(theirs) })
  if (phaseOf[ours.state] !== phaseOf[theirs.state] && !isBoth)
    found.push({
      class: 'state',
      ours: { state: ours.state },
      theirs: { state: theirs.state, providerState: theirs.providerState },
    })
  return found
}

/** The ledger against the attempt's own columns: what it booked is what was taken less what was given back. Pure. */
export function compareLedger(ours: Compared): Mismatch[] {
  const expected = ours.capturedAmount - ours.refundedAmount
  return ours.bookedAmount === expected
    ? []
    : [{ class: 'ledger', ours: { booked: ours.bookedAmount }, theirs: { takenLessRefunded: expected } }]
}

/** Whether our handler should look before anybody is told: anything at all is news, also what moves no money. */
export const isNews = (ours: Compared, theirs: PaymentTruth): boolean =>
  ours.state !== theirs.state ||
  ours.capturedAmount !== theirs.capturedAmount ||
  ours.refundedAmount !== theirs.refundedAmount ||
  ours.amount !== theirs.amount ||
  ours.currency !== theirs.currency

/** Money that stands there, or is on its way: what we do not know of matters only then. */
export const holdsMoney = (theirs: PaymentTruth): boolean =>
  theirs.capturedAmount > theirs.refundedAmount || theirs.state === 'authorised' || theirs.state === 'processing'
