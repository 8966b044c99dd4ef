import { DeliveryMethod, listDeliveryOptions, putDelivery } from '@dhow/contracts/cart.ts'
import { z } from 'zod'
import { deliveryWords } from '../server/delivery-words.ts'
import { continueFrom, enterStep, stepAction } from '../features/checkout/enter-step.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { parseForm } from '../server/forms.ts'
import { Page } from './checkout-delivery.page.tsx'
import type { CheckoutDeliveryData } from './checkout-delivery.page.tsx'

async function load(ctx: PageContext) {
  const entry = await enterStep(ctx, 'delivery')
  if (entry.kind === 'leave') return entry.result
  const { cart } = entry
  const { items } = await ctx.api.call(listDeliveryOptions, { params: { cartId: cart.id } })
  const now = new Date()
  const options = items.map((option) => ({
    method: option.method,
    price: option.price,
    wasPrice: option.wasPrice,
    ...deliveryWords(option, now, ctx),
  }))
  const place = {
    area: cart.address?.area ?? '',
    emirate: cart.address ? ctx.t(`emirate.${cart.address.emirate}`) : '',
  }
  const chosen = cart.delivery?.method ?? options[0]?.method ?? ''
  return loaded<CheckoutDeliveryData>({ frame: entry.frame, place, options, chosen })
}

const Choice = z.strictObject({ method: DeliveryMethod })

const save = stepAction('delivery', async (ctx, cartId, form) => {
  const parsed = parseForm(Choice, form)
  if (!parsed.ok) return parsed.refused
  return continueFrom(ctx, 'delivery', await ctx.api.call(putDelivery, { params: { cartId }, body: parsed.value }))
})

export const checkoutDeliveryPage = definePage<CheckoutDeliveryData>({
  name: 'checkout-delivery',
  route: routes.checkoutDelivery,
  Page,
  load,
  head: (data, { t }) => ({
    title: t('checkout.delivery.title'),
    path: (paths) => paths.checkout('delivery', data.frame.chosen),
    isIndexable: false,
  }),
  cache: privately,
  chrome: 'checkout',
  actions: { save },
})
