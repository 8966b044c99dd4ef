import type { PaidMethod } from '@dhow/contracts/cart.ts'
import { refreshPayment } from '@dhow/contracts/orders.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
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

/** Unknown yet, and by whom; or where the shopper belongs. */
type Settled = { to: string } | { unknownOf: PaidMethod; canPay: boolean }

/** What the provider's page says of itself in the address it sends people back to. A hint for our words, never the truth. */
const hasLeft = (query: URLSearchParams): boolean => query.get('result') === 'cancelled'

/** While nobody knows: somebody who says they left is let choose again; what they left may still be paid, and is looked after. */
function whileUnknown(ctx: PageContext, { number, payment, canChangeMethod }: OrderView): Settled {
  if (hasLeft(ctx.query) && canChangeMethod) return { to: ctx.paths.checkoutMethods(number, { why: 'left' }) }
  return { unknownOf: payment.method, canPay: payment.state !== 'processing' }
}

/** Asks the provider, through the API, how the payment stands, and where the shopper belongs then. */
async function settle(ctx: PageContext, number: string): Promise<Settled> {
  const order = await askOrder(ctx, refreshPayment, number)
  if (!order) return { to: ctx.paths.orderLookup({ number }) }
  const outcome = outcomeOf(order)
  switch (outcome) {
    case 'confirming':
      return whileUnknown(ctx, order)
    case 'code':
      return { to: ctx.paths.checkoutCode(number) }
    case 'again':
      // A card is tried again where its fields are; a lender's no is better answered by another way to pay.
      return {
        to: order.payment.method === 'card' ? ctx.paths.checkoutPay(number) : ctx.paths.checkoutMethods(number),
      }
    case 'paid':
    case 'cancelled':
      // Puts the cart's cookie right: a paid cart is forgotten, a reopened one is counted.
      await findShopperCart(ctx)
      return { to: outcome === 'paid' ? ctx.paths.orderThanks(number) : ctx.paths.order(number) }
  }
}

const numberOf = (ctx: PageContext): string => ctx.query.get('order') ?? ''

/** When this page was first seen, as the reloads without script carry it along. */
function sinceOf(query: URLSearchParams, nowSeconds: number): number {
  const since = Number(query.get('since'))
  return Number.isSafeInteger(since) && since > 0 && since <= nowSeconds ? since : nowSeconds
}

const check: Action = async (ctx) => {
  const number = numberOf(ctx)
  const settled = await settle(ctx, number)
  if ('to' in settled) return { kind: 'redirect', to: settled.to }
  return { kind: 'done', data: null, to: ctx.paths.checkoutReturn(number) }
}

export const checkoutReturnPage = definePage<CheckoutReturnData>({
  name: 'checkout-return',
  route: routes.checkoutReturn,
  Page,
  async load(ctx) {
    const number = numberOf(ctx)
    const settled = await settle(ctx, number)
    if ('to' in settled) return goTo(settled.to)
    const nowSeconds = Math.floor(Date.now() / 1000)
    const since = sinceOf(ctx.query, nowSeconds)
    const { unknownOf: method, canPay } = settled
    return loaded({ number, method, canPay, since, isSlow: nowSeconds - since >= slowAfterSeconds })
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
