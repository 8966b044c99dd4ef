import { listProducts } from '@dhow/contracts/catalog.ts'
import type { ProductList } from '@dhow/contracts/catalog.ts'
import type { Picture } from '@dhow/contracts/primitives.ts'
import { heroSizes } from '../features/home/Hero.tsx'
import { definePage, loaded, shared } from '../framework/page.ts'
import type { PageContext } from '../framework/page.ts'
import { routes } from '../paths.ts'
import { organizationData, websiteData } from '../server/structured-data.ts'
import { Page } from './home.page.tsx'
import type { HomeData } from './home.page.tsx'

const shelf = '6'
const brandCount = 12

const nothing: ProductList = { items: [], nextCursor: null, previousCursor: null, total: null, facets: null }

/** A shelf that fails is left out; the rest of the page stays. */
async function shelfOf(ctx: PageContext, query: { tag?: string; facets?: 'true' }): Promise<ProductList> {
  try {
    return await ctx.api.call(listProducts, { query: { limit: shelf, ...query } })
  } catch {
    return nothing
  }
}

const heroCount = 3

/** The pictures the merchant chose, else those of the first categories: a shop without either has words alone. */
function heroPictures(ctx: PageContext, categories: readonly { picture: Picture | null }[]): Picture[] {
  const chosen = ctx.site.heroPictures.map((key) => ({
    key,
    alt: '',
    width: 1080,
    height: 900,
    widths: [320, 640, 1080],
  }))
  const pictures = chosen.length >= heroCount ? chosen : categories.flatMap(({ picture }) => picture ?? [])
  return pictures.slice(0, heroCount)
}

export const homePage = definePage<HomeData>({
  name: 'home',
  route: routes.home,
  Page,
  cache: shared(),

  async load(ctx) {
    const [categories, fresh, loved, all] = await Promise.all([
      ctx.categories(),
      shelfOf(ctx, { tag: 'new' }),
      shelfOf(ctx, { tag: 'best-seller' }),
      shelfOf(ctx, { facets: 'true' }),
    ])
    return loaded({
      heroPictures: heroPictures(ctx, categories),
      categories: categories
        .filter((category) => category.parentSlug === null)
        .map(({ slug, name, productCount, picture }) => ({ slug, name, productCount, picture })),
      fresh: fresh.items,
      loved: loved.items,
      brands: (all.facets?.brands ?? []).slice(0, brandCount).map(({ code, name }) => ({ code, name })),
    })
  },

  head(data, { t, site, paths }) {
    const { name } = site.merchant
    const [first] = data.heroPictures
    return {
      title: t('home.title', { name }),
      description: t('home.description', { name }),
      path: (at) => at.home(),
      jsonLd: [organizationData(site), websiteData(site, paths)],
      ...(first ? { preload: { picture: first, sizes: heroSizes } } : {}),
    }
  },
})
