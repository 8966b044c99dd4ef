import { inTransaction } from '../src/platform/db/database.ts'
import { newId } from '../src/platform/ids.ts'
import { postCreditAdjusted } from '../src/slices/ledger/ledger.ts'
import { addCredit, balanceOf } from '../src/slices/store-credit/store-credit.ts'
import type { TestApp } from './app.ts'
import type { GivenCustomer } from './customer.ts'

/** Store credit as staff give it: balance and ledger together. */
export const giveCredit = ({ ctx }: TestApp, { account }: GivenCustomer, amount: number): Promise<void> =>
  inTransaction(ctx.db, async (tx) => {
    const change = { customerId: account.id, amount }
    await addCredit(ctx, tx, change)
    await postCreditAdjusted(ctx, tx, { ...change, source: newId() })
  })

export const creditOf = ({ db }: TestApp, { account }: GivenCustomer): Promise<number> => balanceOf(db, account.id)
