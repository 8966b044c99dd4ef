import { allocate, money } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'

export interface Instalments {
  count: number
  /** Paid at once; carries what does not divide. */
  first: Money
  each: Money
}

/** Splits an amount into equal parts, the first of which takes the fils left over: they add up to it exactly. */
export function instalmentsOf(due: Money, count: number): Instalments {
  const parts = allocate(
    due,
    Array.from({ length: count }, () => 1),
  )
  const each = parts.at(-1) ?? due
  return { count, first: money(due.amount - each.amount * (count - 1)), each }
}
