/**
 * Money is a whole number of minor units (fils) and a currency. Every amount in the shop goes through this file:
 * no floats, no bare numbers, one place that rounds (`roundHalfAwayFromZero`), splits that add up exactly.
 */

export type Currency = 'AED'

/** `amount` is in minor units: AED 12.50 is `{ amount: 1250, currency: 'AED' }`. */
export interface Money {
  readonly amount: number
  readonly currency: Currency
}

/** Thrown when arithmetic would leave the safe integers or mix currencies: a programming error, never a shopper's. */
export class MoneyError extends Error {
  override name = 'MoneyError'
}

const MINOR_UNITS_PER_UNIT = 100

/** Makes a money value from whole minor units. Throws MoneyError unless `minorUnits` is a safe integer. */
export function money(minorUnits: number, currency: Currency = 'AED'): Money {
  if (!Number.isSafeInteger(minorUnits)) throw new MoneyError(`not a whole number of minor units: ${minorUnits}`)
  return { amount: minorUnits === 0 ? 0 : minorUnits, currency }
}

export const zero = (currency: Currency = 'AED'): Money => money(0, currency)

function requireSameCurrency(left: Money, right: Money): void {
  const currencies: string[] = [left.currency, right.currency] // one type today, but values come from outside too
  if (currencies[0] !== currencies[1]) throw new MoneyError(`cannot mix ${currencies.join(' and ')}`)
}

export function add(left: Money, right: Money): Money {
  requireSameCurrency(left, right)
  return money(left.amount + right.amount, left.currency)
}

export function subtract(left: Money, right: Money): Money {
  requireSameCurrency(left, right)
  return money(left.amount - right.amount, left.currency)
}

export function sum(amounts: readonly Money[], currency: Currency = 'AED'): Money {
  return amounts.reduce(add, zero(currency))
}

/** Times a whole quantity. Fractions are refused: rates go through `percentageOf` or `includedVat`. */
export function multiply(price: Money, quantity: number): Money {
  if (!Number.isSafeInteger(quantity)) throw new MoneyError(`not a whole quantity: ${quantity}`)
  return money(price.amount * quantity, price.currency)
}

export function compare(left: Money, right: Money): number {
  requireSameCurrency(left, right)
  return left.amount - right.amount
}

export const sameMoney = (left: Money, right: Money): boolean =>
  left.currency === right.currency && left.amount === right.amount

/** The one place that rounds: halves go away from zero (VAT Executive Regulation Art. 61; never bankers' rounding). */
export function roundHalfAwayFromZero(numerator: bigint, denominator: bigint): bigint {
  const negative = numerator < 0n !== denominator < 0n
  const top = numerator < 0n ? -numerator : numerator
  const bottom = denominator < 0n ? -denominator : denominator
  const rounded = (2n * top + bottom) / (2n * bottom)
  return negative ? -rounded : rounded
}

/**
 * The VAT contained in a VAT-inclusive amount, rounded to the nearest fils. Call it once, on a line's total after
 * discounts: FTA clarification VATP006 rounds per line item, not per unit and not per invoice.
 * @param rateBasisPoints VAT rate in hundredths of a percent: 5 % is 500.
 */
export function includedVat(gross: Money, rateBasisPoints: number): Money {
  if (!Number.isSafeInteger(rateBasisPoints) || rateBasisPoints < 0)
    throw new MoneyError(`not a VAT rate in basis points: ${rateBasisPoints}`)
  const vat = roundHalfAwayFromZero(BigInt(gross.amount) * BigInt(rateBasisPoints), BigInt(10_000 + rateBasisPoints))
  return money(Number(vat), gross.currency)
}

/**
 * Splits an amount over weights so that the parts add up to it exactly: every part gets its rounded-down share, and the
 * fils left over go to the largest remainders, earlier parts first. Weights are non-negative integers, not all zero.
 */
export function allocate(total: Money, weights: readonly number[]): Money[] {
  if (weights.some((weight) => !Number.isSafeInteger(weight) || weight < 0))
    throw new MoneyError('weights must be non-negative whole numbers')
  const whole = weights.reduce((all, weight) => all + BigInt(weight), 0n)
  if (whole === 0n) throw new MoneyError('weights must not all be zero')
  const sign = total.amount < 0 ? -1n : 1n
  const amount = BigInt(Math.abs(total.amount))
  const shares = weights.map((weight, index) => {
    const product = amount * BigInt(weight)
    return { index, part: product / whole, remainder: product % whole }
  })
  let left = amount - shares.reduce((all, share) => all + share.part, 0n)
  for (const share of shares.toSorted((a, b) => Number(b.remainder - a.remainder) || a.index - b.index)) {
    if (left === 0n) break
    share.part += 1n
    left -= 1n
  }
  return shares.map((share) => money(Number(sign * share.part), total.currency))
}

/**
 * Reads a decimal as merchants and providers write it (`325`, `325.5`, `325.50`), by string arithmetic.
 * Returns undefined when it is not a plain decimal of at most two places within the safe range.
 */
export function parseDecimal(text: string, currency: Currency = 'AED'): Money | undefined {
  const match = /^(-?)(\d{1,12})(?:\.(\d{1,2}))?$/.exec(text.trim())
  if (!match) return undefined
  const [, sign, units, fraction = ''] = match
  const minor = Number(units) * MINOR_UNITS_PER_UNIT + Number(fraction.padEnd(2, '0'))
  return money(sign === '-' ? -minor : minor, currency)
}

/** The decimal a provider's wire format or a CSV wants: `1250` fils is `"12.50"`. */
export function toDecimal(value: Money): string {
  const digits = String(Math.abs(value.amount)).padStart(3, '0')
  return `${value.amount < 0 ? '-' : ''}${digits.slice(0, -2)}.${digits.slice(-2)}`
}
