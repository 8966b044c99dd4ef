import { refreshPayment } from '@dhow/contracts/orders.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { OrderToken } from '@dhow/contracts/primitives.ts'
import { toOrderData } from '../features/orders/order-page-data.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { rememberOrder } from '../server/order-cookie.ts'
import { askOrder, findOrder, releaseOrder } from '../server/shopper-cart.ts'
import { Page } from './order.page.tsx'
import type { OrderPageData } from './order.page.tsx'

/** Paid on another's page: whoever closed the tab there finds the truth here, asked of them, not what we happened to hear. */
const isAtLender = ({ state, payment }: OrderView): boolean =>
  state === 'awaiting-payment' && (payment.method === 'tabby' || payment.method === 'tamara')

async function findNewest(ctx: PageContext, number: string): Promise<OrderView | undefined> {
  const order = await findOrder(ctx, number)
  if (!order || !isAtLender(order)) return order
  return (await askOrder(ctx, refreshPayment, number)) ?? order
}

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
    const order = await findNewest(ctx, number)
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
