import { fileURLToPath } from 'node:url'
import express from 'express'
import type { Express } from 'express'
import type { Logger } from 'pino'
import type { AdminConfig } from './config.ts'
import { healthRoutes } from './health.ts'
import { apiProxy } from './proxy.ts'
import { securityHeaders } from './security-headers.ts'
import { staticFiles } from './static-files.ts'

/** The back office's server: its files, and the way to the API. */
export function createAdminApp(config: AdminConfig, log: Logger, clientFiles: URL): Express {
  const app = express()
  const headers = securityHeaders(config)
  app.disable('x-powered-by')
  app.set('etag', false)
  app.set('query parser', false)
  app.use(healthRoutes())
  app.use((_req, res, next) => {
    res.set(headers)
    next()
  })
  app.use('/api/v1', apiProxy(config, log))
  app.use(staticFiles(fileURLToPath(clientFiles)))
  app.use((_req, res) => void res.status(404).set('cache-control', 'no-store').type('text').send('Not found\n'))
  return app
}
