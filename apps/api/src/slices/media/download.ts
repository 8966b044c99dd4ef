import { lookup as resolve } from 'node:dns'
import type { LookupAddress } from 'node:dns'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { isIP } from 'node:net'
import type { LookupFunction, Socket } from 'node:net'
import { isPublicAddress } from './public-address.ts'

const MAX_BYTES = 10 * 1024 * 1024
const TOTAL_MS = 10_000
const MAX_REDIRECTS = 3

/** `refused` will never work (wrong address, too large, not there); `failed` may work later. */
export type Download =
  | { kind: 'done'; bytes: Buffer }
  | { kind: 'refused'; reason: string }
  | { kind: 'failed'; reason: string }

export interface DownloadOptions {
  /** Which addresses may be connected to: the public internet, but for tests. */
  isAllowed?: (address: string) => boolean
  /** Certificates to trust instead of the system's. */
  ca?: string
  timeoutMs?: number
}

class Refused extends Error {
  override name = 'Refused'
}

/** Only what a shop's picture is fetched from: https, the usual port, no user name in it. */
export function checkUrl(text: string): URL {
  const url = URL.canParse(text) ? new URL(text) : undefined
  if (!url || url.protocol !== 'https:') throw new Refused('not an https address')
  if (url.username !== '' || url.password !== '') throw new Refused('the address holds a user name')
  return url
}

/** Resolves a name and gives the connection only addresses that are allowed: all of them must be, or none is used. */
function guardedLookup(isAllowed: (address: string) => boolean): LookupFunction {
  return (host, options, callback) => {
    resolve(host, { all: true, family: options.family ?? 0 }, (error, found: LookupAddress[]) => {
      if (error) return callback(error, '')
      const [first] = found
      if (!first || !found.every(({ address }) => isAllowed(address)))
        return callback(new Refused('the address is not on the public internet'), '')
      return options.all ? callback(null, found) : callback(null, first.address, first.family)
    })
  }
}

function readBody(response: IncomingMessage): Promise<Buffer> {
  return new Promise((done, fail) => {
    if (Number(response.headers['content-length'] ?? 0) > MAX_BYTES) fail(new Refused('larger than 10 MB'))
    const chunks: Buffer[] = []
    let size = 0
    response.on('data', (chunk: Buffer) => {
      size += chunk.length
      if (size > MAX_BYTES) response.destroy(new Refused('larger than 10 MB'))
      else chunks.push(chunk)
    })
    response.once('end', () => done(Buffer.concat(chunks)))
    response.once('error', fail)
    response.once('close', () => fail(new Error('the connection was cut')))
  })
}

function open(url: URL, signal: AbortSignal, options: DownloadOptions): Promise<IncomingMessage> {
  const isAllowed = options.isAllowed ?? isPublicAddress
  const host = url.hostname.replace(/^\[|\]$/g, '')
  // A literal address never passes through `lookup`.
  if (isIP(host) && !isAllowed(host)) throw new Refused('the address is not on the public internet')
  if (!options.isAllowed && url.port !== '') throw new Refused('only the usual port')
  return new Promise((done, fail) => {
    const headers = { Accept: 'image/avif,image/webp,image/png,image/jpeg', 'User-Agent': 'dhow-media' }
    const asked = request(
      url,
      { signal, headers, ca: options.ca, agent: false, lookup: guardedLookup(isAllowed) },
      done,
    )
    asked.once('error', fail)
    // What counts is where the socket really went, whatever a resolver said before.
    asked.once('socket', (socket: Socket) => {
      socket.once('connect', () => {
        if (!isAllowed(socket.remoteAddress ?? ''))
          socket.destroy(new Refused('the address is not on the public internet'))
      })
    })
    asked.end()
  })
}

async function follow(text: string, signal: AbortSignal, options: DownloadOptions): Promise<Buffer> {
  let url = checkUrl(text)
  for (let hops = 0; ; hops += 1) {
    const response = await open(url, signal, options)
    const { statusCode = 0, headers } = response
    if (statusCode === 200) return readBody(response)
    response.destroy()
    if (![301, 302, 303, 307, 308].includes(statusCode) || headers.location === undefined) {
      if (statusCode >= 500 || statusCode === 429 || statusCode === 408) throw new Error(`answered ${statusCode}`)
      throw new Refused(`answered ${statusCode}`)
    }
    if (hops === MAX_REDIRECTS || !URL.canParse(headers.location, url)) throw new Refused('redirected too often')
    url = checkUrl(new URL(headers.location, url).href)
  }
}

/**
 * Fetches a picture somebody named by address, and nothing else: public addresses only, checked after resolving and again on the
 * connected socket, redirects checked alike, ten megabytes, ten seconds in all. Never throws.
 */
export async function download(url: string, options: DownloadOptions = {}): Promise<Download> {
  const signal = AbortSignal.timeout(options.timeoutMs ?? TOTAL_MS)
  try {
    return { kind: 'done', bytes: await follow(url, signal, options) }
  } catch (error) {
    const reason = error instanceof Error ? error.message : 'unknown'
    return { kind: error instanceof Refused ? 'refused' : 'failed', reason: signal.aborted ? 'took too long' : reason }
  }
}
