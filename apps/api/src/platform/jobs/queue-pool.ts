import { Pool } from 'pg'

/**
 * Connections of the queue itself, apart from those of the handlers: a busy handler cannot keep the queue from writing down
 * what is done. A lost connection is replaced; without listeners it would end the process.
 */
export function openQueuePool(options: { url: string; size: number }): Pool {
  const pool = new Pool({ connectionString: options.url, max: options.size, application_name: 'dhow-queue' })
  pool.on('error', () => undefined)
  pool.on('connect', (client) => void client.on('error', () => undefined))
  return pool
}
