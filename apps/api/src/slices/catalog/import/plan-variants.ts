import { isDeepStrictEqual } from 'node:util'
import type { StoredOption } from '../../../platform/db/tables.ts'
import { newId } from '../../../platform/ids.ts'
import { columns } from './columns.ts'
import type { StoredProduct, StoredVariant } from './import.sql.ts'
import type { Issue } from './issues.ts'
import { keepFacts } from './keep-stored.ts'
import type { Known } from './known.ts'
import type { ProductDraft } from './product-draft.ts'
import type { DraftVariant } from './variant-draft.ts'

type Report = (issue: Issue) => void

/** Variants whose SKU is another product's are refused. */
export function ownVariants(draft: ProductDraft, known: Known, report: Report): DraftVariant[] {
  const { handle } = draft
  return draft.variants.filter(({ sku, line }) => {
    if ((known.variantBySku.get(sku)?.handle ?? handle) === handle) return true
    report({ severity: 'refused', line, column: columns.sku, code: 'sku/other-product', handle, value: sku })
    return false
  })
}

export interface VariantsContext {
  draft: ProductDraft
  /** The draft's variants that are its own. */
  drafts: readonly DraftVariant[]
  productId: string
  options: readonly StoredOption[]
  keyBySrc: ReadonlyMap<string, string>
  known: Known
}

const textOf = (
  variant: { options: Record<string, string> },
  options: readonly StoredOption[],
  name: 'nameEn' | 'nameAr',
): string =>
  options
    .map((option) => option.values.find(({ code }) => code === variant.options[option.code])?.[name] ?? '')
    .filter(Boolean)
    .join(' · ')

function toStoredVariant(draft: DraftVariant, position: number, context: VariantsContext): StoredVariant {
  const known = context.known.variantBySku.get(draft.sku)
  const { line: _, quantity: __, image, ...facts } = draft
  const variant = {
    ...facts,
    id: known?.id ?? newId(),
    productId: context.productId,
    handle: context.draft.handle,
    position,
    optionTextEn: '',
    optionTextAr: '',
    pictureKey: context.keyBySrc.get(image) ?? null,
    isActive: true,
  }
  const kept = keepFacts(variant, known, context.draft)
  const { options } = context
  return { ...kept, optionTextEn: textOf(kept, options, 'nameEn'), optionTextAr: textOf(kept, options, 'nameAr') }
}

/** Active variants of the product that the file does not speak of. */
export function unnamedVariants(draft: ProductDraft, productId: string, known: Known): StoredVariant[] {
  const inFile = new Set(draft.variants.map((variant) => variant.sku))
  const existing = known.variantsByProduct.get(productId) ?? []
  return existing.filter((variant) => variant.isActive && !inFile.has(variant.sku))
}

/** The options with the values that only variants the file does not speak of still have. */
export function keepUsedValues(
  options: StoredOption[],
  stored: StoredProduct | undefined,
  kept: readonly StoredVariant[],
): StoredOption[] {
  return options.map((option) => {
    const before = stored?.options.find((other) => other.code === option.code)?.values ?? []
    const used = new Set(kept.map((variant) => variant.options[option.code]))
    const named = new Set(option.values.map((value) => value.code))
    const missing = before.filter((value) => used.has(value.code) && !named.has(value.code))
    return missing.length > 0 ? { ...option, values: [...option.values, ...missing] } : option
  })
}

/** Variants as they are to be, those of them that differ from what is stored, and what was counted of each. */
export function planVariants(context: VariantsContext): {
  changed: StoredVariant[]
  counts: { variantId: string; onHand: number; line: number }[]
} {
  const { drafts, known } = context
  const planned = drafts.map((draft, position) => ({ draft, variant: toStoredVariant(draft, position, context) }))
  return {
    changed: planned
      .map(({ variant }) => variant)
      .filter((variant) => !isDeepStrictEqual(variant, known.variantBySku.get(variant.sku))),
    counts: planned.flatMap(({ draft, variant }) => {
      const onHand = draft.quantity ?? (known.variantBySku.has(draft.sku) ? undefined : 0)
      return onHand === undefined ? [] : [{ variantId: variant.id, onHand, line: draft.line }]
    }),
  }
}
