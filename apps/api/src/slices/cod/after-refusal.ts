import type { CashOrder } from '@dhow/contracts/cod.ts'
import type { AppContext } from '../../context.ts'
import { doOnce } from '../../platform/http/do-once.ts'
import { Problem } from '../../platform/http/problem.ts'
import { recordAudit } from '../audit/audit.ts'
import { takeGoodsBack } from '../orders/orders.ts'
import { findCashOrder } from './cash-orders.sql.ts'
import { viewCash } from './collect-cash.ts'
import type { CashRecord } from './collect-cash.ts'
import { markRefusal } from './collections.sql.ts'

/** What was refused is back from the courier, and can be sold again. Throws `cod/no-goods-out`. */
export async function receiveRefused(
  ctx: AppContext,
  { number, requestId, actor, client }: CashRecord,
): Promise<CashOrder> {
  const row = await findCashOrder(ctx.db, number)
  if (!row) throw new Problem('orders/not-found')
  const { paymentId, orderId } = row
  await doOnce(ctx, requestId, async (tx) => {
    const isBack = await markRefusal(tx, { paymentId, what: 'goodsBackAt', now: ctx.clock.now() })
    if (!isBack) throw new Problem('cod/no-goods-out')
    await takeGoodsBack(ctx, tx, orderId)
    const object = { type: 'order', id: orderId }
    await recordAudit(ctx, tx, { action: 'cod.goods-back', result: 'ok', actor, client, object })
  })
  return viewCash(ctx, number)
}

/**
 * A person has looked at a refusal, and it does not count against the shopper any more: nobody is kept from cash by a machine
 * alone (data protection facts, automated decisions). Throws `cod/not-refused`.
 */
export async function forgiveRefusal(
  ctx: AppContext,
  { number, reason, requestId, actor, client }: CashRecord & { reason: string },
): Promise<CashOrder> {
  const row = await findCashOrder(ctx.db, number)
  if (!row) throw new Problem('orders/not-found')
  const { paymentId, orderId } = row
  await doOnce(ctx, requestId, async (tx) => {
    const isForgiven = await markRefusal(tx, { paymentId, what: 'forgivenAt', now: ctx.clock.now() })
    if (!isForgiven) throw new Problem('cod/not-refused')
    const object = { type: 'order', id: orderId }
    await recordAudit(ctx, tx, { action: 'cod.refusal-forgiven', result: 'ok', actor, client, object, reason })
  })
  return viewCash(ctx, number)
}
