import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import { money } from '@dhow/money/money.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { viewCart } from '../cart/change-cart.ts'

/** Ways to pay, for carts and for orders that wait. */
export function mountPaymentOptions(api: Api): void {
  const { ctx } = api
  mount(api, listPaymentMethods, async ({ params, locale }) => {
    const { totals } = await viewCart(ctx, { ...params, locale })
    const card = {
      publishableKey: ctx.config.STRIPE_PUBLISHABLE_KEY,
      scriptUrl: ctx.config.STRIPE_JS_URL,
      customerSession: null,
    }
    const none = { refusal: null, fee: money(0), rounding: money(0), instalments: null, label: null }
    return { items: [{ method: 'card' as const, ...none, due: totals.grandTotal, card }], storeCredit: null }
  })
}
