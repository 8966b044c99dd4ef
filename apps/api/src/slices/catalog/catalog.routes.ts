import {
  getProduct,
  listCategories,
  listProducts,
  listSitemapEntries,
  searchProducts,
  suggestProducts,
} from '@dhow/contracts/catalog.ts'
import { JsonText, mount } from '../../platform/http/mount.ts'
import type { Api } from '../../platform/http/mount.ts'
import { Problem } from '../../platform/http/problem.ts'
import { toCategoryViews } from './category-view.ts'
import { listProductPage, searchProductPage } from './list-products.ts'
import { toFilters } from './product-filters.ts'
import { findDetail, listCategoryRows, listSitemapRows } from './products.sql.ts'
import { suggest } from './suggest.ts'

const SITEMAP_PAGE = 1000

export function mountCatalog(api: Api): void {
  mount(api, listCategories, async ({ locale }) => ({
    items: toCategoryViews(await listCategoryRows(api.ctx.db), locale),
  }))
  mountLists(api)
  mountProducts(api)
}

function mountLists(api: Api): void {
  const { ctx } = api

  mount(api, listProducts, ({ query, locale }) =>
    listProductPage(ctx, {
      filters: toFilters(query),
      sort: query.sort ?? 'featured',
      limit: query.limit,
      cursor: query.cursor,
      withFacets: query.facets === 'true',
      locale,
    }),
  )

  mount(api, searchProducts, ({ query, locale }) =>
    searchProductPage(ctx, query.q, {
      filtersFor: (terms) => toFilters(query, terms),
      sort: query.sort ?? 'relevance',
      limit: query.limit,
      cursor: query.cursor,
      withFacets: query.facets === 'true',
      locale,
    }),
  )

  mount(api, suggestProducts, ({ query, locale }) => suggest(ctx, query.q, locale))
}

function mountProducts(api: Api): void {
  const { ctx } = api

  mount(api, getProduct, async ({ params, locale }) => {
    const row = await findDetail(ctx.db, params.slug, locale)
    if (!row) throw new Problem('catalog/product-not-found')
    const tags = [`product:${row.id}`, 'products']
    return new JsonText(`${row.detail.slice(0, -1)},"related":[${row.related ?? ''}]}`, tags)
  })

  mount(api, listSitemapEntries, async ({ query }) => {
    const rows = await listSitemapRows(ctx.db, query.cursor, SITEMAP_PAGE + 1)
    const page = rows.slice(0, SITEMAP_PAGE)
    return {
      items: page.map((row) => ({
        slugs: { en: row.slugEn, ar: row.slugAr },
        updatedAt: row.updatedAt.toISOString(),
        pictureKey: row.pictureKey,
      })),
      nextCursor: rows.length > SITEMAP_PAGE ? (page.at(-1)?.id ?? null) : null,
    }
  })
}
