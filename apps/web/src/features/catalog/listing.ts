import type { ProductCard } from '@dhow/contracts/catalog.ts'

export interface FacetChoice {
  code: string
  name: string
  count: number
  hex: string | null
  isSelected: boolean
}

/** One group of the filter form; `field` is the name its boxes are sent under. */
export interface FacetGroup {
  field: string
  title: string
  choices: readonly FacetChoice[]
}

/** Everything a list of products shows: the server has made all words and addresses. */
export interface Listing {
  products: readonly ProductCard[]
  total: number
  /** Where the filter form goes, without a query. */
  action: string
  /** What the form must keep beside the filters: `q`, `tag`. */
  kept: readonly { name: string; value: string }[]
  groups: readonly FacetGroup[]
  price: { min: string; max: string; from: string; to: string } | null
  inStock: { count: number; isSelected: boolean }
  /** Filters in force, each with the address of the list without it. */
  chips: readonly { words: string; path: string }[]
  clearPath: string
  sorts: readonly { code: string; name: string; isSelected: boolean }[]
  previousPath: string | null
  nextPath: string | null
}
