import { createHash } from 'node:crypto'
import { promisify } from 'node:util'
import { brotliCompress, constants, gzip } from 'node:zlib'
import { LRUCache } from 'lru-cache'
import type { CachePolicy } from '../framework/page.ts'

const compressGzip = promisify(gzip)
const compressBrotli = promisify(brotliCompress)

const encodings = ['br', 'gzip', 'identity'] as const
export type Encoding = (typeof encodings)[number]

/** One page's finished bytes in each encoding, and the head of its answer. */
export interface CachedPage {
  bodies: Readonly<Record<Encoding, Buffer>>
  etag: string
  headers: Readonly<Record<Encoding, Readonly<Record<string, string>>>>
  renderedAtMs: number
}

export interface FreshPage {
  html: string
  headers: Readonly<Record<string, string>>
}

export type SharedPolicy = Extract<CachePolicy, { kind: 'shared' }>

/** Compresses a page once for all who will ask for it. Brotli 5: a few milliseconds for most of what 11 would save. */
async function pack(page: FreshPage, nowMs: number): Promise<CachedPage> {
  const identity = Buffer.from(page.html)
  const [br, gz] = await Promise.all([
    compressBrotli(identity, {
      params: { [constants.BROTLI_PARAM_QUALITY]: 5, [constants.BROTLI_PARAM_SIZE_HINT]: identity.length },
    }),
    compressGzip(identity, { level: 6 }),
  ])
  const bodies = { br, gzip: gz, identity }
  const etag = `W/"${createHash('sha256').update(identity).digest('base64url').slice(0, 22)}"`
  const headersFor = (encoding: Encoding) => ({
    ...page.headers,
    'content-length': String(bodies[encoding].length),
    ...(encoding === 'identity' ? {} : { 'content-encoding': encoding }),
    etag,
  })
  const headers = { br: headersFor('br'), gzip: headersFor('gzip'), identity: headersFor('identity') }
  return { bodies, etag, headers, renderedAtMs: nowMs }
}

export interface PageCache {
  /** The page, rendered at most once at a time; stale ones are served while the new one is made. `null` is not kept. */
  get(key: string, policy: SharedPolicy, render: () => Promise<FreshPage | null>): Promise<CachedPage | null>
  clear(): void
}

/** Anonymous pages of this process, bounded by bytes. Other processes have their own: a page is never more than a policy's age apart. */
export function createPageCache(nowMs: () => number): PageCache {
  const pages = new LRUCache<string, CachedPage>({
    maxSize: 64 * 1024 * 1024,
    sizeCalculation: ({ bodies }) => bodies.br.length + bodies.gzip.length + bodies.identity.length + 2048,
  })
  const rendering = new Map<string, Promise<CachedPage | null>>()

  async function refill(key: string, render: () => Promise<FreshPage | null>): Promise<CachedPage | null> {
    const fresh = await render()
    if (!fresh) {
      pages.delete(key)
      return null
    }
    const packed = await pack(fresh, nowMs())
    pages.set(key, packed)
    return packed
  }

  function refresh(key: string, render: () => Promise<FreshPage | null>): Promise<CachedPage | null> {
    let running = rendering.get(key)
    if (!running) {
      running = refill(key, render).finally(() => rendering.delete(key))
      rendering.set(key, running)
    }
    return running
  }

  return {
    async get(key, policy, render) {
      const known = pages.get(key)
      if (!known) return refresh(key, render)
      const ageMs = nowMs() - known.renderedAtMs
      if (ageMs <= policy.seconds * 1000) return known
      const refreshed = refresh(key, render)
      if (ageMs > (policy.seconds + policy.staleSeconds) * 1000) return refreshed
      void refreshed.catch(() => undefined)
      return known
    },
    clear: () => pages.clear(),
  }
}

/** The encoding to answer with: brotli, else gzip, else none. Weights are ignored; browsers send none. */
export function chooseEncoding(acceptEncoding: string | undefined): Encoding {
  if (!acceptEncoding) return 'identity'
  if (/\bbr\b/.test(acceptEncoding)) return 'br'
  return /\bgzip\b/.test(acceptEncoding) ? 'gzip' : 'identity'
}
