import { getMe, listAddresses, listMyOrders } from '@dhow/contracts/account.ts'
import { toOrderRow } from '../features/account/order-rows.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { toAddressFields } from '../server/address-fields.ts'
import { takeAddedLines } from '../server/cart-merge.ts'
import { Page } from './account.page.tsx'
import type { AccountData } from './account.page.tsx'

const signOut: Action = async (ctx) => {
  await ctx.session.end()
  return { kind: 'redirect', to: ctx.paths.home(), clearsSite: true }
}

export const accountPage = definePage<AccountData>({
  name: 'account',
  route: routes.account,
  Page,
  async load(ctx) {
    const me = await ctx.session.call(getMe, {})
    const [orders, addresses] = await Promise.all([
      ctx.session.call(listMyOrders, { query: { limit: 1 } }),
      ctx.session.call(listAddresses, {}),
    ])
    const lastOrder = orders.items[0]
    const address = addresses.items.find(({ isDefault }) => isDefault) ?? addresses.items[0]
    return loaded({
      name: me.name,
      lastOrder: lastOrder ? toOrderRow(lastOrder, ctx.format) : null,
      address: address ? toAddressFields(address.address) : null,
      missing: {
        name: me.name === null,
        email: me.email === null,
        phone: me.phone === null,
        secondFactor: !me.hasTotp && me.passkeyCount === 0,
      },
      addedLines: takeAddedLines(ctx.cookies),
    })
  },
  head: accountHead('account.title', (paths) => paths.account()),
  cache: privately,
  class: 'identity',
  actions: { 'sign-out': signOut },
})
