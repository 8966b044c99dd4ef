import { getMe } from '@dhow/contracts/account.ts'
import type { CustomerView } from '@dhow/contracts/account.ts'
import { Contact } from '@dhow/contracts/address.ts'
import type { Contact as ContactValue } from '@dhow/contracts/address.ts'
import { getCart, putAddress, putContact } from '@dhow/contracts/cart.ts'
import type { CartView } from '@dhow/contracts/cart.ts'
import { isOwnAddress } from '../features/checkout/address-payload.ts'
import { continueFrom, enterStep, stepAction } from '../features/checkout/enter-step.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { toContactFields } from '../server/address-fields.ts'
import { takeAddedLines } from '../server/cart-merge.ts'
import { parseForm } from '../server/forms.ts'
import { Page } from './checkout-contact.page.tsx'
import type { CheckoutContactData } from './checkout-contact.page.tsx'

/** What the account knows, so that it need not be typed. */
const knownContact = ({ name, email, phone }: CustomerView): CheckoutContactData['contact'] =>
  toContactFields({ name: name ?? '', email: email ?? '', phone: phone ?? '' })

async function load(ctx: PageContext) {
  const entry = await enterStep(ctx, 'contact')
  if (entry.kind === 'leave') return entry.result
  const { contact } = entry.cart
  const me = await ctx.session.ask(getMe, {})
  return loaded<CheckoutContactData>({
    frame: entry.frame,
    contact: contact ? toContactFields(contact) : me ? knownContact(me) : null,
    isSignedIn: me !== undefined,
    addedLines: takeAddedLines(ctx.cookies),
  })
}

/** Whoever receives their own parcel receives it under their new name and number. */
async function keepRecipient(ctx: PageContext, before: CartView, contact: ContactValue): Promise<void> {
  const { address } = before
  if (!address || !before.contact || !isOwnAddress(address, before.contact)) return
  const body = { ...address, recipientName: contact.name, phone: contact.phone }
  await ctx.api.call(putAddress, { params: { cartId: before.id }, body })
}

const save = stepAction('contact', async (ctx, cartId, form) => {
  const parsed = parseForm(Contact, form)
  if (!parsed.ok) return parsed.refused
  const params = { cartId }
  const before = await ctx.api.call(getCart, { params })
  const cart = await ctx.api.call(putContact, { params, body: parsed.value })
  await keepRecipient(ctx, before, parsed.value)
  return continueFrom(ctx, 'contact', cart)
})

export const checkoutContactPage = definePage<CheckoutContactData>({
  name: 'checkout-contact',
  route: routes.checkoutContact,
  Page,
  load,
  head: (data, { t }) => ({
    title: t('checkout.contact.title'),
    path: (paths) => paths.checkout('contact', data.frame.chosen),
    isIndexable: false,
  }),
  cache: privately,
  chrome: 'checkout',
  actions: { save },
})
