import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { suggestProducts } from '@dhow/contracts/catalog.ts'
import { locales } from '@dhow/i18n/locales.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import { Router } from 'express'
import type { Suggestions } from '../framework/suggestions.ts'
import { createPaths, routes } from '../paths.ts'
import { queryOf, requestIdOf } from './request.ts'
import type { Services } from './services.ts'

const shownProducts = 5
const shownCategories = 3
const nothing: Suggestions = { products: [], categories: [] }

async function suggest(services: Services, locale: Locale, q: string, requestId: string): Promise<Suggestions> {
  const paths = createPaths(locale)
  try {
    const found = await services.apiFor({ requestId, locale }).call(suggestProducts, { query: { q } })
    return {
      products: found.products.slice(0, shownProducts).map(({ slug, name, subtitle, picture, price }) => ({
        path: paths.product(slug),
        name,
        subtitle,
        picture,
        price,
      })),
      categories: found.categories
        .slice(0, shownCategories)
        .map(({ slug, name }) => ({ path: paths.category(slug), name })),
    }
  } catch (error) {
    if (error instanceof ApiProblem && error.status < 500) return nothing
    throw error
  }
}

/** What the search box offers while somebody types. */
export function suggestRoutes(services: Services): Router {
  const router = Router()
  for (const locale of locales)
    router.get(`/${locale}${routes.suggest}`, async (req, res) => {
      const q = (queryOf(req.originalUrl).get('q') ?? '').trim().slice(0, 100)
      const found = q.length < 2 ? nothing : await suggest(services, locale, q, requestIdOf(res))
      res.set('cache-control', 'public, max-age=60').json(found)
    })
  return router
}
