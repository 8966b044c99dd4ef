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

/** Throws `catalog/category-not-found`, `catalog/cursor-invalid`. */
async function readPage(ctx: AppContext, request: ListRequest): Promise<{ page: Page; filters: ProductFilters }> {
  const { filters, sort, locale, limit = DEFAULT_LIMIT } = request
  const cursor = request.cursor === undefined ? undefined : parseCursor(request.cursor, sort)
  const rows = await listCards(ctx.db, filters, { locale, sort, cursor, limit })
  if (rows.length === 0 && filters.category !== undefined && !(await isCategory(ctx.db, filters.category)))
    throw new Problem('catalog/category-not-found')
  return { page: toPage(rows, { limit, sort, cursor }), filters }
}

async function answer(ctx: AppContext, request: ListRequest, reading: ReturnType<typeof readPage>): Promise<JsonText> {
  const { page, filters } = await reading
  const counts = request.withFacets ? toFacets(await countFacets(ctx.db, filters), filters, request.locale) : undefined
  return new JsonText(printPage(page, counts), ['catalog'])
}

/** A page of products, and with `withFacets` the counts of the whole list. Throws `catalog/category-not-found`, `…/cursor-invalid`. */
export const listProductPage = (ctx: AppContext, request: ListRequest): Promise<JsonText> =>
  answer(ctx, request, readPage(ctx, request))

const mergeTerms = (terms: readonly SearchTerm[]): SearchTerm => ({
  exact: terms.flatMap((term) => term.exact),
  near: terms.flatMap((term) => term.near),
  guessed: terms.flatMap((term) => term.guessed),
})

const nothingFound = (): JsonText =>
  new JsonText('{"items":[],"nextCursor":null,"previousCursor":null,"total":0,"facets":null}', ['catalog'])

type SearchRequest = Omit<ListRequest, 'filters'> & { filtersFor: (terms: readonly SearchTerm[]) => ProductFilters }

/** Every word if some product has them all, else any of the words. What facets narrow to nothing is still what was looked for. */
async function readMatches(
  ctx: AppContext,
  terms: readonly SearchTerm[],
  request: SearchRequest,
): ReturnType<typeof readPage> {
  const reading = await readPage(ctx, { ...request, filters: request.filtersFor(terms) })
  if (reading.page.cards.length > 0 || terms.length === 1 || (await hasMatch(ctx, terms))) return reading
  return readPage(ctx, { ...request, filters: request.filtersFor([mergeTerms(terms)]) })
}

/** Products that have every word of `text`, best first; when none has them all, those that have any. */
export async function searchProductPage(ctx: AppContext, text: string, request: SearchRequest): Promise<JsonText> {
  const terms = await expandQuery(ctx.db, text)
  if (terms.length === 0) return nothingFound()
  return answer(ctx, { ...request, filters: request.filtersFor(terms) }, readMatches(ctx, terms, request))
}

async function hasMatch(ctx: AppContext, terms: readonly SearchTerm[]): Promise<boolean> {
  const page = { locale: 'en' as const, sort: 'relevance' as const, cursor: undefined, limit: 0 }
  return (await listCards(ctx.db, toFilters({}, terms), page)).length > 0
}
