import type { MethodRefusal } from '@dhow/contracts/cart.ts'
import type { AppContext } from '../../context.ts'
import type { DbOrTx } from '../../platform/db/database.ts'
import { listCategoriesOfProducts } from '../catalog/catalog.ts'
import { cashRefusal, readCashStanding, refusalsCountFrom } from '../cod/cod.ts'
import type { CashBuyer } from '../cod/cod.ts'
import { contactIndexes } from '../orders/orders.ts'
import type { OptionSubject } from './option-subject.ts'

/** By whom promises of cash are counted; undefined before the shopper has said who they are. */
export function cashBuyerOf(ctx: AppContext, subject: OptionSubject): CashBuyer | undefined {
  const { contact } = subject.who()
  return contact ? { phoneIndex: contactIndexes(ctx, contact).phoneIndex, customerId: subject.customerId } : undefined
}

/** Why this cannot be paid in cash, or null. The limits of the amount are looked at elsewhere, as every provider's. */
export async function refusalOfCash(
  ctx: AppContext,
  db: DbOrTx,
  subject: OptionSubject,
): Promise<MethodRefusal | null> {
  const { config } = ctx
  const buyer = cashBuyerOf(ctx, subject)
  const window = { besides: subject.orderId, refusedSince: refusalsCountFrom(config, ctx.clock.now()) }
  const standing = buyer ? await readCashStanding(db, buyer, window) : { openOrders: 0, refusals: 0 }
  const categories =
    config.COD_BLOCKED_CATEGORIES.length === 0 ? [] : await listCategoriesOfProducts(db, subject.productIds)
  return cashRefusal(config, { ...standing, categories, emirate: subject.emirate })
}
