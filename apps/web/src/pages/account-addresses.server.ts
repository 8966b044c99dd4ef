import { listAddresses, removeAddress, replaceAddress } from '@dhow/contracts/account.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { accountHead } from '../server/account-head.ts'
import { toAddressFields } from '../server/address-fields.ts'
import { savedOf } from '../server/saved.ts'
import { unless } from '../server/shopper-cart.ts'
import { Page } from './account-addresses.page.tsx'
import type { AccountAddressesData } from './account-addresses.page.tsx'

/** Somebody may have been faster in another tab: an address that is gone is what was wanted. */
const remove: Action = async (ctx, form) => {
  const params = { addressId: form['id'] ?? '' }
  await unless('account/address-not-found', ctx.session.call(removeAddress, { params }))
  return { kind: 'redirect', to: ctx.paths.accountPart('addresses', { saved: 'removed' }) }
}

const makeDefault: Action = async (ctx, form) => {
  const addressId = form['id'] ?? ''
  const { items } = await ctx.session.call(listAddresses, {})
  const found = items.find(({ id }) => id === addressId)
  const body = found && { address: found.address, isDefault: true }
  if (body) await ctx.session.call(replaceAddress, { params: { addressId }, body })
  return { kind: 'redirect', to: ctx.paths.accountPart('addresses', { saved: 'default' }) }
}

export const accountAddressesPage = definePage<AccountAddressesData>({
  name: 'account-addresses',
  route: routes.accountAddresses,
  Page,
  async load(ctx) {
    const { items } = await ctx.session.call(listAddresses, {})
    return loaded({
      addresses: items.map(({ id, isDefault, address }) => ({ id, isDefault, address: toAddressFields(address) })),
      saved: savedOf(ctx.query, ['added', 'changed', 'removed', 'default']),
    })
  },
  head: accountHead('account.addresses.title', (paths) => paths.accountPart('addresses')),
  cache: privately,
  class: 'identity',
  actions: { remove, 'make-default': makeDefault },
})
