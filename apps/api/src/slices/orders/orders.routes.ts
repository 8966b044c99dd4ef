import * as contract from '@dhow/contracts/orders.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { lookUpOrder, viewOrder } from './find-order.ts'

/** Orders, for whoever holds their token or placed them signed in. */
export function mountOrders(api: Api): void {
  mount(api, contract.getOrder, ({ params, orderToken, actor, locale }) =>
    viewOrder(api.ctx, { ...params, orderToken, actor, locale }),
  )
  mount(api, contract.lookUpOrder, ({ body }) => lookUpOrder(api.ctx, body))
}
