import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { extname, relative } from 'node:path'
import type { NextFunction, Request, RequestHandler, Response } from 'express'
import { chooseEncoding } from './page-cache.ts'
import type { Encoding } from './page-cache.ts'

const year = 31_536_000

const types: Readonly<Record<string, string>> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.json': 'application/json',
  '.woff2': 'font/woff2',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.txt': 'text/plain; charset=utf-8',
}

interface StaticFile {
  bodies: Readonly<Record<Encoding, Buffer | undefined>>
  etag: string
  headers: Readonly<Record<string, string>>
}

function headersOf(path: string): Record<string, string> {
  const isHashed = path.startsWith('/assets/')
  return {
    'content-type':
      path === '/speculation-rules.json'
        ? 'application/speculationrules+json'
        : (types[extname(path)] ?? 'application/octet-stream'),
    'cache-control': isHashed ? `public, max-age=${year}, immutable` : 'public, max-age=3600',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-site',
    vary: 'Accept-Encoding',
  }
}

/** Reads the build's public files with what was compressed ahead; hidden ones (the manifest) have no address. */
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
    const bodies = { identity, br: all.get(`${path}.br`), gzip: all.get(`${path}.gz`) }
    files.set(path, { bodies, etag, headers: { ...headersOf(path), etag } })
  }
  return files
}

/**
 * The built browser files: content-hashed ones for ever, the others for an hour. They are half a megabyte, so they are read
 * once and served from memory: a release that replaces the folder cannot break the process that still runs the old one.
 */
export function staticFiles(folder: string): RequestHandler {
  const files = readFiles(folder)
  return (req: Request, res: Response, next: NextFunction): void => {
    const file = req.method === 'GET' || req.method === 'HEAD' ? files.get(req.path) : undefined
    if (!file) return next()
    if (req.headers['if-none-match'] === file.etag) return void res.writeHead(304, file.headers).end()
    const wanted = chooseEncoding(req.headers['accept-encoding'])
    const encoding = file.bodies[wanted] ? wanted : 'identity'
    const body = file.bodies[encoding] ?? Buffer.alloc(0)
    const coded = encoding === 'identity' ? {} : { 'content-encoding': encoding }
    res.writeHead(200, { ...file.headers, ...coded, 'content-length': String(body.length) })
    res.end(req.method === 'HEAD' ? undefined : body)
  }
}
