import type { AppContext } from '../../context.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import { JsonText } from '../../platform/http/mount.ts'
import { Problem } from '../../platform/http/problem.ts'
import { expandQuery } from '../search/search.ts'
import type { SearchTerm } from '../search/search.ts'
import { isCategory, listCards } from './cards.sql.ts'
import type { CardRow } from './cards.sql.ts'
import { parseCursor, printCursor } from './cursor.ts'
import type { Cursor, ListSort } from './cursor.ts'
import { toFacets } from './facet-view.ts'
import { countFacets } from './facets.sql.ts'
import { toFilters } from './product-filters.ts'
import type { ProductFilters } from './product-filters.ts'

const DEFAULT_LIMIT = 24

export interface ListRequest {
  filters: ProductFilters
  sort: ListSort
  limit?: number | undefined
  cursor?: string | undefined
  withFacets: boolean
  locale: Locale
}

interface Page {
  cards: CardRow[]
  nextCursor: string | null
  previousCursor: string | null
}

/** Cuts the extra row off, puts a page read backwards the right way round, and says where to go on. */
export function toPage(
  rows: readonly CardRow[],
  request: { limit: number; sort: ListSort; cursor: Cursor | undefined },
): Page {
  const { limit, sort, cursor } = request
  const goesOn = rows.length > limit
  const isBackwards = cursor?.direction === 'before'
  const cards = isBackwards ? rows.slice(0, limit).toReversed() : rows.slice(0, limit)
  const at = (direction: Cursor['direction'], row: CardRow | undefined): string | null =>
    row ? printCursor({ sort, direction, key: row.key, id: row.id }) : null
  return {
    cards,
    nextCursor: isBackwards || goesOn ? at('after', cards.at(-1)) : null,
    previousCursor: (isBackwards ? goesOn : cursor !== undefined) ? at('before', cards[0]) : null,
  }
}

/** The answer is put together from the cards' own JSON: nothing is parsed to be printed again. */
function printPage(page: Page, counts: { facets: object; total: number } | undefined): string {
  const items = page.cards.map((row) => row.card).join(',')
  const rest = JSON.stringify({
    nextCursor: page.nextCursor,
    previousCursor: page.previousCursor,
    total: counts?.total ?? null,
    facets: counts?.facets ?? null,
  })
  return `{"items":[${items}],${rest.slice(1)}`
}

/** A page of products, and with `withFacets` the counts of the whole list. Throws `catalog/category-not-found`, `…/cursor-invalid`. */
export async function listProductPage(ctx: AppContext, request: ListRequest): Promise<JsonText> {
  const { filters, sort, locale, limit = DEFAULT_LIMIT } = request
  const cursor = request.cursor === undefined ? undefined : parseCursor(request.cursor, sort)
  const [rows, counts] = await Promise.all([
    listCards(ctx.db, filters, { locale, sort, cursor, limit }),
    request.withFacets ? countFacets(ctx.db, filters) : undefined,
  ])
  if (rows.length === 0 && filters.category !== undefined && !(await isCategory(ctx.db, filters.category)))
    throw new Problem('catalog/category-not-found')
  const page = toPage(rows, { limit, sort, cursor })
  return new JsonText(printPage(page, counts && toFacets(counts, filters, locale)), ['catalog'])
}

const mergeTerms = (terms: readonly SearchTerm[]): SearchTerm => ({
  exact: terms.flatMap((term) => term.exact),
  near: terms.flatMap((term) => term.near),
  guessed: terms.flatMap((term) => term.guessed),
})

const nothingFound = (): JsonText =>
  new JsonText('{"items":[],"nextCursor":null,"previousCursor":null,"total":0,"facets":null}', ['catalog'])

/**
 * Products that have every word of `text`, best first; when none has them all, those that have any. Facet choices do not count
 * as "none": they narrow what was found and never change what was looked for.
 */
export async function searchProductPage(
  ctx: AppContext,
  text: string,
  request: Omit<ListRequest, 'filters'> & { filtersFor: (terms: readonly SearchTerm[]) => ProductFilters },
): Promise<JsonText> {
  const terms = await expandQuery(ctx.db, text)
  if (terms.length === 0) return nothingFound()
  const hasAll = terms.length === 1 || (await hasAny(ctx, terms))
  const filters = request.filtersFor(hasAll ? terms : [mergeTerms(terms)])
  return listProductPage(ctx, { ...request, filters })
}

async function hasAny(ctx: AppContext, terms: readonly SearchTerm[]): Promise<boolean> {
  const page = { locale: 'en' as const, sort: 'featured' as const, cursor: undefined, limit: 0 }
  return (await listCards(ctx.db, toFilters({}, terms), page)).length > 0
}
