import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { PaidMethod } from '@dhow/contracts/cart.ts'
import type { CartView } from '@dhow/contracts/cart.ts'
import type { FormValues } from '../../framework/form.ts'
import { goTo } from '../../framework/page.ts'
import type { Action, ActionResult, Loaded, PageContext } from '../../framework/page.ts'
import { checkoutSteps } from '../../paths.ts'
import type { CheckoutStep, ChosenPayment } from '../../paths.ts'
import { cartKeyOf, rememberCart } from '../../server/cart-cookie.ts'
import { findShopperCart } from '../../server/shopper-cart.ts'
import type { CheckoutFrameData } from './frame-data.ts'
import { missingBefore, stepViews } from './step-guard.ts'
import type { CheckoutProgress } from './step-guard.ts'

export type StepEntry =
  | { kind: 'enter'; cart: CartView; chosen: Chosen; frame: CheckoutFrameData }
  | { kind: 'leave'; result: Loaded<never> }

export interface Chosen extends ChosenPayment {
  method: PaidMethod | null
}

/** The payment chosen on its step, as the address says. */
export function chosenOf(query: URLSearchParams): Chosen {
  const parsed = PaidMethod.safeParse(query.get('method'))
  return { method: parsed.success ? parsed.data : null, usesCredit: query.get('credit') === '1' }
}

const progressOf = (cart: CartView, { method }: Chosen): CheckoutProgress => ({
  contact: cart.contact,
  address: cart.address,
  delivery: cart.delivery,
  hasMethod: method !== null,
})

const leave = (to: string): StepEntry => ({ kind: 'leave', result: goTo(to) })

/** Of a waiting order only the way to pay can still be chosen. */
const heldAt = ({ paths }: PageContext, step: CheckoutStep, number: string): string =>
  step === 'payment' ? paths.checkoutMethods(number) : paths.checkoutPay(number)

/** Loads what a step needs, or says where the shopper belongs: an earlier step, the cart, the waiting or the paid order. */
export async function enterStep(ctx: PageContext, step: CheckoutStep): Promise<StepEntry> {
  const { paths } = ctx
  const shopper = await findShopperCart(ctx)
  if (shopper.kind === 'held') return leave(heldAt(ctx, step, shopper.order.number))
  if (shopper.kind === 'paid') return leave(paths.orderThanks(shopper.number))
  if (shopper.kind === 'none' || shopper.cart.lines.length === 0) return leave(paths.cart())
  const { cart } = shopper
  const chosen = chosenOf(ctx.query)
  const progress = progressOf(cart, chosen)
  const missing = missingBefore(step, progress)
  if (missing) return leave(paths.checkout(missing, chosen))
  const { lines, itemCount, totals } = cart
  const frame = { steps: stepViews(step, progress), summary: { lines, itemCount, totals }, chosen }
  return { kind: 'enter', cart, chosen, frame }
}

const overtaking: ReadonlySet<string> = new Set(['cart/not-found', 'cart/checked-out', 'cart/incomplete'])

/**
 * The action of a step's form. When another tab was faster and the cart is gone or has become an order, the step's own
 * address is the best answer: loading it leads where the shopper belongs.
 */
export const stepAction =
  (step: CheckoutStep, save: (ctx: PageContext, cartId: string, form: FormValues) => Promise<ActionResult>): Action =>
  async (ctx, form) => {
    const cartId = cartKeyOf(ctx.cookies)
    if (!cartId) return { kind: 'redirect', to: ctx.paths.cart() }
    try {
      return await save(ctx, cartId, form)
    } catch (error) {
      if (!(error instanceof ApiProblem) || !overtaking.has(error.code)) throw error
      return { kind: 'redirect', to: ctx.paths.checkout(step, chosenOf(ctx.query)) }
    }
  }

/** After a step is saved: the next one, or back to the review when all of it was there already. */
export function continueFrom(ctx: PageContext, step: CheckoutStep, cart: CartView): ActionResult {
  rememberCart(ctx.cookies, cart)
  const chosen = chosenOf(ctx.query)
  const following = checkoutSteps[checkoutSteps.indexOf(step) + 1] ?? 'review'
  const to = chosen.method ? (missingBefore('review', progressOf(cart, chosen)) ?? 'review') : following
  return { kind: 'redirect', to: ctx.paths.checkout(to, chosen) }
}
