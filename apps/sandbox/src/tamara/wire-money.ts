import { invalid } from './errors.ts'

/** Money on the wire: major units as a JSON number. */
export type WireMoney = { amount: number; currency: string }

const CURRENCY = 'AED'
/** How far a decimal may lie from whole fils by the nature of binary fractions; a third decimal is ten thousand times more. */
const NOISE = 1e-6

export const toWire = (fils: number): WireMoney => ({ amount: fils / 100, currency: CURRENCY })

/** Fils of an amount in dirhams. Throws for a third decimal and for another currency than the country's. */
export function toFils(money: WireMoney): number {
  if (money.currency !== CURRENCY) throw invalid('total_amount_invalid_currency', 'currency_unsupported')
  const fils = Math.round(money.amount * 100)
  if (!Number.isSafeInteger(fils) || Math.abs(money.amount * 100 - fils) > NOISE) throw invalid('amount_invalid')
  return fils
}
