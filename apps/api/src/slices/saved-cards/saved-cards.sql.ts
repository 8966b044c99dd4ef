import type { DbOrTx } from '../../platform/db/database.ts'

interface Customer {
  accountId: string
  provider: string
}

/** Of two that come at once the first stays: the provider names the same shopper to both. */
export async function insertCustomerRef(
  db: DbOrTx,
  { providerRef, now, ...customer }: Customer & { providerRef: string; now: Date },
): Promise<void> {
  await db
    .insertInto('paymentCustomers')
    .values({ ...customer, providerRef, createdAt: now })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}

/** Names another shopper there, unless somebody else has done so meanwhile. */
export async function replaceCustomerRef(
  db: DbOrTx,
  { accountId, provider, from, to }: Customer & { from: string; to: string },
): Promise<void> {
  await db
    .updateTable('paymentCustomers')
    .set({ providerRef: to })
    .where('accountId', '=', accountId)
    .where('provider', '=', provider)
    .where('providerRef', '=', from)
    .execute()
}
