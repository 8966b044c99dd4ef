import type { ProductSort } from '@dhow/contracts/catalog.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import { sql } from 'kysely'
import type { RawBuilder } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'
import type { SearchTerm } from '../search/search.ts'
import type { Cursor, ListSort } from './cursor.ts'
import type { ProductFilters } from './product-filters.ts'

/** A card as it is sent, with what a cursor needs to point at it. */
export interface CardRow {
  id: string
  key: number
  card: string
}

export type Condition = RawBuilder<unknown>

const cardIn: Readonly<Record<Locale, Condition>> = { en: sql`card_en::text`, ar: sql`card_ar::text` }
const allWords = (term: SearchTerm): string[] => [...new Set([...term.exact, ...term.near, ...term.guessed])]

/** Which products are in the list at all, whatever its facets are set to. The category is dealt with by `listCards`. */
export function listConditions({ tag, terms }: ProductFilters): Condition[] {
  return [
    ...(tag === undefined ? [] : [sql`tags @> array[${tag}::text]`]),
    ...(terms ?? []).map((term) => sql`search_text && ${allWords(term)}::text[]`),
  ]
}

/** The facets that are set, each as a condition of its own, so that counts can leave one of them out. */
export function facetConditions(filters: ProductFilters): Map<string, Condition> {
  const { brands, priceMin, priceMax, available } = filters
  const conditions = new Map<string, Condition>()
  if (brands.length > 0) conditions.set('brand', sql`brand_slug = any(${[...brands]}::text[])`)
  for (const { option, facets } of filters.options) conditions.set(`option ${option}`, sql`facets && ${facets}::text[]`)
  if (priceMin !== undefined || priceMax !== undefined)
    conditions.set(
      'price',
      sql`price_min between ${priceMin ?? 0}::bigint and ${priceMax ?? Number.MAX_SAFE_INTEGER}::bigint`,
    )
  if (available !== undefined) conditions.set('available', available ? sql`is_available` : sql`not is_available`)
  return conditions
}

/** Points of a product for one term: a hit in its name counts more than one elsewhere, a sure one more than a guess. */
const points = (term: SearchTerm): Condition => sql`case
  when search_name && ${term.exact}::text[] then 100
  when search_name && ${term.near}::text[] then 80
  when search_text && ${term.exact}::text[] then 60
  when search_name && ${term.guessed}::text[] then 50
  when search_text && ${term.near}::text[] then 30
  else 20 end`

interface SortKey {
  column: Condition
  /** The column as a whole number, as cursors carry it. */
  key: Condition
  isDescending: boolean
}

const sortKeys: Readonly<Record<ProductSort, SortKey>> = {
  featured: { column: sql`featured_rank`, key: sql`featured_rank::bigint`, isDescending: false },
  newest: {
    column: sql`published_at`,
    key: sql`(extract(epoch from published_at) * 1000000)::bigint`,
    isDescending: true,
  },
  'price-asc': { column: sql`price_min`, key: sql`price_min`, isDescending: false },
  'price-desc': { column: sql`price_min`, key: sql`price_min`, isDescending: true },
}

/** Points first; among equals what can be bought, then the shop's own order. */
function relevanceOf(terms: readonly SearchTerm[]): SortKey {
  const score = sql`((${sql.join(terms.map(points), sql` + `)})::bigint * 10000000
    + is_available::int * 50000000 - least(featured_rank, 9999999))`
  return { column: score, key: score, isDescending: true }
}

/** Microseconds since 1970 back to the instant: whole numbers below 2^53, so that nothing is rounded. */
const keyValue = (sort: ListSort, key: number): Condition =>
  sort === 'newest' ? sql`('epoch'::timestamptz + ${key}::float8 * interval '1 microsecond')` : sql`${key}::bigint`

/** The category with this slug in either language, and all below it, as `chosen`. */
export const subtreeOf = (slug: string): Condition => sql`
  with recursive chosen as (
    select id from categories where slug_en = ${slug} or slug_ar = ${slug}
    union all select child.id from categories child join chosen on child.parent_id = chosen.id
  )`

export interface CardPage {
  locale: Locale
  sort: ListSort
  cursor: Cursor | undefined
  limit: number
}

/** A word half the shop has says little about any product: of more matches than this, only the shop's first are ranked. */
const MAX_RANKED = 1000

const where = (conditions: readonly Condition[]): Condition =>
  conditions.length > 0 ? sql`where ${sql.join(conditions, sql` and `)}` : sql``

/** How a page is read: in the order of its sort, or against it when the cursor says `before`. */
function readingOf({ column, isDescending }: SortKey, { sort, cursor }: CardPage) {
  const isUpwards = isDescending === (cursor?.direction === 'before')
  const order = isUpwards ? sql`asc` : sql`desc`
  const comparison = isUpwards ? sql`>` : sql`<`
  const from = cursor && sql`(${column}, product_id) ${comparison} (${keyValue(sort, cursor.key)}, ${cursor.id}::uuid)`
  return { order, from: from ? [from] : [] }
}

/** The matches without their cards, cut at MAX_RANKED, for the points to be counted on; then the cards of the best. */
function rankedCards(filters: ProductFilters, page: CardPage): Condition {
  const sortKey = relevanceOf(filters.terms ?? [])
  const { order, from } = readingOf(sortKey, page)
  const matching = [...listConditions(filters), ...facetConditions(filters).values()]
  return sql`
    select best.id, best.key, ${cardIn[page.locale]} as card from (
      select product_id as id, ${sortKey.key} as key from (
        select product_id, featured_rank, is_available, search_name, search_text from product_cards ${where(matching)}
        order by featured_rank, product_id limit ${sql.lit(MAX_RANKED)}
      ) matches ${where(from)}
      order by ${sortKey.column} ${order}, product_id ${order} limit ${sql.lit(page.limit + 1)}
    ) best join product_cards on product_id = best.id
    order by best.key ${order}, best.id ${order}`
}

/**
 * A page of cards in one indexed query, one more than asked for so that the caller knows whether it goes on. Rows come in reading
 * order of the scan: backwards when the cursor says `before`. A replica will do.
 *
 * Plans at 50,000 cards: without category, Index Scan on product_cards_{featured,newest,price}_idx stopping after 25 rows (0.07 ms);
 * in a category, the same on product_cards_category_*_idx for each category of the subtree, merged by a sort of 25 rows each
 * (0.15 ms); a common brand, option or tag, the sort's index with a filter; a rare one, Bitmap Scan of its own index and a top-25
 * sort. By relevance, Bitmap Scan of product_cards_words_idx, or product_cards_featured_idx for a word that is everywhere.
 */
export async function listCards(db: DbOrTx, filters: ProductFilters, page: CardPage): Promise<CardRow[]> {
  const statement =
    page.sort === 'relevance' ? rankedCards(filters, page) : sortedCards(filters, page, sortKeys[page.sort])
  const { rows } = await sql<CardRow>`${statement}`.execute(db)
  return rows
}

function sortedCards(filters: ProductFilters, page: CardPage, sortKey: SortKey): Condition {
  const { order, from } = readingOf(sortKey, page)
  const conditions = [...listConditions(filters), ...facetConditions(filters).values(), ...from]
  const scan = (all: Condition[]): Condition => sql`
    select product_id as id, ${sortKey.key} as key, ${cardIn[page.locale]} as card from product_cards ${where(all)}
    order by ${sortKey.column} ${order}, product_id ${order} limit ${sql.lit(page.limit + 1)}`
  if (filters.category === undefined) return scan(conditions)
  return sql`${subtreeOf(filters.category)}
    select page.id, page.key, page.card from chosen
    cross join lateral (${scan([sql`category_id = chosen.id`, ...conditions])}) page
    order by page.key ${order}, page.id ${order} limit ${sql.lit(page.limit + 1)}`
}

/** Published products next in the shop's order within one category, then from its beginning again: what is shown as related. */
export const relatedCards = (locale: Locale, limit: number): Condition => sql`
  select string_agg(card, ',' order by part, featured_rank, product_id) from (
    (select 1 as part, featured_rank, product_id, ${cardIn[locale]} as card from product_cards
      where category_id = here.category_id and (featured_rank, product_id) > (here.featured_rank, here.product_id) and is_available
      order by featured_rank, product_id limit ${sql.lit(limit)})
    union all
    (select 2 as part, featured_rank, product_id, ${cardIn[locale]} as card from product_cards
      where category_id = here.category_id and (featured_rank, product_id) < (here.featured_rank, here.product_id) and is_available
      order by featured_rank, product_id limit ${sql.lit(limit)})
    order by part, featured_rank, product_id limit ${sql.lit(limit)}
  ) next`

export async function isCategory(db: DbOrTx, slug: string): Promise<boolean> {
  const { rows } = await sql`select 1 from categories where slug_en = ${slug} or slug_ar = ${slug}`.execute(db)
  return rows.length > 0
}
