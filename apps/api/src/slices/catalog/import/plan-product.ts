import { isDeepStrictEqual } from 'node:util'
import { newId } from '../../../platform/ids.ts'
import { toSlug } from './cells.ts'
import { columns } from './columns.ts'
import type { StoredAwaited, StoredPicture, StoredProduct, StoredVariant } from './import.sql.ts'
import type { Issue, IssueCode } from './issues.ts'
import { fillArabic, keepWords, missingArabic } from './keep-stored.ts'
import type { ProductWords } from './keep-stored.ts'
import { brandCode, categoryCode } from './known.ts'
import type { Known } from './known.ts'
import { planPictures } from './plan-pictures.ts'
import type { PictureBook } from './plan-pictures.ts'
import { keepUsedValues, ownVariants, planVariants, unnamedVariants } from './plan-variants.ts'
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

/** The Arabic address: as given, else kept once there is one, else made of the title; with the handle behind it when it is taken. */
function planSlug(draft: ProductDraft, stored: StoredProduct | undefined, owners: Map<string, string>): string {
  if (draft.slugAr === '' && stored !== undefined && stored.slugAr !== draft.handle) return stored.slugAr
  const wanted = draft.slugAr || toSlug(draft.nameAr) || draft.handle
  const owner = owners.get(wanted)
  const slug = owner === undefined || owner === draft.handle ? wanted : `${wanted}-${draft.handle}`
  owners.set(slug, draft.handle)
  return slug
}

/** Published only when complete in both languages. */
function planStatus(
  draft: ProductDraft,
  words: ProductWords,
  place: { stored: StoredProduct | undefined; known: Known; report: Report },
): ProductDraft['status'] {
  const { stored, known, report } = place
  const isSilent = !draft.has('status') && !draft.has('published')
  const status = isSilent && stored ? stored.status : draft.status
  const missing = missingArabic(words)
  if (known.untranslatedCategories.has(categoryCode(draft)) && !(stored && !draft.has('type')))
    missing.push(columns.typeAr)
  if (status !== 'active' || missing.length === 0) return status
  const column = missing.join(', ')
  report({ severity: 'warning', line: draft.line, column, code: 'arabic/missing', handle: draft.handle, value: null })
  return 'draft'
}

function planFacts(draft: ProductDraft, stored: StoredProduct | undefined, known: Known) {
  const categoryId = known.categoryByCode.get(categoryCode(draft))?.id ?? ''
  const brandId = known.brandByCode.get(brandCode(draft))?.id ?? ''
  return {
    handle: draft.handle,
    slugAr: planSlug(draft, stored, known.slugOwners),
    categoryId: stored && !draft.has('type') ? stored.categoryId : categoryId,
    brandId: stored && !draft.has('vendor') ? stored.brandId : brandId,
    nameEn: draft.nameEn,
    tags: stored && !draft.has('tags') ? stored.tags : draft.tags,
    featuredRank: stored?.featuredRank ?? rankOf(draft.tags),
  }
}

function samePictures(
  plan: { ready: StoredPicture[]; awaited: StoredAwaited[] },
  productId: string,
  known: Known,
): boolean {
  const ready = known.picturesByProduct.get(productId) ?? []
  return (
    isDeepStrictEqual(plan.ready, ready) && isDeepStrictEqual(plan.awaited, known.awaitedByProduct.get(productId) ?? [])
  )
}

function retire(variants: readonly StoredVariant[], draft: ProductDraft, report: Report): StoredVariant[] {
  const { line, handle } = draft
  return variants.map((variant) => {
    report({ severity: 'warning', line, column: columns.sku, code: 'variant/retired', handle, value: variant.sku })
    return { ...variant, isActive: false }
  })
}

interface PlanContext {
  known: Known
  book: PictureBook
  report: Report
}

function planDraft(draft: ProductDraft, drafts: readonly DraftVariant[], context: PlanContext): ProductPlan {
  const { known, book, report } = context
  const stored = known.productByHandle.get(draft.handle)
  const productId = stored?.id ?? newId()
  const others = unnamedVariants(draft, productId, known)
  const isWhole = !draft.hasRefusedRows && drafts.length === draft.variants.length
  const kept = keepWords(draft, stored)
  const options = keepUsedValues(kept.options, stored, isWhole ? [] : others)
  const product: StoredProduct = {
    id: productId,
    ...planFacts(draft, stored, known),
    ...fillArabic({ ...kept, options }, draft.nameEn),
    status: planStatus(draft, kept, { stored, known, report }),
  }
  const names = { en: product.nameEn, ar: product.nameAr }
  const { keyBySrc, ...pictures } = planPictures({ draft, drafts, productId, names }, book, report)
  const { changed, counts } = planVariants({ draft, drafts, productId, options: product.options, keyBySrc, known })
  const isSilent = stored !== undefined && !draft.has('imageSrc')
  return {
    draft,
    isNew: stored === undefined,
    productId,
    product: isDeepStrictEqual(product, stored) ? undefined : product,
    variants: [...changed, ...(isWhole ? retire(others, draft, report) : [])],
    pictures: isSilent || samePictures(pictures, productId, known) ? undefined : pictures,
    counts,
  }
}

/** Compares one draft with what is stored. Answers undefined when the product is refused, which has been reported. */
export function planProduct(draft: ProductDraft, context: PlanContext): ProductPlan | undefined {
  const { known, report } = context
  const { handle, line } = draft
  const refuse = (code: IssueCode, column: string | null): undefined => {
    report({ severity: 'refused', line, column, code, handle, value: null })
  }
  if ((known.slugOwners.get(handle) ?? handle) !== handle) return refuse('product/slug-taken', columns.handle)
  const drafts = ownVariants(draft, known, report)
  return drafts.length === 0 ? refuse('product/no-variants', null) : planDraft(draft, drafts, context)
}
