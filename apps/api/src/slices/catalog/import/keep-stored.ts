import type { StoredAttribute, StoredOption } from '../../../platform/db/tables.ts'
import { columns } from './columns.ts'
import type { StoredProduct, StoredVariant } from './import.sql.ts'
import type { ProductDraft } from './product-draft.ts'

/** Words of a product that exist in both languages. */
export type ProductWords = Pick<
  StoredProduct,
  'nameAr' | 'subtitleEn' | 'subtitleAr' | 'descriptionHtmlEn' | 'descriptionHtmlAr' | 'attributes' | 'options'
>

function keepAttributes(attributes: StoredAttribute[], stored: readonly StoredAttribute[]): StoredAttribute[] {
  return attributes.map((attribute) => {
    const known = stored.find(({ nameEn, valueEn }) => nameEn === attribute.nameEn && valueEn === attribute.valueEn)
    if (!known || (attribute.nameAr !== '' && attribute.valueAr !== '')) return attribute
    return { ...attribute, nameAr: attribute.nameAr || known.nameAr, valueAr: attribute.valueAr || known.valueAr }
  })
}

/** Arabic names the shop has, where the file has none. What was stored for want of Arabic is English, and does not count. */
function keepOptions(
  options: StoredOption[],
  stored: readonly StoredOption[],
  has: ProductDraft['has'],
): StoredOption[] {
  const arabicOf = (known: { nameEn: string; nameAr: string } | undefined): string =>
    known && known.nameAr !== known.nameEn ? known.nameAr : ''
  return options.map((option) => {
    const known = stored.find(({ code }) => code === option.code)
    return {
      ...option,
      nameAr: option.nameAr || arabicOf(known),
      values: option.values.map((value) => {
        const before = known?.values.find(({ code }) => code === value.code)
        const hex = has('colourHex') ? value.hex : (before?.hex ?? null)
        return { ...value, nameAr: value.nameAr || arabicOf(before), hex }
      }),
    }
  })
}

/**
 * The words of a draft with what the shop knows where the file is silent: a column it does not have, or Arabic it does not give.
 * A plain export of Shopify, which has no Arabic, so never takes away what was translated.
 */
export function keepWords(draft: ProductDraft, stored: StoredProduct | undefined): ProductWords {
  const { nameAr, subtitleAr, descriptionHtmlAr, attributes, options, has } = draft
  if (!stored) {
    const { subtitleEn, descriptionHtmlEn } = draft
    return { nameAr, subtitleEn, subtitleAr, descriptionHtmlEn, descriptionHtmlAr, attributes, options }
  }
  const subtitleEn = has('subtitle') ? draft.subtitleEn : stored.subtitleEn
  const descriptionHtmlEn = has('body') ? draft.descriptionHtmlEn : stored.descriptionHtmlEn
  return {
    nameAr: nameAr || (stored.nameAr === stored.nameEn ? '' : stored.nameAr),
    subtitleEn,
    subtitleAr: subtitleAr || (subtitleEn === '' ? '' : stored.subtitleAr),
    descriptionHtmlEn,
    descriptionHtmlAr: descriptionHtmlAr || (descriptionHtmlEn === '' ? '' : stored.descriptionHtmlAr),
    attributes: has('attributes') ? keepAttributes(attributes, stored.attributes) : stored.attributes,
    options: has('option1Value') ? keepOptions(options, stored.options, has) : stored.options,
  }
}

/** The facts of a known variant that the file has no column for. */
export function keepFacts(
  variant: StoredVariant,
  known: StoredVariant | undefined,
  draft: ProductDraft,
): StoredVariant {
  if (!known || known.productId !== variant.productId) return variant
  const { has } = draft
  const compareAt =
    known.compareAtAmount !== null && known.compareAtAmount > variant.priceAmount ? known.compareAtAmount : null
  return {
    ...variant,
    options: has('option1Value') ? variant.options : known.options,
    compareAtAmount: has('compareAt') ? variant.compareAtAmount : compareAt,
    barcode: has('barcode') ? variant.barcode : known.barcode,
    weightGrams: has('grams') ? variant.weightGrams : known.weightGrams,
    hsCode: has('hsCode') ? variant.hsCode : known.hsCode,
    originCountry: has('origin') ? variant.originCountry : known.originCountry,
    pictureKey: has('variantImage') ? variant.pictureKey : known.pictureKey,
  }
}

/** Sizes and numbers read the same in both languages; words of four letters and more need their Arabic. */
const needsArabic = (text: string): boolean => /[a-z]{4}/i.test(text)

/** Columns whose Arabic is not there, neither in the file nor in the shop. */
export function missingArabic(words: ProductWords): string[] {
  const optionColumns = (['option1', 'option2', 'option3'] as const).flatMap((name, at) => {
    const option = words.options[at]
    const isNamed = !option || option.nameAr !== ''
    const isValued = !option || option.values.every((value) => value.nameAr !== '' || !needsArabic(value.nameEn))
    return [...(isNamed ? [] : [columns[`${name}NameAr`]]), ...(isValued ? [] : [columns[`${name}ValueAr`]])]
  })
  return [
    ...(words.nameAr === '' ? [columns.titleAr] : []),
    ...(words.descriptionHtmlEn !== '' && words.descriptionHtmlAr === '' ? [columns.bodyAr] : []),
    ...(words.subtitleEn !== '' && words.subtitleAr === '' ? [columns.subtitleAr] : []),
    ...(words.attributes.some(({ nameAr, valueAr }) => nameAr === '' || valueAr === '') ? [columns.attributesAr] : []),
    ...optionColumns,
  ]
}

const fill = <T extends { nameEn: string; nameAr: string }>(named: T): T => ({
  ...named,
  nameAr: named.nameAr || named.nameEn,
})

/** English where there is no Arabic: for sizes, and for drafts nobody sees. */
export const fillArabic = (words: ProductWords, nameEn: string): ProductWords => ({
  ...words,
  nameAr: words.nameAr || nameEn,
  attributes: words.attributes.map((attribute) => ({
    ...fill(attribute),
    valueAr: attribute.valueAr || attribute.valueEn,
  })),
  options: words.options.map((option) => ({ ...fill(option), values: option.values.map(fill) })),
})
