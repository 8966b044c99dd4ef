import { randomUUID } from 'node:crypto'
import { getMe } from '@dhow/contracts/account.ts'
import { inTransaction, openDatabase } from '../../apps/api/src/platform/db/database.ts'
import { postCreditAdjusted } from '../../apps/api/src/slices/ledger/ledger.ts'
import { addCredit } from '../../apps/api/src/slices/store-credit/store-credit.ts'
import type { Shop } from './shop.ts'

/** Store credit, as staff give it; how they do is the back office's to test. */
export async function giveCredit(shop: Shop, accessToken: string, amount: number): Promise<void> {
  const { id: customerId } = await shop.api.call(getMe, { accessToken })
  const url = shop.db.options.connectionString ?? ''
  const { db, pool } = openDatabase({ url, poolSize: 1, applicationName: 'e2e' })
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
