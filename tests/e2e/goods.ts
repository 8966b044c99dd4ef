import { getProduct } from '@dhow/contracts/catalog.ts'
import type { ProductDetail, VariantView } from '@dhow/contracts/catalog.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import type { Shop } from './shop.ts'

/** A variant of the demo catalogue. */
export interface Goods {
  variantId: string
  sku: string
  name: Record<Locale, string>
  slug: Record<Locale, string>
  priceAmount: number
}

/** Something to choose from: a product whose variants differ, and the one to be chosen. */
export interface Choice {
  product: ProductDetail
  chosen: VariantView
  /** The option's and the value's names, for each option of the chosen variant. */
  options: { name: string; value: string }[]
}

interface GoodsRow {
  variantId: string
  sku: string
  nameEn: string
  nameAr: string
  slugEn: string
  slugAr: string
  priceAmount: string
}

// A product each, with stock for a whole file's shoppers.
const listGoods = `
  select distinct on (product_id) variant_id "variantId", sku, name_en "nameEn", name_ar "nameAr", slug_en "slugEn",
    slug_ar "slugAr", price_amount "priceAmount"
  from sellable_variants where is_for_sale and available >= 6 and price_amount between 3000 and 90000
  order by product_id, sku`

let taken = 0

/** Goods no other test of this file gets, so that each may change their stock and price. */
export async function takeGoods(shop: Shop): Promise<Goods> {
  const { rows } = await shop.db.query<GoodsRow>(listGoods)
  const row = rows[taken]
  if (!row) throw new Error('the demo catalogue has too few goods for this file')
  taken += 1
  const { variantId, sku, priceAmount } = row
  const name = { en: row.nameEn, ar: row.nameAr }
  return { variantId, sku, name, slug: { en: row.slugEn, ar: row.slugAr }, priceAmount: Number(priceAmount) }
}

function optionNames({ options }: ProductDetail, chosen: VariantView): Choice['options'] {
  return options.map(({ code, name, values }) => {
    const value = values.find((one) => one.code === chosen.options[code])
    return { name, value: value?.name ?? '' }
  })
}

/** A product with options, in the shopper's language, and its last variant that can be bought: not the one shown first. */
export async function findChoice(shop: Shop, locale: Locale): Promise<Choice> {
  const { rows } = await shop.db.query<GoodsRow>(listGoods)
  for (const row of rows.toReversed()) {
    const product = await shop.api.call(getProduct, { params: { slug: row.slugEn }, locale })
    const chosen = product.variants.findLast((variant) => variant.availability === 'in-stock')
    if (!chosen || chosen === product.variants[0] || product.options.length === 0) continue
    return { product, chosen, options: optionNames(product, chosen) }
  }
  throw new Error('the demo catalogue has no product with options')
}

/** Leaves so many that nobody has reserved. */
export async function setAvailable(shop: Shop, goods: Goods, available: number): Promise<void> {
  const update = 'update stock_levels set on_hand = reserved + $2 where variant_id = $1'
  await shop.db.query(update, [goods.variantId, available])
}

export async function setPrice(shop: Shop, goods: Goods, priceAmount: number): Promise<void> {
  await shop.db.query('update variants set price_amount = $2 where id = $1', [goods.variantId, priceAmount])
}
