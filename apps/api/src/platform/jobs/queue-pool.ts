import { setTimeout as wait } from 'node:timers/promises'
import { Client, Pool } from 'pg'
import type { PoolClient, QueryConfig } from 'pg'
import { isTransient } from '../db/transient.ts'

const RETRY_MS = 200

type ConnectCallback = Parameters<Pool['connect']>[0]

/** Statements that hand out jobs. Never sent twice: if the first was done and only its answer lost, a second hands out others. */
const handsOutJobs = (query: string | QueryConfig): boolean =>
  typeof query !== 'string' && (query.name ?? '').startsWith('get_job')

/**
 * Connections of the queue itself, apart from those of the handlers: a busy handler cannot keep the queue from writing down
 * what is done. A lost connection is replaced; without listeners it would end the process. The pool says `lost` when one breaks
 * that was open.
 */
export class QueuePool extends Pool {
  /** Set when the queue is at work, and each of its statements stands alone: none is part of a transaction. */
  isPatient = false

  // Whoever asks for a client to send one statement gets this one, which sends it until PostgreSQL has answered.
  readonly #patientClient = Object.assign(new Client(), {
    query: (query: string | QueryConfig, values?: unknown[]) => this.#untilAnswered(query, values),
    release: () => undefined,
  })

  constructor(options: { url: string; size: number }) {
    super({ connectionString: options.url, max: options.size, application_name: 'dhow-queue' })
    this.on('error', () => undefined)
    this.on('connect', (client) => void client.on('error', () => this.emit('lost')))
  }

  override connect(): Promise<PoolClient>
  override connect(callback: ConnectCallback): void
  override connect(callback?: ConnectCallback): Promise<PoolClient> | void {
    if (callback) return super.connect(callback)
    return this.isPatient ? Promise.resolve(this.#patientClient) : super.connect()
  }

  /** graphile-worker gives up what it reports after one try, and with it the whole queue (its issue 636). */
  async #untilAnswered(query: string | QueryConfig, values?: unknown[]) {
    for (;;) {
      try {
        return await this.query(query, values)
      } catch (error) {
        if (!isTransient(error) || handsOutJobs(query)) throw error
        await wait(RETRY_MS)
      }
    }
  }
}
