import { sql } from 'kysely'
import pg from 'pg'
import type { Log } from '../telemetry/log.ts'
import type { DbOrTx } from './database.ts'

const CHANNEL = 'dhow_cache'
const RECONNECT_MS = 1_000
/** A payload may have 8,000 bytes, a tag has some 50. */
const TAGS_A_MESSAGE = 100

/** Says, when the transaction commits, that answers with these tags are stale. Every API process hears it. */
export async function announceChange(tx: DbOrTx, tags: readonly string[]): Promise<void> {
  const messages: string[] = []
  for (let start = 0; start < tags.length; start += TAGS_A_MESSAGE)
    messages.push(tags.slice(start, start + TAGS_A_MESSAGE).join(','))
  if (messages.length > 0)
    await sql`select pg_notify(${CHANNEL}, message) from unnest(${messages}::text[]) message`.execute(tx)
}

/**
 * Listens on a connection of its own. While it was cut, changes may have been missed: `onGap` is called on every (re)connect
 * but the first. Returns how to stop.
 */
export function listenForChanges(options: {
  url: string
  log: Log
  onChange: (tags: string[]) => void
  onGap: () => void
  /** Whether we hear anything, each time that changes. */
  onListening?: (isListening: boolean) => void
}): () => Promise<void> {
  let client: pg.Client | undefined
  let isStopped = false
  let timer: NodeJS.Timeout | undefined

  async function connect(isFirst: boolean): Promise<void> {
    const next = new pg.Client({ connectionString: options.url, application_name: 'dhow-listen', keepAlive: true })
    client = next
    next.on('notification', (message) => options.onChange((message.payload ?? '').split(',')))
    next.on('error', (error) => options.log.warn({ err: error }, 'cache listener lost its connection'))
    next.on('end', () => {
      options.onListening?.(false)
      if (!isStopped) timer = setTimeout(() => void connect(false), RECONNECT_MS)
    })
    try {
      await next.connect()
      await next.query(`listen ${CHANNEL}`)
      options.onListening?.(true)
      if (!isFirst) options.onGap()
    } catch {
      await next.end().catch(() => undefined)
    }
  }

  void connect(true)
  return async () => {
    isStopped = true
    clearTimeout(timer)
    await client?.end().catch(() => undefined)
  }
}
