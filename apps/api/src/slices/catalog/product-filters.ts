import { Problem } from '../../platform/http/problem.ts'
import type { SearchTerm } from '../search/search.ts'

/** One option's chosen values, as the facet codes of the cards: `['colour:black', 'colour:white']`. */
export interface OptionFilter {
  option: string
  facets: string[]
}

/** What a list is narrowed by. Category, tag and words say which list it is; the rest are facets of it. */
export interface ProductFilters {
  category: string | undefined
  tag: string | undefined
  terms: readonly SearchTerm[] | undefined
  brands: readonly string[]
  options: readonly OptionFilter[]
  priceMin: number | undefined
  priceMax: number | undefined
  available: boolean | undefined
}

/** Groups `colour:black`, `colour:white`, `size:m` by option: any within one, all across. Throws `request/invalid`. */
export function parseOptions(codes: readonly string[]): OptionFilter[] {
  const byOption = new Map<string, string[]>()
  for (const code of codes) {
    const option = /^([^:]+):[^:]+$/.exec(code)?.[1]
    if (option === undefined)
      throw new Problem('request/invalid', { errors: [{ pointer: '?options', code: 'invalid' }] })
    byOption.set(option, [...(byOption.get(option) ?? []), code])
  }
  return [...byOption].map(([option, facets]) => ({ option, facets }))
}

interface FilterQuery {
  brand?: string[] | undefined
  options?: string[] | undefined
  priceMin?: number | undefined
  priceMax?: number | undefined
  available?: 'true' | 'false' | undefined
  category?: string | undefined
  tag?: string | undefined
}

export function toFilters(query: FilterQuery, terms?: readonly SearchTerm[]): ProductFilters {
  return {
    category: query.category,
    tag: query.tag,
    terms,
    brands: query.brand ?? [],
    options: parseOptions(query.options ?? []),
    priceMin: query.priceMin,
    priceMax: query.priceMax,
    available: query.available === undefined ? undefined : query.available === 'true',
  }
}
