import { money } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'

export type CashRounding = 'none' | 'nearest_25' | 'down_25'

/** The smallest coin that is really in people's pockets (UAE facts §1.2). */
const COIN_FILS = 25

/**
 * What rounding adds to an amount paid in cash: below zero when the shopper pays less. `down_25` never asks for more than was
 * shown. VAT is computed before and does not change.
 */
export function cashRounding(due: Money, rule: CashRounding): Money {
  const beyond = due.amount % COIN_FILS
  switch (rule) {
    case 'none':
      return money(0)
    case 'down_25':
      return money(-beyond)
    case 'nearest_25':
      return money(beyond * 2 > COIN_FILS ? COIN_FILS - beyond : -beyond)
  }
}
