import { add, includedVat, money, multiply, sum, zero } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'

export interface PricedLine {
  unitPrice: Money
  quantity: number
  vatRateBasisPoints: number
}

export interface LineTotals {
  total: Money
  /** Contained in total, rounded once for the line (domain facts §1.1). */
  vat: Money
}

/** Delivery is taxed like the goods it brings (domain facts §2): 5 %. */
export const deliveryVatBasisPoints = 500

export const totalsOfLine = (line: PricedLine): LineTotals => {
  const total = multiply(line.unitPrice, line.quantity)
  return { total, vat: includedVat(total, line.vatRateBasisPoints) }
}

export interface OrderTotals {
  lines: LineTotals[]
  subtotal: Money
  delivery: Money | null
  deliveryVat: Money
  /** Σ of the lines' VAT and the delivery's: never computed from the grand total, which can differ by fils. */
  vat: Money
  grandTotal: Money
}

/** Everything a cart or order adds up to. `delivery` is null until one is chosen. */
export function totalsOf(lines: readonly PricedLine[], delivery: Money | null): OrderTotals {
  const lineTotals = lines.map(totalsOfLine)
  const subtotal = sum(lineTotals.map((line) => line.total))
  const deliveryVat = delivery ? includedVat(delivery, deliveryVatBasisPoints) : zero()
  return {
    lines: lineTotals,
    subtotal,
    delivery,
    deliveryVat,
    vat: add(sum(lineTotals.map((line) => line.vat)), deliveryVat),
    grandTotal: add(subtotal, delivery ?? money(0)),
  }
}
