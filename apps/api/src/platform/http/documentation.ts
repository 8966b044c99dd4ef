import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import express from 'express'
import type { Express, Response } from 'express'

const require = createRequire(import.meta.url)
const pages = join(import.meta.dirname, '../../../public/docs')
const viewer = dirname(require.resolve('swagger-ui-dist/package.json'))

/** Scripts, styles and calls of our own host only; the viewer draws its icons from data. */
const policy = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "connect-src 'self'",
  "base-uri 'none'",
  "form-action 'none'",
  "frame-ancestors 'none'",
].join('; ')

const cacheable = 'public, max-age=300'

function sendFile(response: Response, root: string, name: string): void {
  response.sendFile(name, { root, cacheControl: false, headers: { 'Cache-Control': cacheable } })
}

/**
 * `/api/v1/openapi.json`, the committed document (a test keeps it equal to what the contracts say), and `/api/v1/docs`, a
 * viewer of it. Swagger UI is served from our own host, and only the two files it needs.
 */
export function mountDocumentation(app: Express): void {
  const document = readFileSync(require.resolve('@dhow/contracts/openapi.json'))
  const router = express.Router()
  router.get('/openapi.json', (_request, response) => {
    response.set('Cache-Control', cacheable).type('application/json').end(document)
  })
  router.get('/docs', (_request, response) => {
    response.set({ 'Content-Security-Policy': policy, 'Referrer-Policy': 'no-referrer' })
    sendFile(response, pages, 'index.html')
  })
  for (const name of ['init.js', 'docs.css'])
    router.get(`/docs/${name}`, (_request, response) => sendFile(response, pages, name))
  for (const name of ['swagger-ui.css', 'swagger-ui-bundle.js'])
    router.get(`/docs/${name}`, (_request, response) => sendFile(response, viewer, name))
  app.use('/api/v1', router)
}
