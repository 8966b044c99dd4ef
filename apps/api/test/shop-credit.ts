import { randomUUID } from 'node:crypto'
import { inTransaction, openDatabase } from '../src/platform/db/database.ts'
import { postCreditAdjusted } from '../src/slices/ledger/ledger.ts'
import { addCredit } from '../src/slices/store-credit/store-credit.ts'

/** Gives a customer store credit in a shop that runs elsewhere, as staff would; how they do is the back office's to test. */
export async function giveCreditIn(
  databaseUrl: string,
  { customerId, amount }: { customerId: string; amount: number },
): Promise<void> {
  const { db, pool } = openDatabase({ url: databaseUrl, poolSize: 1, applicationName: 'test' })
  const ctx = { clock: { now: () => new Date() } }
  try {
    await inTransaction(db, async (tx) => {
      await addCredit(ctx, tx, { customerId, amount })
      await postCreditAdjusted(ctx, tx, { customerId, amount, source: randomUUID() })
    })
  } finally {
    await pool.end()
  }
}
