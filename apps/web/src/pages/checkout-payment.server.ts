import { listPaymentMethods, PaymentMethod } from '@dhow/contracts/cart.ts'
import { z } from 'zod'
import { enterStep, stepAction } from '../features/checkout/enter-step.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { parseForm } from '../server/forms.ts'
import { Page } from './checkout-payment.page.tsx'
import type { CheckoutPaymentData } from './checkout-payment.page.tsx'

async function load(ctx: PageContext) {
  const entry = await enterStep(ctx, 'payment')
  if (entry.kind === 'leave') return entry.result
  const { items } = await ctx.api.call(listPaymentMethods, { params: { cartId: entry.cart.id } })
  const methods = items.map(({ method }) => method)
  return loaded<CheckoutPaymentData>({ frame: entry.frame, methods, chosen: entry.method ?? methods[0] ?? '' })
}

const Choice = z.strictObject({ method: PaymentMethod })

/** Nothing to save: the choice stands in the address of the review, and in the order once there is one. */
const save = stepAction('payment', async (ctx, _cartId, form) => {
  const parsed = parseForm(Choice, form)
  if (!parsed.ok) return parsed.refused
  return { kind: 'redirect', to: ctx.paths.checkout('review', parsed.value.method) }
})

export const checkoutPaymentPage = definePage<CheckoutPaymentData>({
  name: 'checkout-payment',
  route: routes.checkoutPayment,
  Page,
  load,
  head: (data, { t }) => ({
    title: t('checkout.payment.title'),
    path: (paths) => paths.checkout('payment', data.frame.method ?? undefined),
    isIndexable: false,
  }),
  cache: privately,
  chrome: 'checkout',
  actions: { save },
})
