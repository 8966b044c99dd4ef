import { Address } from '@dhow/contracts/address.ts'
import { getCart, putAddress } from '@dhow/contracts/cart.ts'
import { addressValues, isOwnAddress } from '../features/checkout/address-payload.ts'
import { continueFrom, enterStep, stepAction } from '../features/checkout/enter-step.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { toAddressFields, toContactFields } from '../server/address-fields.ts'
import { parseForm } from '../server/forms.ts'
import { Page } from './checkout-address.page.tsx'
import type { CheckoutAddressData } from './checkout-address.page.tsx'

async function load(ctx: PageContext) {
  const entry = await enterStep(ctx, 'address')
  if (entry.kind === 'leave') return entry.result
  const { address, contact } = entry.cart
  return loaded<CheckoutAddressData>({
    frame: entry.frame,
    saved: address && toAddressFields(address),
    contact: contact ? toContactFields(contact) : { name: '', phone: '' },
    isForSomeoneElse: Boolean(address && contact && !isOwnAddress(address, contact)),
  })
}

const save = stepAction('address', async (ctx, cartId, form) => {
  const params = { cartId }
  const { contact } = await ctx.api.call(getCart, { params })
  if (!contact) return { kind: 'redirect', to: ctx.paths.checkout('contact') }
  const parsed = parseForm(Address, addressValues(form, contact))
  // What comes back is shown again as it was typed, the checkbox with it.
  if (!parsed.ok && parsed.refused.kind === 'refused')
    return { ...parsed.refused, form: { ...parsed.refused.form, values: form } }
  if (!parsed.ok) return parsed.refused
  return continueFrom(ctx, 'address', await ctx.api.call(putAddress, { params, body: parsed.value }))
})

export const checkoutAddressPage = definePage<CheckoutAddressData>({
  name: 'checkout-address',
  route: routes.checkoutAddress,
  Page,
  load,
  head: (data, { t }) => ({
    title: t('checkout.address.title'),
    path: (paths) => paths.checkout('address', data.frame.method ?? undefined),
    isIndexable: false,
  }),
  cache: privately,
  chrome: 'checkout',
  actions: { save },
})
