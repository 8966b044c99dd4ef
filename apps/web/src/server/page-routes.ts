import { ApiProblem } from '@dhow/api-client/api-client.ts'
import { locales } from '@dhow/i18n/locales.ts'
import type { Locale } from '@dhow/i18n/locales.ts'
import express, { Router } from 'express'
import type { Request, Response } from 'express'
import type { ActionAnswer, FormState } from '../framework/form.ts'
import type { ActionResult, CachePolicy, PageClass, PageContext, WebPage } from '../framework/page.ts'
import { noCookies, cookiesOf } from './cookies.ts'
import { deviceIdOf } from './device-cookie.ts'
import { detourFor } from './detour.ts'
import { formValues, refusalFrom, refusedBy, withoutSecrets } from './forms.ts'
import { chooseEncoding } from './page-cache.ts'
import type { SharedPolicy } from './page-cache.ts'
import { loadAndRender } from './render.tsx'
import type { Rendered } from './render.tsx'
import { createPageContext, pathOf, queryOf, requestIdOf, visitorOf } from './request.ts'
import { requireOwnOrigin } from './same-origin.ts'
import { securityHeaders } from './security-headers.ts'
import type { Headers } from './security-headers.ts'
import type { Services } from './services.ts'

/** What is thrown to the error handler when there is no such page, in the language asked. */
export class PageNotFound extends Error {
  override name = 'PageNotFound'
}

const cacheControl = (policy: CachePolicy): string =>
  policy.kind === 'private'
    ? 'private, no-store'
    : `public, max-age=0, s-maxage=${policy.seconds}, stale-while-revalidate=${policy.staleSeconds}`

/** Every header of a page's documents except those of one answer. Built once a page. */
export function documentHeaders(services: Services, page: WebPage): Headers {
  return {
    ...securityHeaders(services.config, page.class),
    'content-type': 'text/html; charset=utf-8',
    'cache-control': cacheControl(page.cache),
    ...(page.cache.kind === 'shared'
      ? { vary: 'Accept-Encoding', 'speculation-rules': '"/speculation-rules.json"' }
      : {}),
  }
}

const textParams = (params: Request['params']): Record<string, string> =>
  Object.fromEntries(Object.entries(params).map(([name, value]) => [name, String(value)]))

/** The query as a cached page may see it: known names only, in one order. */
function allowedQuery(url: string, policy: SharedPolicy): URLSearchParams {
  const query = new URLSearchParams([...queryOf(url)].filter(([name, value]) => policy.allows(name) && value !== ''))
  query.sort()
  return query
}

function isProblemNotFound(error: unknown): boolean {
  return error instanceof ApiProblem && error.status === 404
}

async function render(
  services: Services,
  page: WebPage,
  ctx: PageContext,
  request: { path: string; address?: string; form: FormState | null; status?: number },
): Promise<Rendered> {
  try {
    return await loadAndRender(services, page, ctx, request)
  } catch (error) {
    if (isProblemNotFound(error)) return { kind: 'not-found' }
    const detour = detourFor(error, ctx.paths, request.address ?? request.path)
    if (detour) return { kind: 'redirect', status: 303, to: detour }
    throw error
  }
}

function send(res: Response, headers: Headers, rendered: Rendered): void {
  if (rendered.kind === 'not-found') throw new PageNotFound()
  if (rendered.kind === 'redirect') return res.set('cache-control', 'no-store').redirect(rendered.status, rendered.to)
  const failed = rendered.status >= 400 ? { 'cache-control': 'no-store' } : {}
  res
    .status(rendered.status)
    .set({ ...headers, ...failed })
    .send(rendered.html)
}

function serveShared(services: Services, page: WebPage, locale: Locale, policy: SharedPolicy) {
  const headers = documentHeaders(services, page)
  return async (req: Request, res: Response): Promise<void> => {
    const path = pathOf(req.originalUrl)
    const query = allowedQuery(req.originalUrl, policy)
    let other: Rendered | undefined
    const renderFresh = async () => {
      const parts = { locale, params: textParams(req.params), query, cookies: noCookies, requestId: requestIdOf(res) }
      const rendered = await render(services, page, createPageContext(services, parts), { path, form: null })
      if (rendered.kind === 'page' && rendered.status === 200) return { html: rendered.html, headers }
      other = rendered
      return null
    }
    if (!services.config.hasPageCache) {
      const fresh = await renderFresh()
      return send(res, headers, other ?? { kind: 'page', status: 200, html: fresh?.html ?? '' })
    }
    const cached = await services.cache.get(`${path}?${query.toString()}`, policy, renderFresh)
    if (!cached) return send(res, headers, other ?? { kind: 'not-found' })
    if (req.headers['if-none-match'] === cached.etag)
      return void res.writeHead(304, { etag: cached.etag, ...headers }).end()
    const encoding = chooseEncoding(req.headers['accept-encoding'])
    res.writeHead(200, cached.headers[encoding])
    res.end(req.method === 'HEAD' ? undefined : cached.bodies[encoding])
  }
}

interface Route {
  services: Services
  page: WebPage
  locale: Locale
}

/** Pages that send or take codes: a code is good in the browser it was asked from, so that has a name by then. */
const codesBelongTo: ReadonlySet<PageClass> = new Set<PageClass>(['identity', 'payment'])

function contextOf({ services, page, locale }: Route, req: Request, res: Response): PageContext {
  const cookies = cookiesOf(services.config, req, res)
  const deviceId = deviceIdOf(cookies, { isGiven: codesBelongTo.has(page.class) })
  return createPageContext(services, {
    locale,
    params: textParams(req.params),
    query: queryOf(req.originalUrl),
    cookies,
    requestId: requestIdOf(res),
    isPost: req.method === 'POST',
    visitor: visitorOf(services.config, req, deviceId),
  })
}

function servePrivate(services: Services, page: WebPage, locale: Locale) {
  const headers = documentHeaders(services, page)
  return async (req: Request, res: Response): Promise<void> => {
    const ctx = contextOf({ services, page, locale }, req, res)
    send(
      res,
      headers,
      await render(services, page, ctx, { path: pathOf(req.originalUrl), address: req.originalUrl, form: null }),
    )
  }
}

async function runAction(page: WebPage, ctx: PageContext, req: Request): Promise<ActionResult> {
  const values = formValues(req.body)
  const action = page.actions[values['intent'] ?? '']
  if (!action) return refusedBy(values, 'request/malformed', 400)
  try {
    return await action(ctx, values)
  } catch (error) {
    const detour = detourFor(error, ctx.paths, req.originalUrl)
    return detour ? { kind: 'redirect', to: detour } : refusalFrom(error, values)
  }
}

function answerOf(result: ActionResult): ActionAnswer {
  switch (result.kind) {
    case 'done':
      return { kind: 'done', data: result.data }
    case 'shown':
      return { kind: 'done', data: result.values }
    case 'refused':
      return { kind: 'refused', form: withoutSecrets(result.form) }
    case 'redirect':
      return { kind: 'redirect', to: result.to }
  }
}

/** The form a plain browser gets the page again with. */
const formAfter = (result: Extract<ActionResult, { kind: 'refused' | 'shown' }>): FormState =>
  result.kind === 'refused'
    ? withoutSecrets(result.form)
    : { intent: result.values['intent'] ?? '', values: result.values, errors: [], problem: null }

/** One handler for both ways of sending a form: JSON for our script, 303 or the page again for a plain browser. */
function handlePost(services: Services, page: WebPage, locale: Locale) {
  const headers = { ...documentHeaders(services, page), 'cache-control': 'private, no-store' }
  return async (req: Request, res: Response): Promise<void> => {
    const ctx = contextOf({ services, page, locale }, req, res)
    const result = await runAction(page, ctx, req)
    res.set('cache-control', 'private, no-store')
    if (result.kind === 'redirect' && result.clearsSite) res.set('clear-site-data', '"cache", "cookies", "storage"')
    if (req.get('accept')?.startsWith('application/json'))
      return void res.status(result.kind === 'refused' ? result.status : 200).json(answerOf(result))
    if (result.kind === 'redirect' || result.kind === 'done') return res.redirect(303, result.to)
    const form = formAfter(result)
    const status = result.kind === 'refused' ? result.status : 200
    send(res, headers, await render(services, page, ctx, { path: pathOf(req.originalUrl), form, status }))
  }
}

/** Mounts every page under `/en` and `/ar`. */
export function pageRouter(services: Services, pages: readonly WebPage[]): Router {
  const router = Router({ caseSensitive: true, strict: false })
  const readForm = express.urlencoded({ extended: false, limit: '32kb', parameterLimit: 100 })
  const guard = requireOwnOrigin(services.config)
  for (const page of pages)
    for (const locale of locales) {
      const path = [page.route].flat().map((route) => `/${locale}${route}`)
      const { cache } = page
      router.get(
        path,
        cache.kind === 'shared' ? serveShared(services, page, locale, cache) : servePrivate(services, page, locale),
      )
      if (Object.keys(page.actions).length) router.post(path, guard, readForm, handlePost(services, page, locale))
    }
  return router
}
