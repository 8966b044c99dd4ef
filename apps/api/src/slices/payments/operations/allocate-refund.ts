import { roundHalfAwayFromZero } from '@dhow/money/money.ts'

/** Something that was sold with VAT inside, and what of it was given back before. All minor units. */
export interface Sold {
  amount: number
  vatAmount: number
  givenAmount: number
  givenVatAmount: number
}

export interface SoldUnits extends Sold {
  quantity: number
  givenQuantity: number
}

const share = (whole: number, part: number, of: number): number =>
  of === 0 ? 0 : Number(roundHalfAwayFromZero(BigInt(whole) * BigInt(part), BigInt(of)))

const between = (value: number, low: number, high: number): number => Math.min(Math.max(value, low), high)

/**
 * The VAT that comes back with `amount` of something sold: the stored VAT pro rata, counted up from the first fils, so that the
 * roundings cancel out and the last part takes the remainder (UAE facts §1.1). Σ of all refunds is the VAT of the sale exactly.
 * Refunds that failed in between may leave amount and VAT out of step; then a part takes no less than the rest could not hold.
 */
export function vatOfPart(sold: Sold, amount: number): number {
  const leftAmount = sold.amount - sold.givenAmount
  const leftVat = sold.vatAmount - sold.givenVatAmount
  const exact = share(sold.vatAmount, sold.givenAmount + amount, sold.amount) - sold.givenVatAmount
  return between(exact, Math.max(0, leftVat - (leftAmount - amount)), Math.min(amount, leftVat))
}

/**
 * What so many more units of a line come to: their share of the line, counted up like the VAT; the last unit takes what is left,
 * also where part of the line was given back without its goods.
 */
export function amountOfUnits(sold: SoldUnits, quantity: number): number {
  const after = sold.givenQuantity + quantity
  const left = sold.amount - sold.givenAmount
  if (after === sold.quantity) return left
  const exact = share(sold.amount, after, sold.quantity) - share(sold.amount, sold.givenQuantity, sold.quantity)
  return Math.min(exact, left)
}
