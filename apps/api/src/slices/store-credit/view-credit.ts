import { StoreCredit } from '@dhow/contracts/store-credit.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import { databaseOf } from '../../platform/db/as-customer.ts'
import { Problem } from '../../platform/http/problem.ts'
import { isCustomer } from '../identity/identity.ts'
import { balanceOf } from './balance.sql.ts'
import { listCreditEntries, listOwnCreditEntries } from './store-credit.sql.ts'
import type { CreditEntryRow } from './store-credit.sql.ts'

export interface CreditPage {
  customerId: string
  limit: number
  cursor?: string | undefined
}

function toView(balance: number, rows: readonly CreditEntryRow[], limit: number): StoreCredit {
  const shown = rows.slice(0, limit)
  return StoreCredit.parse({
    balance: money(balance),
    items: shown.map((row) => ({ ...row, amount: money(row.amount), at: row.at.toISOString() })),
    nextCursor: rows.length > limit ? String(shown.at(-1)?.id) : null,
  })
}

const pageOf = ({ customerId, limit, cursor }: CreditPage) => ({
  customerId,
  before: cursor === undefined ? undefined : Number(cursor),
  limit: limit + 1,
})

/** What a customer has and how it came, read as that customer. */
export async function viewOwnCredit(ctx: AppContext, page: CreditPage): Promise<StoreCredit> {
  const db = databaseOf(ctx.db, page.customerId)
  const rows = await listOwnCreditEntries(db, pageOf(page))
  return toView(await balanceOf(db, page.customerId), rows, page.limit)
}

/** The same for staff. Throws `customers/not-found`. */
export async function viewCredit(ctx: AppContext, page: CreditPage): Promise<StoreCredit> {
  if (!(await isCustomer(ctx.db, page.customerId))) throw new Problem('customers/not-found')
  const rows = await listCreditEntries(ctx.db, pageOf(page))
  return toView(await balanceOf(ctx.db, page.customerId), rows, page.limit)
}
