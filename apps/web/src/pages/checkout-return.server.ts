import { refreshPayment } from '@dhow/contracts/orders.ts'
import { outcomeOf } from '../features/orders/payment-outcome.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { Action, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { askOrder, findShopperCart } from '../server/shopper-cart.ts'
import { Page } from './checkout-return.page.tsx'
import type { CheckoutReturnData } from './checkout-return.page.tsx'

const slowAfterSeconds = 30
const askAgainSeconds = 4
const askAgainSlowlySeconds = 15

/** Asks the provider, through the API, how the payment stands. Where the shopper belongs then, or nothing while it is not known. */
async function settledAt(ctx: PageContext, number: string): Promise<string | undefined> {
  const order = await askOrder(ctx, refreshPayment, number)
  if (!order) return ctx.paths.orderLookup({ number })
  const outcome = outcomeOf(order)
  if (outcome === 'confirming') return undefined
  if (outcome === 'again') return ctx.paths.checkoutPay(number)
  // Puts the cart's cookie right: a paid cart is forgotten, a reopened one is counted.
  await findShopperCart(ctx)
  return outcome === 'paid' ? ctx.paths.orderThanks(number) : ctx.paths.order(number)
}

const numberOf = (ctx: PageContext): string => ctx.query.get('order') ?? ''

/** When this page was first seen, as the reloads without script carry it along. */
function sinceOf(query: URLSearchParams, nowSeconds: number): number {
  const since = Number(query.get('since'))
  return Number.isSafeInteger(since) && since > 0 && since <= nowSeconds ? since : nowSeconds
}

const check: Action = async (ctx) => {
  const number = numberOf(ctx)
  const to = await settledAt(ctx, number)
  return to ? { kind: 'redirect', to } : { kind: 'done', data: null, to: ctx.paths.checkoutReturn(number) }
}

export const checkoutReturnPage = definePage<CheckoutReturnData>({
  name: 'checkout-return',
  route: routes.checkoutReturn,
  Page,
  async load(ctx) {
    const number = numberOf(ctx)
    const to = await settledAt(ctx, number)
    if (to) return goTo(to)
    const nowSeconds = Math.floor(Date.now() / 1000)
    const since = sinceOf(ctx.query, nowSeconds)
    return loaded({ number, since, isSlow: nowSeconds - since >= slowAfterSeconds })
  },
  head: (data, { t, paths }) => ({
    title: t('checkout.return.title'),
    path: (each) => each.checkoutReturn(data.number),
    isIndexable: false,
    refresh: {
      seconds: data.isSlow ? askAgainSlowlySeconds : askAgainSeconds,
      path: paths.checkoutReturn(data.number, data.since),
    },
  }),
  cache: privately,
  chrome: 'checkout',
  actions: { check },
})
