import { money } from '@dhow/money/money.ts'
import { newId } from '../../platform/ids.ts'
import type { CartLineRecord } from '../cart/cart.ts'
import type { NewOrderLine } from '../orders/orders.ts'
import type { OrderTotals } from '../pricing/pricing.ts'

/** Freezes a cart's lines: words, price and VAT as they are now, whatever the catalogue says later. */
export function orderLinesFrom(lines: readonly CartLineRecord[], totals: OrderTotals): NewOrderLine[] {
  return lines.map((line, index) => ({
    id: newId(),
    position: index + 1,
    variantId: line.variantId,
    productId: line.productId,
    sku: line.sku,
    nameEn: line.nameEn,
    nameAr: line.nameAr,
    optionTextEn: line.optionTextEn,
    optionTextAr: line.optionTextAr,
    slugEn: line.slugEn,
    slugAr: line.slugAr,
    pictureKey: line.picture?.key ?? null,
    hsCode: line.hsCode,
    originCountry: line.originCountry,
    quantity: line.quantity,
    unitPriceAmount: line.price,
    totalAmount: (totals.lines[index]?.total ?? money(0)).amount,
    vatRateBp: line.vatRateBp,
    vatAmount: (totals.lines[index]?.vat ?? money(0)).amount,
  }))
}
