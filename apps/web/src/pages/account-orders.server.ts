import { listMyOrders } from '@dhow/contracts/account.ts'
import { toOrderRow } from '../features/account/order-rows.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { Page } from './account-orders.page.tsx'
import type { AccountOrdersData } from './account-orders.page.tsx'

const pageSize = 10

export const accountOrdersPage = definePage<AccountOrdersData>({
  name: 'account-orders',
  route: routes.accountOrders,
  Page,
  async load(ctx) {
    const cursor = ctx.query.get('cursor')?.slice(0, 200)
    const query = { limit: pageSize, ...(cursor ? { cursor } : {}) }
    const { items, nextCursor } = await ctx.session.call(listMyOrders, { query })
    return loaded({ orders: items.map((order) => toOrderRow(order, ctx.format)), nextCursor, isFirst: !cursor })
  },
  head: accountHead('account.orders.title', (paths) => paths.accountPart('orders')),
  cache: privately,
  class: 'identity',
})
