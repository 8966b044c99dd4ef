import type { PaidMethod } from '@dhow/contracts/cart.ts'
import { add, compare, includedVat, money, subtract } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import { cashRounding } from '../cod/cod.ts'
import type { CashRounding } from '../cod/cod.ts'

export interface AmountRules {
  COD_FEE_FILS: number
  COD_ROUNDING: CashRounding
}

export interface OptionAmounts {
  /** What the method adds, VAT included. */
  fee: Money
  /** Contained in the fee. */
  feeVat: Money
  /** What store credit pays first. */
  credit: Money
  /** What cash rounds off, signed. */
  rounding: Money
  /** What is left for the method: total + fee − credit + rounding. */
  due: Money
}

/** The fee is a service of ours, taxed at the standard rate. */
const feeVatBasisPoints = 500

const smaller = (left: Money, right: Money): Money => (compare(left, right) < 0 ? left : right)

/**
 * What paying by a method comes to. Only cash costs a fee and is rounded; VAT is computed before rounding and does not change.
 * @param total goods and delivery, without any method's fee.
 * @param available store credit that may be spent; zero when none is to be used.
 */
export function amountsOf(method: PaidMethod, total: Money, available: Money, rules: AmountRules): OptionAmounts {
  const isCash = method === 'cod'
  const fee = money(isCash ? rules.COD_FEE_FILS : 0)
  const whole = add(total, fee)
  const credit = smaller(available, whole)
  const left = subtract(whole, credit)
  const rounding = isCash ? cashRounding(left, rules.COD_ROUNDING) : money(0)
  return { fee, feeVat: includedVat(fee, feeVatBasisPoints), credit, rounding, due: add(left, rounding) }
}
