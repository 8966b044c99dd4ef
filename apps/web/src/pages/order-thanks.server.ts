import { toOrderData } from '../features/orders/order-page-data.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { findOrder, findShopperCart } from '../server/shopper-cart.ts'
import { Page } from './order-thanks.page.tsx'
import type { OrderThanksData } from './order-thanks.page.tsx'

export const orderThanksPage = definePage<OrderThanksData>({
  name: 'order-thanks',
  route: routes.orderThanks,
  Page,
  async load(ctx) {
    const number = ctx.params['number'] ?? ''
    const order = await findOrder(ctx, number)
    if (!order) return goTo(ctx.paths.orderLookup({ number }))
    // Never a false success: what is not confirmed is asked for once more, or shown as it is.
    if (order.state === 'awaiting-payment') return goTo(ctx.paths.checkoutReturn(number))
    if (order.state === 'cancelled') return goTo(ctx.paths.order(number))
    await findShopperCart(ctx)
    return loaded({ order: toOrderData(ctx, order), isSignedIn: ctx.session.isPresent })
  },
  head: (data, { t }) => ({
    title: t('orders.thanks.head'),
    path: (paths) => paths.orderThanks(data.order.number),
    isIndexable: false,
  }),
  cache: privately,
})
