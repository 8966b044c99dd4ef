import { PaidMethod } from '@dhow/contracts/cart.ts'
import type { PaymentOption, PaymentOptions, Totals } from '@dhow/contracts/cart.ts'
import type { OrderView } from '@dhow/contracts/orders.ts'
import { add, subtract, zero } from '@dhow/money/money.ts'
import type { TotalsData } from '../../ui/Totals.tsx'
import type { Chosen } from './enter-step.ts'

/** What paying in a chosen way comes to. */
export interface Priced {
  due: TotalsData['grandTotal']
  option: PaymentOption | null
  storeCredit: PaymentOptions['storeCredit']
}

/** The option of a choice. Undefined when it cannot be had (any more). */
export function priceOf({ items, storeCredit }: PaymentOptions, { method, usesCredit }: Chosen): Priced | undefined {
  if (usesCredit && !storeCredit) return undefined
  if (method === 'store-credit')
    return usesCredit && storeCredit?.coversAll ? { due: zero(), option: null, storeCredit } : undefined
  const option = items.find((each) => each.method === method)
  if (!option || option.refusal) return undefined
  return { due: option.due, option, storeCredit: usesCredit ? storeCredit : null }
}

/** A cart's totals with what the way to pay adds and takes off. */
export function cartTotals(totals: Totals, { due, option, storeCredit }: Priced): TotalsData {
  const fee = option?.fee ?? zero()
  return {
    ...totals,
    grandTotal: add(totals.grandTotal, fee),
    paymentFee: fee,
    vat: option?.vat ?? totals.vat,
    ...(storeCredit ? { storeCredit: storeCredit.usable } : {}),
    rounding: option?.rounding ?? zero(),
    due,
  }
}

/** The summary's totals by the method that is chosen, for all that can be had. */
export type TotalsByMethod = Readonly<Record<string, TotalsData>>

export function totalsByMethod(
  options: PaymentOptions,
  totalsOf: (priced: Priced, chosen: Chosen) => TotalsData,
): TotalsByMethod {
  const usesCredit = options.storeCredit?.isUsed ?? false
  const found = PaidMethod.options.flatMap((method): [string, TotalsData][] => {
    const chosen = { method, usesCredit }
    const priced = priceOf(options, chosen)
    return priced ? [[method, totalsOf(priced, chosen)]] : []
  })
  return Object.fromEntries(found)
}

/** An order's totals as they would be, paid another way. */
export function totalsAnotherWay({ totals }: OrderView, priced: Priced): TotalsData {
  const { subtotal, delivery, vat, grandTotal, paymentFee } = totals
  const withoutFee = { subtotal, delivery, vat, grandTotal: subtract(grandTotal, paymentFee) }
  // Credit that pays all has no option that knows the VAT without the fee.
  const isVatKnown = priced.option !== null || paymentFee.amount === 0
  return { ...cartTotals(withoutFee, priced), ...(isVatKnown ? {} : { vat: null }) }
}
