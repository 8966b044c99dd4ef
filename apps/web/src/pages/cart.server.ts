import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { acceptChanges, addLine, changeLine, removeLine } from '@dhow/contracts/cart.ts'
import type { CartView } from '@dhow/contracts/cart.ts'
import { Id } from '@dhow/contracts/primitives.ts'
import { toCartData } from '../features/cart/cart-data.ts'
import type { CartChange, CartData, RemovedLine } from '../features/cart/cart-data.ts'
import { readQuantity } from '../features/cart/quantity.ts'
import type { FormValues } from '../framework/form.ts'
import { definePage, loaded, privately } from '../framework/page.ts'
import type { Action, ActionResult, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { cartKeyOf, rememberCart } from '../server/cart-cookie.ts'
import { takeAddedLines } from '../server/cart-merge.ts'
import { refusedFields } from '../server/forms.ts'
import { toHeldOrder, toSummary } from '../server/held-order.ts'
import { instalmentPromos } from '../server/instalment-promos.ts'
import { findShopperCart, releaseOrder } from '../server/shopper-cart.ts'
import { Page } from './cart.page.tsx'
import type { CartPageData } from './cart.page.tsx'

function removedFrom(query: URLSearchParams): RemovedLine | null {
  const variantId = Id.safeParse(query.get('removed'))
  const quantity = readQuantity(query.get('quantity') ?? undefined)
  return variantId.success && quantity ? { variantId: variantId.data, quantity } : null
}

const present = async (ctx: PageContext, cart: CartView): Promise<CartData> =>
  toCartData(cart, await instalmentPromos(ctx, [cart.totals.grandTotal]))

async function load(ctx: PageContext) {
  const shopper = await findShopperCart(ctx)
  const isFilled = shopper.kind === 'open' && shopper.cart.lines.length > 0
  return loaded<CartPageData>({
    cart: isFilled ? await present(ctx, shopper.cart) : null,
    held:
      shopper.kind === 'held' ? { ...toHeldOrder(shopper.order, ctx.format), summary: toSummary(shopper.order) } : null,
    removed: removedFrom(ctx.query),
    addedLines: takeAddedLines(ctx.cookies),
  })
}

async function changed(ctx: PageContext, cart: CartView, removed: RemovedLine | null = null): Promise<ActionResult> {
  rememberCart(ctx.cookies, cart)
  const data: CartChange = { cart: await present(ctx, cart), removed }
  const query = removed ? { removed: removed.variantId, quantity: removed.quantity } : {}
  return { kind: 'done', data, to: ctx.paths.cart(query) }
}

/** Runs a change of the cart. When another tab was faster, the page as it is now is the best answer. */
const withCart =
  (change: (ctx: PageContext, cartId: string, form: FormValues) => Promise<ActionResult>): Action =>
  async (ctx, form) => {
    const cartId = cartKeyOf(ctx.cookies)
    if (!cartId) return { kind: 'redirect', to: ctx.paths.cart() }
    try {
      return await change(ctx, cartId, form)
    } catch (error) {
      const isOvertaken =
        error instanceof ApiProblem &&
        ['cart/not-found', 'cart/line-not-found', 'cart/checked-out'].includes(error.code)
      if (!isOvertaken) throw error
      return { kind: 'redirect', to: ctx.paths.cart() }
    }
  }

const invalidQuantity = (form: FormValues) => refusedFields(form, [{ pointer: '/quantity', code: 'invalid' }])

async function takeOut(ctx: PageContext, cartId: string, form: FormValues, quantity: number): Promise<ActionResult> {
  const cart = await ctx.api.call(removeLine, { params: { cartId, lineId: form['line'] ?? '' } })
  return changed(ctx, cart, { variantId: form['variant'] ?? '', quantity })
}

const setQuantity = withCart(async (ctx, cartId, form) => {
  // A stepper's button names the quantity it leads to; it comes before what stands in the field.
  const quantity = readQuantity(form['to'] ?? form['quantity'])
  if (quantity === undefined) return invalidQuantity(form)
  if (quantity === 0) return takeOut(ctx, cartId, form, 1)
  const params = { cartId, lineId: form['line'] ?? '' }
  return changed(ctx, await ctx.api.call(changeLine, { params, body: { quantity } }))
})

const remove = withCart((ctx, cartId, form) => takeOut(ctx, cartId, form, readQuantity(form['quantity']) ?? 1))

const restore = withCart(async (ctx, cartId, form) => {
  const body = { variantId: form['variant'] ?? '', quantity: readQuantity(form['quantity']) ?? 1 }
  return changed(ctx, await ctx.api.call(addLine, { params: { cartId }, body }))
})

const accept = withCart(async (ctx, cartId) => changed(ctx, await ctx.api.call(acceptChanges, { params: { cartId } })))

export const cartPage = definePage<CartPageData>({
  name: 'cart',
  route: routes.cart,
  Page,
  load,
  head: (_data, { t }) => ({ title: t('cart.title'), path: (paths) => paths.cart(), isIndexable: false }),
  cache: privately,
  class: 'promoted',
  actions: {
    quantity: setQuantity,
    remove,
    restore,
    'accept-changes': accept,
    'change-order': (ctx, form) => releaseOrder(ctx, form['order'] ?? '', ctx.paths.cart()),
  },
})
