import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../context.ts'
import { JsonText } from '../../platform/http/mount.ts'
import { expandQuery, indexedWords } from '../search/search.ts'
import type { SearchTerm } from '../search/search.ts'
import { listCards } from './cards.sql.ts'
import { toFilters } from './product-filters.ts'
import { listCategoryRows } from './products.sql.ts'
import type { CategoryRow } from './products.sql.ts'

const PRODUCTS = 6
const CATEGORIES = 3

function matches(category: CategoryRow, terms: readonly SearchTerm[]): boolean {
  const words = new Set(indexedWords(`${category.nameEn} ${category.nameAr}`))
  return terms.every((term) => [...term.exact, ...term.near, ...term.guessed].some((word) => words.has(word)))
}

/** The few best products and categories for what has been typed so far; the last word may be unfinished. */
export async function suggest(ctx: AppContext, text: string, locale: Locale): Promise<JsonText> {
  const terms = await expandQuery(ctx.db, text)
  if (terms.length === 0) return new JsonText('{"products":[],"categories":[]}', ['catalog'])
  const page = { locale, sort: 'relevance' as const, cursor: undefined, limit: PRODUCTS }
  const [cards, categories] = await Promise.all([
    listCards(ctx.db, toFilters({}, terms), page),
    listCategoryRows(ctx.db),
  ])
  const shown = categories
    .filter((category) => category.productCount > 0 && matches(category, terms))
    .slice(0, CATEGORIES)
    .map((row) => ({
      slug: locale === 'ar' ? row.slugAr : row.slugEn,
      slugs: { en: row.slugEn, ar: row.slugAr },
      name: locale === 'ar' ? row.nameAr : row.nameEn,
    }))
  const products = cards.slice(0, PRODUCTS).map((row) => row.card)
  return new JsonText(`{"products":[${products.join(',')}],"categories":${JSON.stringify(shown)}}`, ['catalog'])
}
