import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, relative } from 'node:path'
import type { NextFunction, Request, RequestHandler, Response } from 'express'

const year = 31_536_000

const types: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
}

type Encoding = 'identity' | 'br' | 'gzip'

interface StaticFile {
  bodies: Readonly<Record<Encoding, Buffer | undefined>>
  headers: Readonly<Record<string, string>>
  etag: string
}

/** Hashed files for ever; the page itself is asked about each time, so that a release is seen at the next load. */
function cacheOf(path: string): string {
  if (path.startsWith('/assets/')) return `public, max-age=${year}, immutable`
  return path.endsWith('.html') ? 'no-cache' : 'public, max-age=3600'
}

function readFiles(folder: string): ReadonlyMap<string, StaticFile> {
  const all = new Map<string, Buffer>()
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const path = `/${relative(folder, `${entry.parentPath}/${entry.name}`)}`
    if (entry.isFile() && !path.includes('/.')) all.set(path, readFileSync(folder + path))
  }
  const files = new Map<string, StaticFile>()
  for (const [path, identity] of all) {
    if (/\.(br|gz)$/.test(path)) continue
    const etag = `W/"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`
    const type = types[extname(path)] ?? 'application/octet-stream'
    const headers = { 'content-type': type, 'cache-control': cacheOf(path), vary: 'Accept-Encoding', etag }
    files.set(path, { bodies: { identity, br: all.get(`${path}.br`), gzip: all.get(`${path}.gz`) }, headers, etag })
  }
  return files
}

function chooseEncoding(acceptEncoding = ''): Encoding {
  if (/\bbr\b/.test(acceptEncoding)) return 'br'
  return /\bgzip\b/.test(acceptEncoding) ? 'gzip' : 'identity'
}

/** An address of the app: no file's (they have a dot in the last part), nothing of the API's. */
const isPage = (path: string): boolean => !path.startsWith('/api/') && !/\.[^/]*$/.test(path)

/**
 * The built files, read into memory once: a release that replaces the folder cannot break the process that runs the old one.
 * Every address of the app answers with the same page; what looks like a file and is none goes on to be a 404.
 */
export function staticFiles(folder: string): RequestHandler {
  const files = readFiles(folder)
  return (req: Request, res: Response, next: NextFunction): void => {
    const file =
      req.method === 'GET' || req.method === 'HEAD' ? files.get(isPage(req.path) ? '/index.html' : req.path) : undefined
    if (!file) return next()
    res.set(file.headers)
    if (req.headers['if-none-match'] === file.etag) return void res.status(304).end()
    const wanted = chooseEncoding(req.headers['accept-encoding'])
    const encoding = file.bodies[wanted] ? wanted : 'identity'
    const body = file.bodies[encoding] ?? Buffer.alloc(0)
    if (encoding !== 'identity') res.set('content-encoding', encoding)
    res.set('content-length', String(body.length)).end(req.method === 'HEAD' ? undefined : body)
  }
}
