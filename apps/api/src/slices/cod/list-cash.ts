import type { CashOrder, CashState } from '@dhow/contracts/cod.ts'
import type { AppContext } from '../../context.ts'
import { listCashOrderRows, listRefusers } from './cash-orders.sql.ts'
import type { CashCursor } from './cash-orders.sql.ts'
import { refusalsCountFrom } from './cash-rules.ts'
import { toCashOrder } from './cash-view.ts'
import { readTimeCursor, timeCursor } from './time-cursor.ts'

/** Orders by where their cash is, oldest first. Throws `catalog/cursor-invalid`. */
export async function viewCashOrders(
  ctx: AppContext,
  page: { state: CashState; goods?: 'out' | undefined; limit: number; cursor?: string | undefined },
): Promise<{ items: CashOrder[]; nextCursor: string | null }> {
  const place = readTimeCursor(page.cursor)
  const after: CashCursor | undefined = place && { at: place.at, paymentId: place.id }
  const { state, limit } = page
  const rows = await listCashOrderRows(ctx.db, { state, areGoodsOut: page.goods === 'out', after, limit: limit + 1 })
  const shown = rows.slice(0, limit)
  const last = rows.length > limit ? shown.at(-1) : undefined
  const now = ctx.clock.now()
  return {
    items: shown.map((row) => toCashOrder(row, now)),
    nextCursor: last ? timeCursor(last.at, last.paymentId) : null,
  }
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
