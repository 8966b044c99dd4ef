import { productSorts, searchProducts } from '@dhow/contracts/catalog.ts'
import { cleanText } from '@dhow/contracts/primitives.ts'
import { definePage, goTo, loaded, shared } from '../framework/page.ts'
import { routes } from '../paths.ts'
import type { ListFilters } from '../paths.ts'
import { apiFilters, fromStart, listingFrom, listOr, listQueryNames, readFilters, sortOf } from '../server/listing.ts'
import { Page } from './search.page.tsx'
import type { SearchData } from './search.page.tsx'

const sorts = ['relevance', ...productSorts] as const
const longestQuery = 100

const searchedFor = (query: URLSearchParams) => cleanText(query.get('q') ?? '').slice(0, longestQuery)

export const searchPage = definePage<SearchData>({
  name: 'search',
  route: routes.search,
  Page,
  cache: shared(listQueryNames('q')),

  async load(ctx) {
    const q = searchedFor(ctx.query)
    if (!q) return loaded({ q, listing: null })
    const filters = readFilters(ctx.query)
    const pathOf = (narrowed: ListFilters) => ctx.paths.search(q, narrowed)
    const asked = ctx.api.call(searchProducts, {
      query: { ...apiFilters(filters), q, sort: sortOf(sorts, filters.sort) },
    })
    const list = await listOr(asked, () => goTo(pathOf(fromStart(filters))))
    if ('kind' in list) return list
    return loaded({ q, listing: listingFrom({ ctx, filters, list, sorts, pathOf, kept: [{ name: 'q', value: q }] }) })
  },

  head(data, { t, query }) {
    const filters = fromStart(readFilters(query))
    return {
      title: data.q ? t('search.resultsFor', { q: data.q }) : t('search.title'),
      path: (at) => at.search(),
      switchPath: (at) => at.search(data.q || undefined, filters),
      isIndexable: false,
    }
  },
})
