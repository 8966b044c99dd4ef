import type { MethodRefusal } from '@dhow/contracts/cart.ts'
import type { Config } from '../../config.ts'

export type CashRules = Pick<
  Config,
  'COD_EMIRATES' | 'COD_BLOCKED_CATEGORIES' | 'COD_OPEN_ORDERS' | 'COD_REFUSALS' | 'COD_REFUSAL_DAYS'
>

export interface CashFacts {
  /** Null before there is an address. */
  emirate: string | null
  /** Handles of the goods' categories and of all above them. */
  categories: readonly string[]
  /** Orders of the same phone or customer whose cash has not been brought yet; this one not counted. */
  openOrders: number
  /** Orders of theirs that were refused at the door within COD_REFUSAL_DAYS. */
  refusals: number
}

const DAY_MS = 86_400_000

/** Since when a refusal at the door counts. */
export const refusalsCountFrom = (rules: CashRules, now: Date): Date =>
  new Date(now.getTime() - rules.COD_REFUSAL_DAYS * DAY_MS)

/** Why an order cannot be paid in cash, or null. Limits of the amount are the provider's, and looked at before. */
export function cashRefusal(rules: CashRules, facts: CashFacts): MethodRefusal | null {
  const { emirate, categories } = facts
  if (emirate !== null && rules.COD_EMIRATES.length > 0 && !rules.COD_EMIRATES.includes(emirate))
    return 'not-in-this-emirate'
  if (categories.some((handle) => rules.COD_BLOCKED_CATEGORIES.includes(handle))) return 'not-for-these-goods'
  if (facts.refusals >= rules.COD_REFUSALS) return 'refused-before'
  if (facts.openOrders >= rules.COD_OPEN_ORDERS) return 'too-many-open-orders'
  return null
}
