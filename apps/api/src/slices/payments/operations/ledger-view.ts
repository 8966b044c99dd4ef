import type { getLedgerBalances, getOrderLedger, LedgerTransactionView } from '@dhow/contracts/admin-payments.ts'
import type { QueryOf, ResponseOf } from '@dhow/contracts/endpoint.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../../context.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { accountBalances, transactionsOfOrder } from '../../ledger/ledger.ts'
import type { BookedTransaction } from '../../ledger/ledger.ts'
import { findSoldOrder } from '../../orders/orders.ts'

export const toLedgerView = ({ at, entries, ...booked }: BookedTransaction): LedgerTransactionView => ({
  ...booked,
  at: at.toISOString(),
  entries: entries.map(({ account, amount }) => ({ account, amount: money(amount) })),
})

/** Throws `orders/not-found`. */
export async function viewOrderLedger(ctx: AppContext, number: string): Promise<ResponseOf<typeof getOrderLedger>> {
  const order = await findSoldOrder(ctx.db, { number })
  if (!order) throw new Problem('orders/not-found')
  const transactions = await transactionsOfOrder(ctx.db, order.id)
  const byAccount = Map.groupBy(
    transactions.flatMap(({ entries }) => entries),
    ({ account }) => account,
  )
  const balances = [...byAccount].map(([account, entries]) => ({
    account,
    balance: money(entries.reduce((sum, { amount }) => sum + amount, 0)),
  }))
  return { transactions: transactions.map(toLedgerView), balances }
}

export async function viewBalances(
  ctx: AppContext,
  { before }: QueryOf<typeof getLedgerBalances>,
): Promise<ResponseOf<typeof getLedgerBalances>> {
  const balances = await accountBalances(ctx.db, before === undefined ? undefined : new Date(before))
  return { items: balances.map(({ account, balance }) => ({ account, balance: money(balance) })) }
}
