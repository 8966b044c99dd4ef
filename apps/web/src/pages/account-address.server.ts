import { addAddress, getMe, listAddresses, replaceAddress } from '@dhow/contracts/account.ts'
import { Address } from '@dhow/contracts/address.ts'
import { formatMobile } from '@dhow/contracts/phone.ts'
import { placeValues } from '../features/checkout/address-payload.ts'
import { definePage, loaded, notFound, privately } from '../framework/page.ts'
import type { Action, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { toAddressFields } from '../server/address-fields.ts'
import { parseForm } from '../server/forms.ts'
import { Page } from './account-address.page.tsx'
import type { AccountAddressData } from './account-address.page.tsx'

const idOf = (ctx: PageContext): string => ctx.params['id'] ?? ''

async function load(ctx: PageContext) {
  const id = idOf(ctx)
  const [me, { items }] = await Promise.all([ctx.session.call(getMe, {}), ctx.session.call(listAddresses, {})])
  const found = items.find((each) => each.id === id)
  if (!found && id !== 'new') return notFound
  return loaded<AccountAddressData>({
    id,
    saved: found ? toAddressFields(found.address) : null,
    isDefault: found?.isDefault ?? items.length === 0,
    person: { name: me.name ?? '', phone: me.phone ? formatMobile(me.phone) : '' },
  })
}

const save: Action = async (ctx, form) => {
  const recipient = { recipientName: form['recipientName'] ?? '', phone: form['phone'] ?? '' }
  const parsed = parseForm(Address, { ...placeValues(form), ...recipient })
  if (!parsed.ok && parsed.refused.kind === 'refused')
    return { ...parsed.refused, form: { ...parsed.refused.form, values: form } }
  if (!parsed.ok) return parsed.refused
  const id = idOf(ctx)
  const body = { address: parsed.value, ...(form['_isDefault'] === 'on' ? { isDefault: true } : {}) }
  if (id === 'new') await ctx.session.call(addAddress, { body })
  else await ctx.session.call(replaceAddress, { params: { addressId: id }, body })
  return { kind: 'redirect', to: ctx.paths.accountPart('addresses', { saved: id === 'new' ? 'added' : 'changed' }) }
}

export const accountAddressPage = definePage<AccountAddressData>({
  name: 'account-address',
  route: routes.accountAddress,
  Page,
  load,
  head: (data, { t }) => ({
    title: t(data.saved ? 'account.addresses.change' : 'account.addresses.add'),
    path: (paths) => paths.accountAddress(data.id),
    isIndexable: false,
  }),
  cache: privately,
  class: 'identity',
  actions: { save },
})
