/** The same words in both languages, each written for its readers: English first, Arabic second. */
export type Words = readonly [en: string, ar: string]

/**
 * One variant: its option values by id (see `values.ts`) joined by `/`, VAT-inclusive price in AED, units on hand,
 * then the price before a reduction (0 when there is none) and the shipping weight where it differs from the product's.
 */
export type VariantRow = readonly [values: string, priceAed: number, onHand: number, wasAed?: number, grams?: number]

export type OptionId =
  | 'size'
  | 'colour'
  | 'volume'
  | 'capacity'
  | 'flavour'
  | 'length'
  | 'scent'
  | 'weight'
  | 'stone'
  | 'roast'
  | 'metal'
  | 'filling'
  | 'set'
  | 'age'

export type DemoProduct = {
  handle: string
  /** Prefix of every SKU of the product. */
  sku: string
  brand: string
  title: Words
  subtitle: Words
  about: Words
  points: readonly Words[]
  close?: Words
  tags: readonly string[]
  attributes: readonly (readonly [name: Words, value: Words])[]
  /** Harmonised System heading, at least six digits. */
  hs: string
  /** ISO 3166-1 alpha-2. */
  origin: string
  grams: number
  options: readonly OptionId[]
  variants: readonly VariantRow[]
  /** What a picture of the product shows, for its alternative text. */
  look: Words
  /** The option whose values have a picture each; without it there is one picture called `front`. */
  pictureBy?: OptionId
  /** Further pictures: the end of the key, and what is to be seen. */
  views: readonly (readonly [name: string, alt: Words])[]
}

export type DemoCategory = {
  handle: string
  handleAr: string
  name: Words
  description: Words
  products: readonly DemoProduct[]
  /** Key of the picture on the category's tile. */
  picture: string
}
