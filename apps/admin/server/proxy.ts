import * as http from 'node:http'
import * as https from 'node:https'
import { pipeline } from 'node:stream'
import type { Request, RequestHandler, Response } from 'express'
import type { Logger } from 'pino'
import type { AdminConfig } from './config.ts'

/** RFC 9110 §7.6.1: these speak of one connection only. `Host` is the API's own. */
const hopByHop = new Set([
  'connection',
  'host',
  'keep-alive',
  'proxy-authenticate',
  'proxy-authorization',
  'proxy-connection',
  'te',
  'trailer',
  'transfer-encoding',
  'upgrade',
])

/** Headers only an edge of ours may set; from a browser they would be lies about where it is. */
const saidByEdges = /^(cf-|x-forwarded-|x-real-ip$|forwarded$|true-client-ip$)/

const timeoutMs = 30_000

type Headers = Record<string, string | string[]>

function withoutHops(headers: http.IncomingHttpHeaders): Headers {
  const named = new Set((headers.connection ?? '').split(',').map((name) => name.trim().toLowerCase()))
  const kept: Headers = {}
  for (const [name, value] of Object.entries(headers))
    if (value !== undefined && !hopByHop.has(name) && !named.has(name)) kept[name] = value
  return kept
}

/** What the API is asked with: the browser's headers, and where it really connected from. */
function requestHeaders(config: AdminConfig, req: Request): Headers {
  const forwarded = config.isBehindProxy ? req.headers['x-forwarded-for'] : undefined
  const kept = Object.entries(withoutHops(req.headers)).filter(
    ([name]) => !saidByEdges.test(name) || (config.hasEdgeHeaders && name.startsWith('cf-')),
  )
  const peer = req.socket.remoteAddress ?? 'unknown'
  return {
    ...Object.fromEntries(kept),
    // Without a body there is nothing whose length is unknown; with one, it is sent on as it comes.
    ...(req.headers['transfer-encoding'] ? { 'transfer-encoding': 'chunked' } : {}),
    'x-forwarded-for': forwarded ? `${String(forwarded)}, ${peer}` : peer,
    'x-forwarded-proto': new URL(config.adminUrl).protocol.slice(0, -1),
  }
}

/** The API's own way of saying that it is not there, so that the app shows it as it shows any other problem. */
function answerUnavailable(res: Response): void {
  if (res.headersSent) return void res.destroy()
  res
    .status(503)
    .set({ 'content-type': 'application/problem+json', 'cache-control': 'no-store', 'retry-after': '5' })
    .end(
      JSON.stringify({
        type: 'about:blank',
        title: 'The shop is busy, try again in a moment',
        status: 503,
        instance: '/',
        code: 'service/unavailable',
        requestId: '',
      }),
    )
}

/**
 * Passes `/api/v1/*` on to the API, so that staff cookies are of the back office's own origin. Streams both ways and buffers
 * nothing. On a server nginx does the same (`README.md`), and this is not asked.
 */
export function apiProxy(config: AdminConfig, log: Logger): RequestHandler {
  const target = new URL(config.apiUrl)
  const client = target.protocol === 'https:' ? https : http
  const agent = new client.Agent({ keepAlive: true, maxSockets: 100 })
  return (req, res): void => {
    const upstream = client.request({
      agent,
      host: target.hostname,
      port: target.port,
      method: req.method,
      path: req.originalUrl,
      headers: requestHeaders(config, req),
      timeout: timeoutMs,
    })
    upstream.once('timeout', () => upstream.destroy(new Error(`no answer in ${timeoutMs} ms`)))
    upstream.once('error', (err) => {
      if (res.closed) return // the browser went away, and we let go of the API
      log.warn({ err }, 'the API does not answer')
      answerUnavailable(res)
    })
    upstream.once('response', (answer) => {
      // The API's own headers, its `X-Request-Id` and `RateLimit` among them; ours are set on everything before.
      res.status(answer.statusCode ?? 502).set(withoutHops(answer.headers))
      pipeline(answer, res, () => {}) // either end may leave in the middle; the other is told by it
    })
    res.once('close', () => upstream.destroy())
    req.pipe(upstream)
  }
}
