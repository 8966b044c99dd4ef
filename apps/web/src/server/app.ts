import { fileURLToPath } from 'node:url'
import express from 'express'
import type { Express, NextFunction, Request, Response } from 'express'
import { failurePage, notFoundPage, pages } from '../pages.ts'
import { failureHandler } from './failures.ts'
import { healthRoutes } from './health.ts'
import { languageRedirect } from './language.ts'
import { mediaRoutes } from './media.ts'
import { PageNotFound, pageRouter } from './page-routes.ts'
import { nameRequests, requestIdOf } from './request.ts'
import type { Services } from './services.ts'
import { siteFiles } from './site-files.ts'
import { staticFiles } from './static-files.ts'
import { suggestRoutes } from './suggest.ts'

/** One line a request when it is over. The route's pattern, not its address: addresses name orders and searches. */
function logRequests(services: Services) {
  return (req: Request, res: Response, next: NextFunction): void => {
    const startedAt = process.hrtime.bigint()
    res.once('close', () => {
      const tookMs = Number(process.hrtime.bigint() - startedAt) / 1e6
      const route: unknown = req.route ? `${req.baseUrl}${String(req.route.path)}` : undefined
      services.log.info(
        { requestId: requestIdOf(res), method: req.method, route, status: res.statusCode, tookMs },
        'request',
      )
    })
    next()
  }
}

export interface AppOptions {
  /** Folder of the built browser files; left out in development, where Vite serves them. */
  clientFiles?: URL
}

/** The website as an Express application: every middleware and route in their order. */
export function createWebApp(services: Services, { clientFiles }: AppOptions = {}): Express {
  const app = express()
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', false)
  app.set('trust proxy', services.config.trustedProxies)
  app.use(healthRoutes(services))
  if (clientFiles) app.use(staticFiles(fileURLToPath(clientFiles)))
  app.use(mediaRoutes(services.config.mediaDir))
  app.use(nameRequests(services.config))
  if (services.log.isLevelEnabled('info')) app.use(logRequests(services))
  app.use(pageRouter(services, pages))
  app.use(suggestRoutes(services))
  app.use(siteFiles(services))
  app.use(languageRedirect())
  app.use(() => {
    throw new PageNotFound()
  })
  app.use(failureHandler(services, { notFound: notFoundPage, failure: failurePage }))
  return app
}
