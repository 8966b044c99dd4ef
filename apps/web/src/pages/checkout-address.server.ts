import { addAddress, listAddresses } from '@dhow/contracts/account.ts'
import type { SavedAddress } from '@dhow/contracts/account.ts'
import { Address } from '@dhow/contracts/address.ts'
import { getCart, putAddress } from '@dhow/contracts/cart.ts'
import { addressValues, isOwnAddress, isSamePlace } from '../features/checkout/address-payload.ts'
import { keepAddressField, newAddress, pickedAddressField } from '../features/checkout/address-book.ts'
import { continueFrom, enterStep, stepAction } from '../features/checkout/enter-step.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { toAddressFields, toContactFields } from '../server/address-fields.ts'
import { parseForm, refusedFields } from '../server/forms.ts'
import { unless } from '../server/shopper-cart.ts'
import { Page } from './checkout-address.page.tsx'
import type { CheckoutAddressData } from './checkout-address.page.tsx'

/** The saved addresses to pick from, and which one the cart has; the default where it has none yet. */
function toBook(items: readonly SavedAddress[], inCart: Address | null): CheckoutAddressData['book'] {
  const same = inCart && items.find(({ address }) => isSamePlace(address, inCart))
  const chosen = inCart ? same?.id : items[0]?.id
  return {
    addresses: items.map(({ id, address }) => ({ id, address: toAddressFields(address) })),
    chosen: chosen ?? null,
  }
}

async function load(ctx: PageContext) {
  const entry = await enterStep(ctx, 'address')
  if (entry.kind === 'leave') return entry.result
  const { address, contact } = entry.cart
  const known = await ctx.session.ask(listAddresses, {})
  return loaded<CheckoutAddressData>({
    frame: entry.frame,
    saved: address && toAddressFields(address),
    contact: contact ? toContactFields(contact) : { name: '', phone: '' },
    isForSomeoneElse: Boolean(address && contact && !isOwnAddress(address, contact)),
    book: known ? toBook(known.items, address) : null,
  })
}

/** An address of the account, as it was saved. Undefined when it is gone, or nobody is signed in any more. */
async function findSaved(ctx: PageContext, id: string): Promise<Address | undefined> {
  const known = await ctx.session.ask(listAddresses, {})
  return known?.items.find((each) => each.id === id)?.address
}

/** Keeps a new address for the next time. A full address book is no reason to stop somebody from buying. */
async function keepAddress(ctx: PageContext, address: Address): Promise<void> {
  await unless('account/address-limit', ctx.session.ask(addAddress, { body: { address } }))
}

const save = stepAction('address', async (ctx, cartId, form) => {
  const params = { cartId }
  const picked = form[pickedAddressField]
  if (picked && picked !== newAddress) {
    const address = await findSaved(ctx, picked)
    if (!address) return refusedFields(form, [{ pointer: `/${pickedAddressField}`, code: 'required' }])
    return continueFrom(ctx, 'address', await ctx.api.call(putAddress, { params, body: address }))
  }
  const { contact } = await ctx.api.call(getCart, { params })
  if (!contact) return { kind: 'redirect', to: ctx.paths.checkout('contact') }
  const parsed = parseForm(Address, addressValues(form, contact))
  // What comes back is shown again as it was typed, the checkbox with it.
  if (!parsed.ok && parsed.refused.kind === 'refused')
    return { ...parsed.refused, form: { ...parsed.refused.form, values: form } }
  if (!parsed.ok) return parsed.refused
  const cart = await ctx.api.call(putAddress, { params, body: parsed.value })
  if (form[keepAddressField] === 'on') await keepAddress(ctx, parsed.value)
  return continueFrom(ctx, 'address', cart)
})

export const checkoutAddressPage = definePage<CheckoutAddressData>({
  name: 'checkout-address',
  route: routes.checkoutAddress,
  Page,
  load,
  head: (data, { t }) => ({
    title: t('checkout.address.title'),
    path: (paths) => paths.checkout('address', data.frame.chosen),
    isIndexable: false,
  }),
  cache: privately,
  chrome: 'checkout',
  actions: { save },
})
