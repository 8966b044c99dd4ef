import { sql } from 'kysely'
import type { AppContext } from '../../context.ts'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'

/** What a customer has, minor units; zero for who never had any. */
export async function balanceOf(db: DbOrTx, customerId: string): Promise<number> {
  const row = await db
    .selectFrom('storeCreditAccounts')
    .select('balanceAmount')
    .where('customerId', '=', customerId)
    .executeTakeFirst()
  return row?.balanceAmount ?? 0
}

/** Adds to a customer's credit, whoever's words say why: the caller books it in the same transaction. */
export async function addCredit(
  ctx: Pick<AppContext, 'clock'>,
  tx: Tx,
  { customerId, amount }: { customerId: string; amount: number },
): Promise<void> {
  const now = ctx.clock.now()
  await sql`
    insert into store_credit_accounts as kept (customer_id, balance_amount, updated_at) values (${customerId}, ${amount}, ${now})
    on conflict (customer_id) do update set balance_amount = kept.balance_amount + ${amount}, updated_at = ${now}`.execute(
    tx,
  )
}

/** Takes from a customer's credit if there is enough: one guarded UPDATE, so that two orders cannot spend the same dirham. */
export async function takeCredit(
  ctx: Pick<AppContext, 'clock'>,
  tx: Tx,
  { customerId, amount }: { customerId: string; amount: number },
): Promise<boolean> {
  const row = await tx
    .updateTable('storeCreditAccounts')
    .set((eb) => ({ balanceAmount: eb('balanceAmount', '-', amount), updatedAt: ctx.clock.now() }))
    .where('customerId', '=', customerId)
    .where('balanceAmount', '>=', amount)
    .returning('customerId')
    .executeTakeFirst()
  return row !== undefined
}
