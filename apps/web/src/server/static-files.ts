import sirv from 'sirv'
import type { RequestHandler } from 'express'

const year = 31_536_000

/** The built browser files: content-hashed ones for ever, the others for an hour; compressed ahead by the build. */
export function staticFiles(folder: string): RequestHandler {
  const serve = sirv(folder, {
    brotli: true,
    gzip: true,
    etag: true,
    setHeaders(res, path) {
      const isHashed = path.startsWith('/assets/')
      res.setHeader('cache-control', isHashed ? `public, max-age=${year}, immutable` : 'public, max-age=3600')
      res.setHeader('x-content-type-options', 'nosniff')
      res.setHeader('cross-origin-resource-policy', 'same-site')
      if (path === '/speculation-rules.json') res.setHeader('content-type', 'application/speculationrules+json')
    },
  })
  return (req, res, next) => serve(req, res, next)
}
