import { Client } from 'pg'
import type { Log } from '../telemetry/log.ts'
import { sessionNamePrefix } from './queue.sql.ts'

const RECONNECT_MS = 1_000

/**
 * Keeps one connection open under the worker's name for as long as the process lives: PostgreSQL ends it when the process
 * does, however it died. Behind a pooler that hides `application_name` it must go to PostgreSQL directly.
 */
export function keepWorkerSession(options: { url: string; poolId: string; log: Log }): () => Promise<void> {
  let client: Client | undefined
  let timer: NodeJS.Timeout | undefined
  let isStopped = false

  async function connect(): Promise<void> {
    const next = new Client({
      connectionString: options.url,
      application_name: `${sessionNamePrefix}${options.poolId}`,
      keepAlive: true,
    })
    client = next
    next.on('error', (error) => options.log.warn({ err: error }, 'worker session lost its connection'))
    next.on('end', () => {
      if (!isStopped) timer = setTimeout(() => void connect(), RECONNECT_MS)
    })
    await next.connect().catch(() => next.end().catch(() => undefined))
  }

  void connect()
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await client?.end().catch(() => undefined)
  }
}
