import type { Locale } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import type { AppContext } from '../../context.ts'
import type { PurchaseDetails } from '../../providers/payments/port.ts'
import type { CartRecord } from '../cart/cart.ts'
import { findCategoryNames } from '../catalog/catalog.ts'
import { buyerDetailsOf } from '../payments/payments.ts'
import type { OrderTotals } from '../pricing/pricing.ts'

type CartDetails = Omit<PurchaseDetails, 'buyer' | 'address'>

interface Shown {
  totals: OrderTotals
  locale: Locale
}

function itemsOf(ctx: AppContext, cart: CartRecord, { totals, locale, names }: Shown & { names: Map<string, string> }) {
  const isArabic = locale === 'ar'
  const site = ctx.config.WEBSITE_URL
  return cart.lines.map((line, index) => ({
    sku: line.sku,
    name: isArabic ? line.nameAr : line.nameEn,
    category: names.get(line.productId) ?? '',
    quantity: line.quantity,
    unitPrice: money(line.price),
    total: totals.lines[index]?.total ?? money(0),
    vat: totals.lines[index]?.vat ?? money(0),
    pictureUrl: line.picture && `${site}/media/${encodeURIComponent(line.picture.key)}/640.webp`,
    productUrl: `${site}/${locale}/p/${encodeURIComponent(isArabic ? line.slugAr : line.slugEn)}`,
  }))
}

/** What a lender may want to know of a cart before it says whether it would lend: as much as of the order it will become. */
export async function cartDetailsOf(ctx: AppContext, cart: CartRecord, shown: Shown): Promise<CartDetails> {
  const [names, buyer] = await Promise.all([
    findCategoryNames(
      ctx.db,
      cart.lines.map((line) => line.productId),
    ),
    buyerDetailsOf(ctx, cart.customerId),
  ])
  const { totals } = shown
  return {
    items: itemsOf(ctx, cart, { ...shown, names }),
    vat: totals.vat,
    delivery: totals.delivery ?? money(0),
    discount: money(0),
    ...buyer,
  }
}
