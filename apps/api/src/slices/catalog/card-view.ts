import type { Availability, ProductCard, ProductDetail, VariantView } from '@dhow/contracts/catalog.ts'
import type { Locale, Picture } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import type { StoredOption } from '../../platform/db/tables.ts'
import type { PictureRow, ProductRow, VariantRow } from './refresh.sql.ts'

/** From here down we say how many are left. */
const LOW_STOCK = 5

/** Everything known of one published product, before it is put into words. */
export interface ProductFacts {
  product: ProductRow
  variants: readonly VariantRow[]
  pictures: readonly PictureRow[]
}

const inWords = <T>(locale: Locale, en: T, ar: T): T => (locale === 'ar' ? ar : en)

export function availabilityFrom(available: number): { availability: Availability; left: number | null } {
  if (available <= 0) return { availability: 'out', left: null }
  return available <= LOW_STOCK ? { availability: 'low', left: available } : { availability: 'in-stock', left: null }
}

/** What a card prices: the variants that can be bought, or all of them when none can. */
export function pricedVariants(variants: readonly VariantRow[]): readonly VariantRow[] {
  const buyable = variants.filter((variant) => variant.available > 0)
  return buyable.length > 0 ? buyable : variants
}

const totalAvailable = (variants: readonly VariantRow[]): number =>
  variants.reduce((all, variant) => all + variant.available, 0)

const toPicture = (row: PictureRow, locale: Locale): Picture => ({
  key: row.key,
  alt: inWords(locale, row.altEn, row.altAr),
  width: row.width,
  height: row.height,
  widths: row.widths,
})

/** Options with only the values some active variant has: nobody can choose the others. */
export function usedOptions({ product, variants }: ProductFacts): StoredOption[] {
  return product.options.map((option) => {
    const used = new Set(variants.map((variant) => variant.options[option.code]))
    return { ...option, values: option.values.filter((value) => used.has(value.code)) }
  })
}

function identityOf(product: ProductRow, locale: Locale) {
  return {
    id: product.id,
    slug: inWords(locale, product.slugEn, product.slugAr),
    slugs: { en: product.slugEn, ar: product.slugAr },
    name: inWords(locale, product.nameEn, product.nameAr),
    subtitle: inWords(locale, product.subtitleEn, product.subtitleAr),
  }
}

const brandOf = (product: ProductRow, locale: Locale) => ({
  slug: product.brandSlug,
  name: inWords(locale, product.brandNameEn, product.brandNameAr),
})

/** A published product as a list shows it. It has at least one active variant. */
export function toProductCard(facts: ProductFacts, locale: Locale): ProductCard {
  const { product, variants, pictures } = facts
  const priced = pricedVariants(variants).toSorted((left, right) => left.priceAmount - right.priceAmount)
  const cheapest = priced[0]
  const only = variants.length === 1 ? variants[0] : undefined
  const picture = pictures[0]
  const price = cheapest?.priceAmount ?? 0
  return {
    ...identityOf(product, locale),
    brand: brandOf(product, locale),
    picture: picture ? toPicture(picture, locale) : null,
    price: money(price),
    compareAt: cheapest && cheapest.compareAtAmount !== null ? money(cheapest.compareAtAmount) : null,
    priceVaries: priced.some((variant) => variant.priceAmount !== price),
    ...availabilityFrom(totalAvailable(variants)),
    tags: product.tags,
    quickAddVariantId: only && only.available > 0 ? only.id : null,
    variantCount: variants.length,
    colours: usedOptions(facts).flatMap((option) => option.values.flatMap((value) => value.hex ?? [])),
  }
}

function toVariantView(variant: VariantRow): VariantView {
  return {
    id: variant.id,
    sku: variant.sku,
    options: variant.options,
    price: money(variant.priceAmount),
    compareAt: variant.compareAtAmount === null ? null : money(variant.compareAtAmount),
    ...availabilityFrom(variant.available),
    pictureKey: variant.pictureKey,
    weightGrams: variant.weightGrams,
  }
}

/** A published product as its own page shows it, without what is related. */
export function toProductDetail(facts: ProductFacts, locale: Locale): Omit<ProductDetail, 'related'> {
  const { product, variants, pictures } = facts
  return {
    ...identityOf(product, locale),
    descriptionHtml: inWords(locale, product.descriptionHtmlEn, product.descriptionHtmlAr),
    brand: brandOf(product, locale),
    category: {
      slug: inWords(locale, product.categorySlugEn, product.categorySlugAr),
      slugs: { en: product.categorySlugEn, ar: product.categorySlugAr },
      name: inWords(locale, product.categoryNameEn, product.categoryNameAr),
    },
    pictures: pictures.map((row) => toPicture(row, locale)),
    options: usedOptions(facts).map((option) => ({
      code: option.code,
      name: inWords(locale, option.nameEn, option.nameAr),
      values: option.values.map((value) => ({
        code: value.code,
        name: inWords(locale, value.nameEn, value.nameAr),
        hex: value.hex,
      })),
    })),
    variants: variants.map(toVariantView),
    attributes: product.attributes.map((attribute) => ({
      name: inWords(locale, attribute.nameEn, attribute.nameAr),
      value: inWords(locale, attribute.valueEn, attribute.valueAr),
    })),
    originCountry: variants.find((variant) => variant.originCountry !== null)?.originCountry ?? null,
    tags: product.tags,
    availability: availabilityFrom(totalAvailable(variants)).availability,
    vatRateBasisPoints: product.vatRateBp,
    updatedAt: product.updatedAt.toISOString(),
  }
}
