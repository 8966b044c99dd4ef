import type { ProductDetail, VariantView } from '@dhow/contracts/catalog.ts'

export interface OptionChoice {
  code: string
  name: string
  hex: string | null
  isSelected: boolean
  isSoldOut: boolean
  /** The variant this choice leads to: the selected one with this value, or the nearest that exists. */
  sku: string
}

export interface OptionRow {
  code: string
  name: string
  selectedName: string
  choices: readonly OptionChoice[]
}

/** The variant an address names, else the first that can be bought, else the first. Undefined for a product without any. */
export function variantFor(
  product: Pick<ProductDetail, 'variants'>,
  sku: string | null | undefined,
): VariantView | undefined {
  const { variants } = product
  return (
    variants.find((variant) => variant.sku === sku) ??
    variants.find((variant) => variant.availability !== 'out') ??
    variants[0]
  )
}

/** How much two variants have in common, and a nudge towards what can be bought. */
function likeness(one: VariantView, other: VariantView): number {
  const same = Object.entries(one.options).filter(([option, value]) => other.options[option] === value).length
  return same * 2 + (other.availability === 'out' ? 0 : 1)
}

/** The option rows of a product page with the selected variant's values chosen. */
export function optionRows(product: Pick<ProductDetail, 'options' | 'variants'>, selected: VariantView): OptionRow[] {
  return product.options.map((option) => {
    const choices = option.values.flatMap((value): OptionChoice[] => {
      const wanted = { ...selected.options, [option.code]: value.code }
      const candidates = product.variants
        .filter((variant) => variant.options[option.code] === value.code)
        .sort(
          (one, other) =>
            likeness({ ...selected, options: wanted }, other) - likeness({ ...selected, options: wanted }, one),
        )
      const [nearest] = candidates
      if (!nearest) return []
      const isSelected = selected.options[option.code] === value.code
      return [{ ...value, isSelected, sku: nearest.sku, isSoldOut: nearest.availability === 'out' }]
    })
    const selectedName = choices.find((choice) => choice.isSelected)?.name ?? ''
    return { code: option.code, name: option.name, selectedName, choices }
  })
}
