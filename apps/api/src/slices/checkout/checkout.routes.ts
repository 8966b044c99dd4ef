import { checkOutCart } from '@dhow/contracts/orders.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { Problem } from '../../platform/http/problem.ts'
import { findOrder, toOrderView } from '../orders/orders.ts'
import { beginPayment } from '../payments/payments.ts'
import { placeOrder } from './place-order.ts'

/** The act of buying: one transaction, then the provider, then the answer. */
export function mountCheckout(api: Api): void {
  const { ctx } = api
  mount(api, checkOutCart, async ({ params, body, locale }) => {
    const payment = await placeOrder(ctx, { ...params, ...body, locale })
    const { action } = await beginPayment(ctx, payment)
    const order = await findOrder(ctx.db, { id: payment.orderId })
    if (!order) throw new Problem('orders/not-found')
    return {
      order: toOrderView(order, locale, ctx.sealer),
      token: ctx.sealer.orderToken(order.id),
      payment: { id: payment.id, action },
    }
  })
}
