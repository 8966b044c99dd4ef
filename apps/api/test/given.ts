import type { ApiClient } from '@dhow/api-client/api-client.ts'
import type { CartView } from '@dhow/contracts/cart.ts'
import type { CheckoutResult, OrderView } from '@dhow/contracts/orders.ts'
import type { RunningSandbox } from '../../sandbox/src/app.ts'
import type { AppContext } from '../src/context.ts'
import { insertProduct } from './catalogue.ts'
import type { GivenProduct, GivenVariant, ProductWish, VariantWish } from './catalogue.ts'
import { signInCustomer } from './customer.ts'
import type { CustomerWish, GivenCustomer } from './customer.ts'
import { bringToCheckout, fillCart } from './shopper.ts'
import type { CartWish, Guest, GuestWish } from './shopper.ts'
import { makeStaff } from './staff.ts'
import type { GivenStaff, StaffWish } from './staff.ts'
import type { TestWorker } from './worker.ts'

/** Builders: say what matters to the test, the rest is sensible. */
export interface Given {
  /** An active product, bilingual, with one variant unless told otherwise. */
  product(wish?: ProductWish): Promise<GivenProduct>
  /** The only variant of a new product: ten on hand, AED 100.00. */
  variant(wish?: VariantWish & Omit<ProductWish, 'variants' | 'options'>): Promise<GivenVariant>
  cart(wish?: Partial<CartWish>): Promise<CartView>
  /** A guest with contact, address and delivery, one press away from an order. */
  guestAtCheckout(wish?: GuestWish): Promise<Guest>
  /** A guest whose order is placed, or also paid and known to be (webhooks and jobs done). */
  order(
    wish?: GuestWish & { state?: 'awaiting-payment' | 'confirmed' },
  ): Promise<Guest & { view: OrderView; result: CheckoutResult }>
  /** A staff member who is signed in with two factors just now: an owner, unless told otherwise. */
  staff(wish?: StaffWish): Promise<GivenStaff>
  /** Somebody with an account, signed in. */
  customer(wish?: CustomerWish): Promise<GivenCustomer>
  /** Makes `n` at once. */
  many<T>(n: number, make: (index: number) => Promise<T>): Promise<T[]>
}

interface Parts {
  api: ApiClient
  ctx: AppContext
  sandbox: RunningSandbox
  worker: TestWorker
  baseUrl: string
}

export function createGiven({ api, ctx, sandbox, worker, baseUrl }: Parts): Given {
  const product: Given['product'] = (wish = {}) => insertProduct(ctx, wish)

  const variant: Given['variant'] = async (wish = {}) => {
    const { variants } = await product({ ...wish, options: [], variants: [wish] })
    if (!variants[0]) throw new Error('the product has no variant')
    return variants[0]
  }

  const linesOf = async (wish: GuestWish): Promise<CartWish['lines']> =>
    wish.lines ?? [{ variant: wish.variant ?? (await variant()), quantity: wish.quantity ?? 1 }]

  const guestAtCheckout: Given['guestAtCheckout'] = async (wish = {}) =>
    bringToCheckout({ api, sandbox }, { ...wish, lines: await linesOf(wish) })

  return {
    product,
    variant,
    cart: async (wish = {}) => fillCart(api, { ...wish, lines: wish.lines ?? [{ variant: await variant() }] }),
    guestAtCheckout,
    async order({ state = 'confirmed', ...wish } = {}) {
      const guest = await guestAtCheckout(wish)
      const answer = await guest.placeOrder()
      if (answer.code) throw new Error(`the order was refused: ${answer.code}`, { cause: answer.problem })
      if (state === 'awaiting-payment') return { ...guest, view: answer.order, result: answer }
      await guest.pay()
      await worker.settle()
      return { ...guest, view: await guest.order(), result: answer }
    },
    staff: (wish) => makeStaff(ctx, baseUrl, wish),
    customer: (wish) => signInCustomer(ctx, api, wish),
    many: (n, make) => Promise.all(Array.from({ length: n }, (_, index) => make(index))),
  }
}
