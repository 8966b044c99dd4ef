import { changePaymentMethod, checkOutCart } from '@dhow/contracts/orders.ts'
import type { AppContext } from '../../context.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { Problem } from '../../platform/http/problem.ts'
import { findOrder, toOrderView } from '../orders/orders.ts'
import { beginPayment, goOnPaying } from '../payments/payments.ts'
import { changeMethod } from './change-method.ts'
import { placeOrder } from './place-order.ts'
import type { Placed } from './place-order.ts'

async function begin(ctx: AppContext, placed: Placed) {
  if (placed.kind === 'waiting') return goOnPaying(ctx, placed.payment)
  const { action } = await beginPayment(ctx, placed.payment)
  return { paymentId: placed.payment.id, action }
}

/** The act of buying: one transaction, then the provider, then the answer. */
export function mountCheckout(api: Api): void {
  const { ctx } = api
  mount(api, checkOutCart, async ({ params, body, locale }) => {
    const placed = await placeOrder(ctx, { ...params, ...body, locale })
    const { paymentId, action } = await begin(ctx, placed)
    const order = await findOrder(ctx.db, { id: placed.payment.orderId })
    if (!order) throw new Problem('orders/not-found')
    return {
      order: toOrderView(order, locale, ctx.sealer),
      token: ctx.sealer.orderToken(order.id),
      payment: { id: paymentId, action },
    }
  })
  mount(api, changePaymentMethod, async ({ params, body, orderToken, actor, locale }) => {
    const { order, payment } = await changeMethod(ctx, { ...params, orderToken, actor, locale }, body)
    return { order: toOrderView(order, locale, ctx.sealer), token: ctx.sealer.orderToken(order.id), payment }
  })
}
