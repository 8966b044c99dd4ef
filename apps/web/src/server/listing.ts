import { ApiProblem } from '@dhow/api-client/api-client.ts'
import type { Facets, ProductList } from '@dhow/contracts/catalog.ts'
import { asciiDigits } from '@dhow/contracts/primitives.ts'
import { money } from '@dhow/money/money.ts'
import type { MessageId } from '@dhow/i18n/translator.ts'
import type { FacetChoice, FacetGroup, Listing } from '../features/catalog/listing.ts'
import type { PageContext } from '../framework/page.ts'
import { optionPrefix } from '../paths.ts'
import type { ListFilters } from '../paths.ts'

const plainNames = new Set(['brand', 'min', 'max', 'stock', 'sort', 'cursor'])
const code = /^[\p{L}\p{N}._-]{1,80}$/u
const maxValues = 20
const filsPerDirham = 100

/** The query names a cached list may depend on; `more` adds a page's own. */
export const listQueryNames = (...more: readonly string[]) => {
  const own = new Set(more)
  return (name: string): boolean => plainNames.has(name) || own.has(name) || /^o\.[a-z0-9_-]{1,40}$/.test(name)
}

/** Whole dirhams as typed, in any digits; nothing when it is no number. */
function typedDirhams(text: string | null): string | undefined {
  const digits = asciiDigits(text ?? '').replace(/[\s,٬]/g, '')
  return /^\d{1,6}$/.test(digits) ? digits : undefined
}

const codesOf = (values: readonly string[]): string[] =>
  [...new Set(values)].filter((value) => code.test(value)).slice(0, maxValues)

/** Reads what a list is narrowed to. Nonsense is dropped: a list's address never fails. */
export function readFilters(query: URLSearchParams): ListFilters {
  const names = [...new Set(query.keys())].filter((name) => name.startsWith(optionPrefix))
  const options = names.map((name) => [name.slice(optionPrefix.length), codesOf(query.getAll(name))] as const)
  const tag = query.get('tag')
  return {
    brand: codesOf(query.getAll('brand')),
    options: Object.fromEntries(options.filter(([, values]) => values.length)),
    priceMin: typedDirhams(query.get('min')),
    priceMax: typedDirhams(query.get('max')),
    inStock: query.get('stock') === '1',
    ...(tag && code.test(tag) ? { tag } : {}),
    ...(query.get('sort') ? { sort: query.get('sort') ?? '' } : {}),
    ...(query.get('cursor') ? { cursor: query.get('cursor') ?? '' } : {}),
  }
}

const pageSize = '24'
const inFils = (dirhams: string | undefined) =>
  dirhams === undefined ? undefined : String(Number(dirhams) * filsPerDirham)

/** The filters as the API's list endpoints take them. */
export function apiFilters(filters: ListFilters) {
  const options = Object.entries(filters.options ?? {}).flatMap(([option, values]) =>
    values.map((value) => `${option}:${value}`),
  )
  return {
    brand: filters.brand?.length ? filters.brand.join(',') : undefined,
    options: options.length ? options.join(',') : undefined,
    priceMin: inFils(filters.priceMin),
    priceMax: inFils(filters.priceMax),
    available: filters.inStock ? ('true' as const) : undefined,
    cursor: filters.cursor,
    limit: pageSize,
    facets: 'true' as const,
  }
}

export const sortOf = <Sort extends string>(sorts: readonly Sort[], wished: string | undefined): Sort | undefined =>
  sorts.find((sort) => sort === wished)

/** The same narrowing from its beginning: any change of filters starts there. */
export const fromStart = (filters: ListFilters): ListFilters => ({ ...filters, cursor: undefined })

/** A list that a stale cursor or a filter of yesterday leads to begins again at its first page. */
export async function listOr<T>(list: Promise<ProductList>, onBadCursor: () => T): Promise<ProductList | T> {
  try {
    return await list
  } catch (error) {
    if (error instanceof ApiProblem && error.code === 'catalog/cursor-invalid') return onBadCursor()
    throw error
  }
}

interface ListingInput {
  ctx: PageContext
  filters: ListFilters
  list: ProductList
  sorts: readonly ('relevance' | 'featured' | 'newest' | 'price-asc' | 'price-desc')[]
  /** Builds this list's address for other filters. */
  pathOf: (filters: ListFilters) => string
  kept?: readonly { name: string; value: string }[]
}

const choicesOf = (values: Facets['brands']): FacetChoice[] =>
  values.map((value) => ({
    code: value.code,
    name: value.name,
    count: value.count,
    hex: value.hex,
    isSelected: value.selected,
  }))

function groupsOf(facets: Facets | null, t: PageContext['t']): FacetGroup[] {
  if (!facets) return []
  const options = facets.options.map((option) => ({
    field: optionPrefix + option.code,
    title: option.name,
    choices: choicesOf(option.values),
  }))
  const groups = [{ field: 'brand', title: t('list.brand'), choices: choicesOf(facets.brands) }, ...options]
  // A group of one says nothing, unless it is chosen and must be unchosen.
  return groups.filter(({ choices }) => choices.length > 1 || choices.some((choice) => choice.isSelected))
}

function without(filters: ListFilters, group: FacetGroup, value: string): ListFilters {
  const rest = fromStart(filters)
  if (group.field === 'brand') return { ...rest, brand: rest.brand?.filter((one) => one !== value) }
  const option = group.field.slice(optionPrefix.length)
  return {
    ...rest,
    options: { ...rest.options, [option]: (rest.options?.[option] ?? []).filter((one) => one !== value) },
  }
}

function chipsOf(
  { ctx: { t, format }, filters, pathOf }: ListingInput,
  groups: readonly FacetGroup[],
): Listing['chips'] {
  const rest = fromStart(filters)
  const amount = (dirhams: string) => format.money(money(Number(dirhams) * filsPerDirham), { wholeShort: true })
  return [
    ...groups.flatMap((group) =>
      group.choices
        .filter((choice) => choice.isSelected)
        .map((choice) => ({ words: choice.name, path: pathOf(without(filters, group, choice.code)) })),
    ),
    ...(rest.priceMin
      ? [
          {
            words: t('list.price.atLeast', { amount: amount(rest.priceMin) }),
            path: pathOf({ ...rest, priceMin: undefined }),
          },
        ]
      : []),
    ...(rest.priceMax
      ? [
          {
            words: t('list.price.atMost', { amount: amount(rest.priceMax) }),
            path: pathOf({ ...rest, priceMax: undefined }),
          },
        ]
      : []),
    ...(rest.inStock ? [{ words: t('list.stock'), path: pathOf({ ...rest, inStock: false }) }] : []),
  ]
}

/** Whole dirhams round a range: the lowest rounded down, the highest up. */
const wholeDirhams = (fils: number, round: (value: number) => number): string => String(round(fils / filsPerDirham))

/** Makes the view of a list: the browser's script gets no facet logic, only words and addresses. */
export function listingFrom(input: ListingInput): Listing {
  const { ctx, filters, list, sorts, pathOf, kept = [] } = input
  const { t } = ctx
  const groups = groupsOf(list.facets, t)
  const range = list.facets?.price
  const chosen = sortOf(sorts, filters.sort) ?? sorts[0]
  return {
    products: list.items,
    total: list.total ?? list.items.length,
    action: pathOf({}).split('?', 1)[0] ?? '',
    kept,
    groups,
    price: range
      ? {
          min: wholeDirhams(range.min.amount, Math.floor),
          max: wholeDirhams(range.max.amount, Math.ceil),
          from: filters.priceMin ?? '',
          to: filters.priceMax ?? '',
        }
      : null,
    inStock: { count: list.facets?.inStock ?? 0, isSelected: filters.inStock ?? false },
    chips: chipsOf(input, groups),
    clearPath: pathOf({ sort: filters.sort }),
    sorts: sorts.map((sort) => ({
      code: sort,
      name: t(`list.sort.${sort}` satisfies MessageId),
      isSelected: sort === chosen,
    })),
    previousPath: list.previousCursor ? pathOf({ ...filters, cursor: list.previousCursor }) : null,
    nextPath: list.nextCursor ? pathOf({ ...filters, cursor: list.nextCursor }) : null,
  }
}
