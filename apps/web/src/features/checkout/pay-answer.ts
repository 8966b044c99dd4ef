import type { PaidMethod } from '@dhow/contracts/cart.ts'
import type { Money } from '@dhow/money/money.ts'
import type { FormState } from '../../framework/form.ts'
import type { HeldOrderFacts } from '../../ui/HeldOrder.tsx'
import type { CartNow } from './changes.ts'

/** What the card fields need before there is an order. */
export interface CardSetup {
  publishableKey: string
  /** On the provider's own host. */
  scriptUrl: string
  captureMethod: 'automatic' | 'manual'
  /** Lets the fields show and keep a signed-in customer's cards. */
  customerSession: string | null
}

/** How the review pays, and what. */
export interface PaySetup {
  method: PaidMethod
  /** What the button says and the server is held to. */
  due: Money
  /** Made for this load of the page: however often it is sent, one order comes of it. */
  payKey: string
  /** Set for cards alone. */
  card: CardSetup | null
  /** How the amount is split, in words. */
  instalments: string | null
}

/** What paying answers the page's script with: the order is there, the card is to be confirmed with the provider. */
export interface PayAnswer {
  held: HeldOrderFacts
  clientSecret: string
  /** Path of the page that finds out how it went. */
  returnPath: string
}

/** Refusals after which the shopper must see what changed. */
export const changeProblems = [
  'cart/total-changed',
  'inventory/out-of-stock',
  'cart/variant-not-available',
  'cart/delivery-not-available',
] as const

const unanswered: ReadonlySet<string> = new Set(['service/unavailable', 'service/failed'])

/** A refusal that tells nothing of the order: it may be there. What counts then is that nobody is charged twice. */
export const isUnanswered = ({ problem }: FormState): boolean => problem !== null && unanswered.has(problem.code)

/** Our own action wrote it from the contract's cart, in this very answer: its parts being there is proof enough. */
const isCartNow = (value: unknown): value is CartNow =>
  typeof value === 'object' && value !== null && 'lines' in value && 'delivery' in value && 'due' in value

/** The cart as it is now, which a refusal by {@link changeProblems} brings along. */
export function freshCartIn(refused: FormState): CartNow | undefined {
  const cart = refused.problem?.details['cart']
  return isCartNow(cart) ? cart : undefined
}
