import { createClient } from '@redis/client'
import type { Log } from '../telemetry/log.ts'

/** What limits need of the client, and what health shows of it. */
export type RedisClient = ReturnType<typeof connect>

/**
 * Connects in the background and keeps trying; commands fail at once while it is away (callers have a way without it).
 * Redis holds counters that may be lost at any moment, never the truth.
 */
export function openRedis(url: string, log: Log): RedisClient {
  const client = connect(url)
  let isDown = false
  client.on('error', (error: Error) => {
    if (!isDown) log.warn({ err: error }, 'redis is away: counting in the process')
    isDown = true
  })
  client.on('ready', () => {
    if (isDown) log.info('redis is back')
    isDown = false
  })
  client.connect().catch(() => undefined)
  return client
}

function connect(url: string) {
  return createClient({
    url,
    disableOfflineQueue: true,
    socket: { connectTimeout: 1_000, reconnectStrategy: (retries) => Math.min(50 * 2 ** Math.min(retries, 6), 2_000) },
  })
}
