import type { AppContext } from '../../context.ts'
import type { Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { postCreditReturned, postCreditSpent } from '../ledger/ledger.ts'
import { addCredit, takeCredit } from './balance.sql.ts'

export interface CreditForOrder {
  orderId: string
  customerId: string
  amount: number
  /** The attempt it belongs to, so that changing the method may spend again: `<paymentId>`. */
  source: string
}

/** Credit pays for an order, and is booked: once for the same source. Throws `store-credit/not-enough`. */
export async function spendCredit(ctx: AppContext, tx: Tx, spend: CreditForOrder): Promise<void> {
  if (!(await postCreditSpent(ctx, tx, spend))) return
  if (!(await takeCredit(ctx, tx, spend))) throw new Problem('store-credit/not-enough')
}

/** Gives credit back that paid for an order nobody wants any more. Doing it again for the same source gives nothing more. */
export async function returnCredit(ctx: AppContext, tx: Tx, back: CreditForOrder): Promise<void> {
  if (await postCreditReturned(ctx, tx, back)) await addCredit(ctx, tx, back)
}
