import { sql } from 'kysely'
import type { AppContext } from '../../context.ts'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { Problem } from '../../platform/http/problem.ts'
import { postCreditReturned, postCreditSpent } from '../ledger/ledger.ts'

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
