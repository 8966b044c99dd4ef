import { isDeepStrictEqual } from 'node:util'
import type { StoredOption } from '../../../platform/db/tables.ts'
import { newId } from '../../../platform/ids.ts'
import { toSlug } from './cells.ts'
import { columns } from './columns.ts'
import type { StoredAwaited, StoredPicture, StoredProduct, StoredVariant } from './import.sql.ts'
import type { Issue, IssueCode } from './issues.ts'
import { brandCode, categoryCode } from './known.ts'
import type { Known } from './known.ts'
import { planPictures } from './plan-pictures.ts'
import type { PictureBook } from './plan-pictures.ts'
import type { ProductDraft } from './product-draft.ts'
import type { DraftVariant } from './variant-draft.ts'

/** What is to be written of one product; parts that are as they should be are left out. */
export interface ProductPlan {
  draft: ProductDraft
  isNew: boolean
  productId: string
  /** Undefined when the stored product is the same. */
  product: StoredProduct | undefined
  /** New, changed and retired variants. */
  variants: StoredVariant[]
  /** All pictures the product is to have; undefined when it has exactly these. */
  pictures: { ready: StoredPicture[]; awaited: StoredAwaited[] } | undefined
  counts: { variantId: string; onHand: number; line: number }[]
}

type Report = (issue: Issue) => void

/** Lower comes first in the shop's own order: what sells, then what is new, then the rest in the order it was made. */
const rankOf = (tags: readonly string[]): number =>
  tags.includes('best-seller') ? 100_000 : tags.includes('new') ? 500_000 : 1_000_000

function planSlug(draft: ProductDraft, stored: StoredProduct | undefined, owners: Map<string, string>): string {
  const isTranslated = stored !== undefined && stored.slugAr !== draft.handle
  if (draft.slugAr === '' && isTranslated) return stored.slugAr
  const wanted = draft.slugAr || (draft.nameAr === draft.nameEn ? '' : toSlug(draft.nameAr)) || draft.handle
  const owner = owners.get(wanted)
  const slug = owner === undefined || owner === draft.handle ? wanted : `${wanted}-${draft.handle}`
  owners.set(slug, draft.handle)
  return slug
}

/** Values that only variants the file does not speak of still have. */
function keepUsedValues(
  options: StoredOption[],
  stored: StoredProduct | undefined,
  kept: readonly StoredVariant[],
): StoredOption[] {
  return options.map((option) => {
    const before = stored?.options.find((other) => other.code === option.code)?.values ?? []
    const used = new Set(kept.map((variant) => variant.options[option.code]))
    const missing = before.filter(
      (value) => used.has(value.code) && !option.values.some((other) => other.code === value.code),
    )
    return missing.length > 0 ? { ...option, values: [...option.values, ...missing] } : option
  })
}

interface VariantPlace {
  productId: string
  handle: string
  position: number
  known: StoredVariant | undefined
  pictureKey: string | null
}

function toStoredVariant(draft: DraftVariant, { known, ...place }: VariantPlace): StoredVariant {
  return {
    ...place,
    id: known?.id ?? newId(),
    sku: draft.sku,
    options: draft.options,
    optionTextEn: draft.optionTextEn,
    optionTextAr: draft.optionTextAr,
    priceAmount: draft.priceAmount,
    compareAtAmount: draft.compareAtAmount,
    barcode: draft.barcode,
    weightGrams: draft.weightGrams,
    hsCode: draft.hsCode,
    originCountry: draft.originCountry,
    isActive: true,
  }
}

/** Variants whose SKU is another product's are refused. */
function ownVariants(draft: ProductDraft, productId: string, known: Known, report: Report): DraftVariant[] {
  return draft.variants.filter((variant) => {
    const owner = known.variantBySku.get(variant.sku)
    if (owner === undefined || owner.productId === productId) return true
    const { line, sku } = variant
    report({
      severity: 'refused',
      line,
      column: columns.sku,
      code: 'sku/other-product',
      handle: draft.handle,
      value: sku,
    })
    return false
  })
}

function samePictures(
  plan: { ready: StoredPicture[]; awaited: StoredAwaited[] },
  productId: string,
  known: Known,
): boolean {
  return (
    isDeepStrictEqual(plan.ready, known.picturesByProduct.get(productId) ?? []) &&
    isDeepStrictEqual(plan.awaited, known.awaitedByProduct.get(productId) ?? [])
  )
}

function planStatus(draft: ProductDraft, known: Known, report: Report): ProductDraft['status'] {
  const missing = [...draft.missingArabic]
  if (known.untranslatedCategories.has(categoryCode(draft))) missing.push(columns.typeAr)
  if (draft.status !== 'active' || missing.length === 0) return draft.status
  const column = [...new Set(missing)].join(', ')
  report({ severity: 'warning', line: draft.line, column, code: 'arabic/missing', handle: draft.handle, value: null })
  return 'draft'
}

/** Compares one draft with what is stored. Answers undefined when the product is refused, which has been reported. */
export function planProduct(
  draft: ProductDraft,
  known: Known,
  book: PictureBook,
  report: Report,
): ProductPlan | undefined {
  const stored = known.productByHandle.get(draft.handle)
  const productId = stored?.id ?? newId()
  const refuse = (code: IssueCode, column: string | null): undefined => {
    report({ severity: 'refused', line: draft.line, column, code, handle: draft.handle, value: null })
  }
  const slugOwner = known.slugOwners.get(draft.handle)
  if (slugOwner !== undefined && slugOwner !== draft.handle) return refuse('product/slug-taken', columns.handle)
  const drafts = ownVariants(draft, productId, known, report)
  if (drafts.length === 0) return refuse('product/no-variants', null)

  const existing = known.variantsByProduct.get(productId) ?? []
  const pictures = planPictures({ draft, drafts, productId }, book, report)
  const variants = drafts.map((variant, position) =>
    toStoredVariant(variant, {
      productId,
      handle: draft.handle,
      position,
      known: known.variantBySku.get(variant.sku),
      pictureKey: pictures.keyBySrc.get(variant.image) ?? null,
    }),
  )
  const inFile = new Set(draft.variants.map((variant) => variant.sku))
  const others = existing.filter((variant) => variant.isActive && !inFile.has(variant.sku))
  const isWhole = !draft.hasRefusedRows && drafts.length === draft.variants.length
  const retired = isWhole ? others.map((variant) => ({ ...variant, isActive: false })) : []
  for (const { sku } of retired)
    report({
      severity: 'warning',
      line: draft.line,
      column: columns.sku,
      code: 'variant/retired',
      handle: draft.handle,
      value: sku,
    })

  const product: StoredProduct = {
    id: productId,
    handle: draft.handle,
    slugAr: planSlug(draft, stored, known.slugOwners),
    categoryId: known.categoryByCode.get(categoryCode(draft))?.id ?? '',
    brandId: known.brandByCode.get(brandCode(draft))?.id ?? '',
    nameEn: draft.nameEn,
    nameAr: draft.nameAr,
    subtitleEn: draft.subtitleEn,
    subtitleAr: draft.subtitleAr,
    descriptionHtmlEn: draft.descriptionHtmlEn,
    descriptionHtmlAr: draft.descriptionHtmlAr,
    attributes: draft.attributes,
    options: isWhole ? draft.options : keepUsedValues(draft.options, stored, others),
    tags: draft.tags,
    status: planStatus(draft, known, report),
    featuredRank: stored?.featuredRank ?? rankOf(draft.tags),
  }
  const changed = variants.filter((variant) => !isDeepStrictEqual(variant, known.variantBySku.get(variant.sku)))
  return {
    draft,
    isNew: stored === undefined,
    productId,
    product: isDeepStrictEqual(product, stored) ? undefined : product,
    variants: [...changed, ...retired],
    pictures: samePictures(pictures, productId, known)
      ? undefined
      : { ready: pictures.ready, awaited: pictures.awaited },
    counts: variants.flatMap((variant, at) => {
      const { quantity, line } = drafts[at] ?? { quantity: undefined, line: 0 }
      const onHand = quantity ?? (known.variantBySku.has(variant.sku) ? undefined : 0)
      return onHand === undefined ? [] : [{ variantId: variant.id, onHand, line }]
    }),
  }
}
