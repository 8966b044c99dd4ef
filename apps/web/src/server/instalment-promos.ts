import type { InstalmentOffer } from '@dhow/contracts/payment-offers.ts'
import type { Formatter } from '@dhow/i18n/format.ts'
import { allocate, compare, multiply } from '@dhow/money/money.ts'
import type { Money } from '@dhow/money/money.ts'
import type { InstalmentPromo } from '../framework/instalments.ts'
import type { PageContext } from '../framework/page.ts'

/** So many amounts a page carries the parts of: a product with a price for each of its sixty variants names those of few quantities. */
const mostAmounts = 120
const mostAtOnce = 20

/** Every amount a product's page can come to: its distinct prices, times as many as are bought at once. */
export function amountsOfProduct(prices: readonly Money[]): Money[] {
  const distinct = [...new Map(prices.map((price) => [price.amount, price])).values()].slice(0, mostAmounts)
  const most = Math.min(mostAtOnce, Math.max(1, Math.floor(mostAmounts / Math.max(1, distinct.length))))
  return distinct.flatMap((price) => Array.from({ length: most }, (_, index) => multiply(price, index + 1)))
}

/** The first part, which is never less than the others: what has to be there today. */
function partOf(amount: Money, count: number): Money {
  const weights = Array.from({ length: count }, () => 1)
  return allocate(amount, weights).reduce((most, part) => (compare(part, most) > 0 ? part : most))
}

/** The parts of the amounts the provider usually lends. */
function partsOf(offer: InstalmentOffer, amounts: readonly Money[], format: Formatter): InstalmentPromo['parts'] {
  const { minimum, maximum, instalmentCount } = offer
  if (instalmentCount === null) return {}
  const lent = amounts.filter((amount) => compare(amount, minimum) >= 0 && compare(amount, maximum) <= 0)
  return Object.fromEntries(lent.map((each) => [each.amount, format.money(partOf(each, instalmentCount))]))
}

/**
 * What a page says about paying in instalments. Every provider that is configured is named for every amount (Tabby's checklist asks
 * for it); the parts are told where the provider usually lends.
 */
export async function instalmentPromos(
  ctx: Pick<PageContext, 'format' | 'paymentOffers'>,
  amounts: readonly Money[],
): Promise<InstalmentPromo[]> {
  const offers = await ctx.paymentOffers()
  if (!offers) return []
  return (['tabby', 'tamara'] as const).flatMap((provider) => {
    const offer = offers[provider]
    if (!offer.isShown) return []
    const { instalmentCount: count, widget } = offer
    return { provider, count, parts: partsOf(offer, amounts, ctx.format), widget }
  })
}
