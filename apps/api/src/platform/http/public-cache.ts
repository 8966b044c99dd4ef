import { createHash } from 'node:crypto'
import type { EndpointCache } from '@dhow/contracts/endpoint.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { NextFunction, Request, Response } from 'express'
import { LRUCache } from 'lru-cache'
import { newId } from '../ids.ts'
import { localeOf } from './request.ts'

const MAX_BYTES = 64 * 1024 * 1024

export interface CachedAnswer {
  body: Buffer
  etag: string
  headers: Record<string, string>
  tags: readonly string[]
}

export interface PublicCacheOptions {
  /** Freshness inside one process; 0 keeps nothing. Changes purge it sooner, through PostgreSQL's NOTIFY. */
  freshSeconds: number
  onHit: () => void
}

export interface PublicCache {
  serve(request: Request, response: Response, next: NextFunction): void
  /** Runs `produce` once for all who ask for the same thing at the same moment, and keeps what it gave. */
  fill(
    request: Request,
    locale: Locale,
    cache: EndpointCache,
    produce: () => Promise<{ body: string; tags: readonly string[] }>,
  ): Promise<CachedAnswer>
  send(request: Request, response: Response, answer: CachedAnswer): void
  /** Drops every answer that carries one of the tags. */
  purge(tags: readonly string[]): void
  clear(): void
}

const keyOf = (locale: Locale, url: string): string => `${locale} ${url}`

function toAnswer(locale: Locale, cache: EndpointCache, made: { body: string; tags: readonly string[] }): CachedAnswer {
  const body = Buffer.from(made.body)
  const etag = `"${createHash('sha256').update(body).digest('base64url').slice(0, 22)}"`
  const headers = {
    'Content-Type': 'application/json; charset=utf-8',
    'Content-Length': String(body.length),
    'Content-Language': locale,
    'Cache-Control': `public, max-age=0, s-maxage=${cache.sMaxAgeSeconds}, stale-while-revalidate=${cache.staleWhileRevalidateSeconds}`,
    'Cache-Tag': made.tags.slice(0, 30).join(','),
    Vary: 'Accept-Language',
    ETag: etag,
    'X-Content-Type-Options': 'nosniff',
  }
  return { body, etag, headers, tags: made.tags }
}

/** If-None-Match is a list, and a proxy that compresses makes our tag weak (RFC 9110 §13.1.2). */
const isKnown = (header: string | undefined, etag: string): boolean =>
  header !== undefined &&
  header.split(',').some((part) => {
    const tag = part.trim().replace(/^W\//, '')
    return tag === etag || tag === '*'
  })

function send(request: Request, response: Response, answer: CachedAnswer): void {
  const requestId = response.getHeader('X-Request-Id') ?? newId()
  if (isKnown(request.headers['if-none-match'], answer.etag)) {
    const headers = { ...answer.headers }
    delete headers['Content-Length']
    response.writeHead(304, { ...headers, 'X-Request-Id': requestId })
    response.end()
    return
  }
  response.writeHead(200, { ...answer.headers, 'X-Request-Id': requestId })
  response.end(request.method === 'HEAD' ? undefined : answer.body)
}

/**
 * Finished answers of public GETs, kept in the process. It stands before every other middleware, so a hit costs a map look-up
 * and a write. Holds nothing personal: only endpoints that declare `cache` come here, and those take no token.
 */
export function createPublicCache(options: PublicCacheOptions): PublicCache {
  const { freshSeconds, onHit } = options
  const entries = new LRUCache<string, CachedAnswer>({
    maxSize: MAX_BYTES,
    sizeCalculation: (entry) => entry.body.length + 500,
    ttl: freshSeconds * 1000,
  })
  const running = new Map<string, Promise<CachedAnswer>>()
  let generation = 0

  /** Whoever asks from now on gets what is read from now on. */
  function startAnew(): void {
    generation += 1
    running.clear()
  }

  return {
    send,
    serve(request, response, next) {
      if (request.method !== 'GET') return next()
      const entry = entries.get(keyOf(localeOf(request.headers['accept-language']), request.url))
      if (!entry) return next()
      onHit()
      send(request, response, entry)
    },
    fill(request, locale, cache, produce) {
      const key = keyOf(locale, request.originalUrl)
      const already = running.get(key)
      if (already) return already
      const startedAt = generation
      const work = produce()
        .then((made) => {
          const answer = toAnswer(locale, cache, made)
          // A purge while we were reading may have been about what we read: use it, but do not keep it.
          if (freshSeconds > 0 && generation === startedAt) entries.set(key, answer)
          return answer
        })
        .finally(() => {
          if (running.get(key) === work) running.delete(key)
        })
      running.set(key, work)
      return work
    },
    purge(tags) {
      startAnew()
      const gone = new Set(tags)
      for (const [key, entry] of entries.entries()) if (entry.tags.some((tag) => gone.has(tag))) entries.delete(key)
    },
    clear() {
      startAnew()
      entries.clear()
    },
  }
}
