import { listPaymentMethods } from '@dhow/contracts/cart.ts'
import { listOrderPaymentMethods } from '@dhow/contracts/orders.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../context.ts'
import { sha256 } from '../../platform/crypto/sealing.ts'
import { mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { Problem } from '../../platform/http/problem.ts'
import { findCart, priceCart } from '../cart/cart.ts'
import { readOrder } from '../orders/orders.ts'
import type { OrderCall } from '../orders/orders.ts'
import { currentDeliveryRates } from '../pricing/pricing.ts'
import { cartDetailsOf } from './cart-details.ts'
import { optionsFor } from './list-options.ts'
import { subjectOfCart, subjectOfOrder } from './option-subject.ts'
import type { OptionSubject } from './option-subject.ts'

async function cartSubject(ctx: AppContext, cartId: string, locale: Locale): Promise<OptionSubject> {
  const [cart, rates] = await Promise.all([findCart(ctx.db, sha256(cartId)), currentDeliveryRates(ctx)])
  if (!cart) throw new Problem('cart/not-found')
  const { totals } = priceCart(cart, rates, ctx.clock.now())
  const subject = subjectOfCart(ctx, { cart, totals, locale })
  return { ...subject, details: () => cartDetailsOf(ctx, cart, { totals, locale }) }
}

async function orderSubject(ctx: AppContext, call: OrderCall): Promise<OptionSubject> {
  const order = await readOrder(ctx, call)
  if (order.state !== 'awaiting-payment') throw new Problem('payments/not-payable')
  return subjectOfOrder(ctx, { order, actor: call.actor, locale: call.locale })
}

/** Ways to pay, for carts and for orders that wait. */
export function mountPaymentOptions(api: Api): void {
  const { ctx } = api
  mount(api, listPaymentMethods, async ({ params, query, locale }) =>
    optionsFor(ctx, await cartSubject(ctx, params.cartId, locale), { useStoreCredit: query.storeCredit === '1' }),
  )
  mount(api, listOrderPaymentMethods, async ({ params, query, orderToken, actor, locale }) =>
    optionsFor(ctx, await orderSubject(ctx, { ...params, orderToken, actor, locale }), {
      useStoreCredit: query.storeCredit === '1',
    }),
  )
}
