import { createServer } from 'node:http'
import type { RequestListener, Server } from 'node:http'

/** Longer than nginx's upstream keep-alive (60 s), so that nginx never writes into a socket we are closing. */
const KEEP_ALIVE_MS = 65_000

/** As nginx passes on (4 × 8 kB): a token too large for anything is then refused as a token, in our own words. */
const MAX_HEADER_BYTES = 32_768

/** Listens, and resolves with the port really taken (0 asks for a free one). Rejects when it is taken. */
export function listen(
  listener: RequestListener,
  options: { host: string; port: number },
): Promise<{ server: Server; port: number }> {
  const server = createServer(
    {
      maxHeaderSize: MAX_HEADER_BYTES,
      keepAliveTimeout: KEEP_ALIVE_MS,
      headersTimeout: 20_000,
      requestTimeout: 30_000,
    },
    listener,
  )
  return new Promise((resolve, reject) => {
    server.once('error', reject)
    server.listen(options.port, options.host, () => {
      const address = server.address()
      resolve({ server, port: typeof address === 'object' && address ? address.port : options.port })
    })
  })
}

/** Stops taking connections, lets running requests end, and gives up on those after `graceMs`. */
export function drain(server: Server, graceMs = 20_000): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(() => server.closeAllConnections(), graceMs)
    server.close(() => {
      clearTimeout(timer)
      resolve()
    })
    server.closeIdleConnections()
  })
}
