import * as contract from '@dhow/contracts/orders.ts'
import type { CheckoutResult } from '@dhow/contracts/orders.ts'
import type { AppContext } from '../../context.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { Problem } from '../../platform/http/problem.ts'
import { readOrder, toOrderView } from '../orders/orders.ts'
import type { OrderCall } from '../orders/orders.ts'
import { goOnPaying } from './go-on-paying.ts'
import { isOver } from './payment-state.ts'
import { findPaymentOfOrder } from './payments.sql.ts'
import { begunOf } from './provider-of.ts'
import { settleBegun } from './settle-payment.ts'
import { stopOrder } from './stop-payment.ts'

/** The return page: the browser's word counts for nothing, so the provider is asked. No answer is no news. */
async function refresh(ctx: AppContext, call: OrderCall) {
  const before = await readOrder(ctx, call)
  const { id: orderId, paymentId: id, paymentRef, provider, paymentAmount: amount, sessionRef, redirectUrl } = before
  // Nothing to ask while the payment was never begun.
  if (isOver(before.paymentState) || paymentRef === null) return toOrderView(before, call.locale, ctx.sealer)
  try {
    await settleBegun(ctx, provider, begunOf({ id, orderId, amount, sessionRef, redirectUrl }, paymentRef))
  } catch (error) {
    if (!(error instanceof Problem) || error.code !== 'payments/provider-unavailable') throw error
    ctx.log.warn({ orderId, err: error.cause }, 'refresh: the provider does not answer')
  }
  return toOrderView(await readOrder(ctx, call), call.locale, ctx.sealer)
}

async function resume(ctx: AppContext, call: OrderCall): Promise<CheckoutResult> {
  const order = await readOrder(ctx, call)
  const payment = order.state === 'awaiting-payment' ? await findPaymentOfOrder(ctx.db, order.id) : undefined
  if (!payment) throw new Problem('payments/not-payable', { orderState: order.state })
  const { paymentId, action } = await goOnPaying(ctx, payment)
  const shown = paymentId === payment.id ? order : await readOrder(ctx, call)
  return {
    order: toOrderView(shown, call.locale, ctx.sealer),
    token: ctx.sealer.orderToken(order.id),
    payment: { id: paymentId, action },
  }
}

async function cancel(ctx: AppContext, call: OrderCall) {
  const order = await readOrder(ctx, call)
  if (order.state === 'confirmed') throw new Problem('orders/not-cancellable')
  if (order.state === 'awaiting-payment' && !(await stopOrder(ctx, { orderId: order.id, by: 'shopper' })))
    throw new Problem('orders/not-cancellable')
  return toOrderView(await readOrder(ctx, call), call.locale, ctx.sealer)
}

/** What a shopper does about the payment of an order. */
export function mountPayments(api: Api): void {
  const { ctx } = api
  mount(api, contract.refreshPayment, ({ params, orderToken, actor, locale }) =>
    refresh(ctx, { ...params, orderToken, actor, locale }),
  )
  mount(api, contract.resumePayment, ({ params, orderToken, actor, locale }) =>
    resume(ctx, { ...params, orderToken, actor, locale }),
  )
  mount(api, contract.cancelOrder, ({ params, orderToken, actor, locale }) =>
    cancel(ctx, { ...params, orderToken, actor, locale }),
  )
}
