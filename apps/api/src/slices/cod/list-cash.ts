import type { CashOrder, CashState } from '@dhow/contracts/cod.ts'
import type { AppContext } from '../../context.ts'
import { pageOf, parsePosition } from '../../platform/http/list-page.ts'
import { listCashOrderRows, listRefusers } from './cash-orders.sql.ts'
import type { CashCursor } from './cash-orders.sql.ts'
import { refusalsCountFrom } from './cash-rules.ts'
import { toCashOrder } from './cash-view.ts'

/** Orders by where their cash is, oldest first. Throws `catalog/cursor-invalid`. */
export async function viewCashOrders(
  ctx: AppContext,
  page: { state: CashState; goods?: 'out' | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: CashOrder[]; nextCursor: string | null }> {
  const place = parsePosition(page.cursor)
  const after: CashCursor | undefined = place && { at: place.at, paymentId: place.id }
  const { state, limit } = page
  const found = await listCashOrderRows(ctx.db, { state, areGoodsOut: page.goods === 'out', after, limit: limit + 1 })
  const { rows, nextCursor } = pageOf(found, limit, ({ at, paymentId }) => ({ at, id: paymentId }))
  const now = ctx.clock.now()
  return { items: rows.map((row) => toCashOrder(row, now)), nextCursor }
}

/** Who has refused at the door lately, and whether cash is kept from them. */
export async function viewRefusers(ctx: AppContext) {
  const rows = await listRefusers(ctx.db, refusalsCountFrom(ctx.config, ctx.clock.now()))
  return rows.map((row) => ({
    ...row,
    lastRefusedAt: row.lastRefusedAt.toISOString(),
    isBlocked: row.refusals >= ctx.config.COD_REFUSALS,
  }))
}
