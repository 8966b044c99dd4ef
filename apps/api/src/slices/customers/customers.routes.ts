import * as contract from '@dhow/contracts/account.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { takeCart } from '../cart/cart.ts'
import { changeCustomer, readCustomer, viewCustomer } from '../identity/identity.ts'
import { listOrders } from '../orders/orders.ts'
import * as addresses from './addresses.ts'
import * as consents from './consents.ts'

/** What a signed-in customer keeps: themselves, their addresses, orders, cart and consents. */
export function mountCustomers(api: Api): void {
  const { ctx } = api
  mount(api, contract.getMe, ({ actor }) => viewCustomer(ctx, actor.accountId))
  mount(api, contract.updateMe, ({ actor, body }) => changeCustomer(ctx, actor.accountId, body))

  mount(api, contract.listAddresses, async ({ actor }) => ({
    items: await addresses.listAddresses(ctx, actor.accountId),
  }))
  mount(api, contract.addAddress, ({ actor, body }) => addresses.addAddress(ctx, actor.accountId, body))
  mount(api, contract.replaceAddress, ({ actor, params, body }) =>
    addresses.replaceAddress(ctx, actor.accountId, { ...params, ...body }),
  )
  mount(api, contract.removeAddress, async ({ actor, params }) => {
    await addresses.removeAddress(ctx, actor.accountId, params.addressId)
    return undefined
  })

  mount(api, contract.listMyOrders, ({ actor, query, locale }) =>
    listOrders(ctx, { customerId: actor.accountId, ...query, locale }),
  )
  mount(api, contract.takeCart, async ({ actor, body, locale }) =>
    takeCart(ctx, { customer: await readCustomer(ctx, actor.accountId), cartKey: body.cartId, locale }),
  )

  mount(api, contract.listConsents, async ({ actor }) => ({ items: await consents.listConsents(ctx, actor.accountId) }))
  mount(api, contract.putConsents, async ({ actor, client, locale, body }) => ({
    items: await consents.decideConsents(ctx, { actor, client, locale, ...body }),
  }))
}
