import { OrderToken } from '@dhow/contracts/primitives.ts'
import { toOrderData } from '../features/orders/order-page-data.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { rememberOrder } from '../server/order-cookie.ts'
import { findOrder, releaseOrder } from '../server/shopper-cart.ts'
import { Page } from './order.page.tsx'
import type { OrderPageData } from './order.page.tsx'

export const orderPage = definePage<OrderPageData>({
  name: 'order',
  route: routes.order,
  Page,
  async load(ctx) {
    const number = ctx.params['number'] ?? ''
    // A link from an e-mail: its key goes into a cookie and out of the address, where it could be copied or logged.
    const key = OrderToken.safeParse(ctx.query.get('key'))
    if (key.success) {
      rememberOrder(ctx.cookies, { number, token: key.data })
      return goTo(ctx.paths.order(number))
    }
    const order = await findOrder(ctx, number)
    return order
      ? loaded({ order: toOrderData(ctx, order), isSignedIn: ctx.session.isPresent })
      : goTo(ctx.paths.orderLookup({ number }))
  },
  head: (data, { t }) => ({
    title: t('orders.status.head', { number: data.order.number }),
    path: (paths) => paths.order(data.order.number),
    isIndexable: false,
  }),
  cache: privately,
  actions: {
    cancel: (ctx) => {
      const number = ctx.params['number'] ?? ''
      return releaseOrder(ctx, number, ctx.paths.order(number))
    },
    'change-order': (ctx, form) => releaseOrder(ctx, form['order'] ?? '', ctx.paths.cart()),
  },
})
