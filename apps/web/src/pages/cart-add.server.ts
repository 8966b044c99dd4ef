import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { addLine, createCart } from '@dhow/contracts/cart.ts'
import type { CartView } from '@dhow/contracts/cart.ts'
import { asciiDigits, Id, Quantity } from '@dhow/contracts/primitives.ts'
import { z } from 'zod'
import type { AddedToCart } from '../framework/cart-events.ts'
import { definePage, goTo, loaded, privately } from '../framework/page.ts'
import type { PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { cartKeyOf, rememberCart } from '../server/cart-cookie.ts'
import { giveToCustomer } from '../server/cart-merge.ts'
import { parseForm } from '../server/forms.ts'
import { Page } from './cart-add.page.tsx'

const AddForm = z.object({
  variantId: Id,
  quantity: z
    .string()
    .default('1')
    .transform((typed) => Number(asciiDigits(typed)))
    .pipe(Quantity),
})
type AddForm = z.output<typeof AddForm>

/** Carts that cannot take more lines: gone, or an order already. A new one is begun. */
const isSpent = (error: unknown): boolean =>
  error instanceof ApiProblem && (error.code === 'cart/not-found' || error.code === 'cart/checked-out')

async function addToNewCart(ctx: PageContext, line: AddForm): Promise<CartView> {
  const cart = await ctx.api.call(createCart, { body: { locale: ctx.locale } })
  return giveToCustomer(ctx, await ctx.api.call(addLine, { params: { cartId: cart.id }, body: line }))
}

async function addToCart(ctx: PageContext, line: AddForm): Promise<CartView> {
  const cartId = cartKeyOf(ctx.cookies)
  if (!cartId) return addToNewCart(ctx, line)
  try {
    return await ctx.api.call(addLine, { params: { cartId }, body: line })
  } catch (error) {
    if (isSpent(error)) return addToNewCart(ctx, line)
    throw error
  }
}

function addedFrom(cart: CartView, variantId: string): AddedToCart | undefined {
  const line = cart.lines.find((one) => one.variantId === variantId)
  if (!line) return undefined
  const { name, optionText, picture, quantity, unitPrice } = line
  return {
    itemCount: cart.itemCount,
    line: { name, optionText, picture, quantity, unitPrice },
    subtotal: cart.totals.subtotal,
    untilFreeDelivery: cart.untilFreeDelivery,
  }
}

/** Where every "add to cart" form posts: begins a cart when there is none, then goes to it or tells the script. */
export const cartAddPage = definePage<null>({
  name: 'cart-add',
  route: routes.cartAdd,
  Page,
  cache: privately,
  // A GET is somebody reloading: the cart shows what is in it. With a refused form the page itself answers.
  load: async (ctx) => (ctx.isPost ? loaded(null) : goTo(ctx.paths.cart())),
  head: (_data, { t }) => ({ title: t('cartAdd.title'), path: (paths) => paths.cart(), isIndexable: false }),
  actions: {
    async add(ctx, form) {
      const parsed = parseForm(AddForm, form)
      if (!parsed.ok) return parsed.refused
      const cart = await addToCart(ctx, parsed.value)
      rememberCart(ctx.cookies, cart)
      const data = addedFrom(cart, parsed.value.variantId)
      return { kind: 'done', data, to: ctx.paths.cart() }
    },
  },
})
