import type { Facets } from '@dhow/contracts/catalog.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import type { FacetRow } from './facets.sql.ts'
import type { ProductFilters } from './product-filters.ts'

type FacetValue = Facets['brands'][number]

const sizes = ['xxs', 'xs', 's', 'm', 'l', 'xl', 'xxl', '2xl', 'xxxl', '3xl', '4xl', 'one-size', 'free-size']

/** What a value is sorted by: sizes by how large, then numbers by unit and how many, then the rest. */
function placeOf({ code }: FacetValue): { group: number; unit: string; at: number } {
  const size = sizes.indexOf(code)
  if (size >= 0) return { group: 0, unit: '', at: size }
  const [, digits, unit = ''] = /^(\d+(?:-\d+)?)(.*)$/.exec(code) ?? []
  return digits === undefined ? { group: 2, unit: '', at: 0 } : { group: 1, unit, at: Number(digits.replace('-', '.')) }
}

/** Sizes from small to large, things with a number by it, the rest by how many products have it. */
export function compareValues(left: FacetValue, right: FacetValue): number {
  const [a, b] = [placeOf(left), placeOf(right)]
  return (
    a.group - b.group ||
    a.unit.localeCompare(b.unit) ||
    a.at - b.at ||
    right.count - left.count ||
    left.name.localeCompare(right.name)
  )
}

function toValue(row: FacetRow, locale: Locale, isSelected: (code: string) => boolean): FacetValue {
  const code = row.kind === 'option' ? row.code.slice(row.code.indexOf(':') + 1) : row.code
  const name = (locale === 'ar' ? row.nameAr : row.nameEn) ?? code
  return { code, name, count: row.count, hex: row.hex, selected: isSelected(row.code) }
}

function toOptions(rows: FacetRow[], filters: ProductFilters, locale: Locale): Facets['options'] {
  const chosen = new Set(filters.options.flatMap(({ facets }) => facets))
  const byOption = new Map<string, Facets['options'][number]>()
  for (const row of rows) {
    const code = row.code.slice(0, row.code.indexOf(':'))
    const option = byOption.get(code) ?? {
      code,
      name: (locale === 'ar' ? row.optionNameAr : row.optionNameEn) ?? code,
      values: [],
    }
    option.values.push(toValue(row, locale, (facet) => chosen.has(facet)))
    byOption.set(code, option)
  }
  const weight = (option: Facets['options'][number]): number => option.values.reduce((all, { count }) => all + count, 0)
  return [...byOption.values()]
    .map((option) => ({ ...option, values: option.values.toSorted(compareValues) }))
    .toSorted((left, right) => weight(right) - weight(left) || left.code.localeCompare(right.code))
}

/** The counts as the contract shows them, in an order people expect. */
export function toFacets(rows: FacetRow[], filters: ProductFilters, locale: Locale): { facets: Facets; total: number } {
  const countOf = (kind: FacetRow['kind']): number => rows.find((row) => row.kind === kind)?.count ?? 0
  const price = rows.find((row) => row.kind === 'price')
  const hasPrices = price !== undefined && price.low !== null && price.high !== null
  const facets: Facets = {
    brands: rows
      .filter((row) => row.kind === 'brand')
      .map((row) => toValue(row, locale, (slug) => filters.brands.includes(slug)))
      .toSorted((left, right) => right.count - left.count || left.name.localeCompare(right.name)),
    options: toOptions(
      rows.filter((row) => row.kind === 'option'),
      filters,
      locale,
    ),
    price: hasPrices ? { min: money(price.low ?? 0), max: money(price.high ?? 0) } : null,
    inStock: countOf('stock'),
  }
  return { facets, total: countOf('total') }
}
