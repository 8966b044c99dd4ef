import { listProducts, productSorts } from '@dhow/contracts/catalog.ts'
import type { ProductList } from '@dhow/contracts/catalog.ts'
import { cardSizes } from '../features/catalog/ProductGrid.tsx'
import { definePage, goTo, loaded, movedTo, notFound, shared } from '../framework/page.ts'
import type { Head, PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import type { ListFilters, Paths, Slugs } from '../paths.ts'
import { apiFilters, fromStart, listingFrom, listOr, listQueryNames, readFilters, sortOf } from '../server/listing.ts'
import { breadcrumbData } from '../server/structured-data.ts'
import { Page } from './category.page.tsx'
import type { CategoryData } from './category.page.tsx'

const ask = (ctx: PageContext, filters: ListFilters, category?: string): Promise<ProductList> =>
  ctx.api.call(listProducts, {
    query: { ...apiFilters(filters), category, tag: filters.tag, sort: sortOf(productSorts, filters.sort) },
  })

/** What both lists' heads have; `path` is canonical, `switchPath` keeps the filters in the other language. */
function listHead(data: CategoryData, ctx: PageContext, path: (at: Paths, filters: ListFilters) => string): Head {
  const [first] = data.listing.products
  const filters = readFilters(ctx.query)
  return {
    title: data.title,
    description: data.description,
    path: (at) => path(at, filters.tag ? { tag: filters.tag } : {}),
    switchPath: (at) => path(at, fromStart(filters)),
    jsonLd: [breadcrumbData(ctx.site.origin, data.crumbs)],
    ...(first?.picture ? { preload: { picture: first.picture, sizes: cardSizes } } : {}),
  }
}

interface CategoryPageData extends CategoryData {
  slugs: Slugs
}

export const categoryPage = definePage<CategoryPageData>({
  name: 'category',
  route: routes.category,
  Page,
  cache: shared(listQueryNames()),

  async load(ctx) {
    const { t, paths, params, locale } = ctx
    const filters = readFilters(ctx.query)
    const slug = params['slug'] ?? ''
    const pathOf = (narrowed: ListFilters) => paths.category(slug, narrowed)
    const [categories, list] = await Promise.all([
      ctx.categories(),
      listOr(ask(ctx, filters, slug), () => goTo(pathOf(fromStart(filters)))),
    ])
    if ('kind' in list) return list
    const category = categories.find(({ slugs }) => slugs.en === slug || slugs.ar === slug)
    if (!category) return notFound
    if (category.slugs[locale] !== slug) return movedTo(paths.category(category.slugs, filters))
    return loaded({
      title: category.name,
      description: category.description,
      slugs: category.slugs,
      crumbs: [
        { name: t('crumbs.home'), path: paths.home() },
        { name: category.name, path: paths.category(slug) },
      ],
      listing: listingFrom({ ctx, filters, list, sorts: productSorts, pathOf }),
    })
  },

  head: (data, ctx) => listHead(data, ctx, (at, filters) => at.category(data.slugs, filters)),
})

const tagTitles = ['new', 'best-seller', 'sale', 'gift', 'eid', 'ramadan', 'summer', 'handmade'] as const

/** The whole shop, or what carries a tag: the same page with another title. */
export const shopPage = definePage<CategoryData>({
  name: 'category',
  route: routes.shop,
  Page,
  cache: shared(listQueryNames('tag')),

  async load(ctx) {
    const { t, paths } = ctx
    const filters = readFilters(ctx.query)
    const pathOf = (narrowed: ListFilters) => paths.shop({ ...narrowed, tag: filters.tag })
    const list = await listOr(ask(ctx, filters), () => goTo(pathOf(fromStart(filters))))
    if ('kind' in list) return list
    const tag = tagTitles.find((one) => one === filters.tag)
    const title = tag ? t(`list.tag.${tag}`) : t('list.all')
    return loaded({
      title,
      description: t('list.all.description'),
      crumbs: [
        { name: t('crumbs.home'), path: paths.home() },
        { name: title, path: pathOf({}) },
      ],
      listing: listingFrom({
        ctx,
        filters,
        list,
        sorts: productSorts,
        pathOf,
        kept: filters.tag ? [{ name: 'tag', value: filters.tag }] : [],
      }),
    })
  },

  head: (data, ctx) => listHead(data, ctx, (at, filters) => at.shop(filters)),
})
