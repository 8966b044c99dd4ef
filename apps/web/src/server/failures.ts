import { ApiUnreachable, ApiProblem } from '@dhow/api-client/api-client.ts'
import { isLocale } from '@dhow/i18n/locales.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import type { NextFunction, Request, Response } from 'express'
import type { WebPage } from '../framework/page.ts'
import type { Paths } from '../paths.ts'
import { noCookies } from './cookies.ts'
import { documentHeaders, PageNotFound } from './page-routes.ts'
import { navCategories, renderPage } from './render.tsx'
import { createPageContext, pathOf, requestIdOf } from './request.ts'
import type { Services } from './services.ts'

function localeOf(path: string): Locale {
  const first = path.split('/', 2)[1]
  return isLocale(first) ? first : 'en'
}

/** `/en/cart` → `/cart`; nothing where no language is named. */
const belowLanguage = (path: string): string => /^\/(?:en|ar)(\/.+)$/.exec(path)?.[1] ?? ''

/** `413`, `400` and the like, set by Express' own parsers. */
function statusOf(error: unknown): number {
  if (error instanceof PageNotFound) return 404
  if (error instanceof ApiUnreachable) return 503
  if (error instanceof ApiProblem) return error.status >= 500 ? error.status : 500
  const status: unknown = error instanceof Error && 'status' in error ? error.status : undefined
  return typeof status === 'number' && status >= 400 && status < 500 ? status : 500
}

/**
 * Renders what went wrong: 404 with ways on, or an apology with the request's id. Needs nothing from the API; what it cannot
 * get is left out.
 */
export function failureHandler(services: Services, pages: { notFound: WebPage; failure: WebPage }) {
  async function answer(status: number, req: Request, res: Response): Promise<void> {
    const page = status === 404 ? pages.notFound : pages.failure
    const path = pathOf(req.originalUrl)
    const locale = localeOf(path)
    const requestId = requestIdOf(res)
    const ctx = createPageContext(services, {
      locale,
      params: {},
      query: new URLSearchParams(),
      cookies: noCookies,
      requestId,
    })
    const [prepared, categories] = await Promise.all([page.prepare(ctx), navCategories(ctx)])
    if (prepared.kind !== 'page') return void res.status(status).end()
    const { data } = prepared.data
    // Trying again keeps the query: it is the same page that is wished for, in the other language too.
    const again = req.originalUrl
    const head = { ...prepared.data.head, switchPath: (at: Paths) => at.home() + belowLanguage(again) }
    const payments = services.offers.methods(ctx.api)
    const chrome = { path: again, searched: '', categories, payments }
    const html = renderPage(services, { page, locale, head, data, form: null, ...chrome })
    if (status === 503) res.set('retry-after', '10')
    res
      .status(status)
      .set({ ...documentHeaders(services, page), 'cache-control': 'no-store' })
      .send(html)
  }

  // Express knows an error handler by its four parameters.
  return async (error: unknown, req: Request, res: Response, next: NextFunction): Promise<void> => {
    const status = statusOf(error)
    const requestId = requestIdOf(res)
    if (status >= 500) services.log.error({ requestId, err: error }, 'request failed')
    if (res.headersSent) return next(error)
    if (req.get('accept')?.startsWith('application/json'))
      return void res.status(status).json({ code: 'service/failed', requestId })
    await answer(status, req, res)
  }
}
