import { CamelCasePlugin, Kysely, PostgresDialect, sql } from 'kysely'
import type { Transaction } from 'kysely'
import pg from 'pg'
import { PreparingClient } from './prepared.ts'
import { APP_ROLE } from './roles.ts'
import type { Tables } from './tables.ts'

export type Db = Kysely<Tables>
export type Tx = Transaction<Tables>
/** A query function takes either: it does not care whether somebody opened a transaction round it. */
export type DbOrTx = Db | Tx

const INT8 = 20
const DATE = 1082

/** bigint columns hold minor units and counters, all below 2^53; beyond that is corruption, not a number to round. */
function parseInt8(text: string): number {
  const value = Number(text)
  if (!Number.isSafeInteger(value)) throw new RangeError(`bigint outside the safe integers: ${text}`)
  return value
}

function typeParser(oid: number, format?: 'text' | 'binary'): (value: string) => unknown {
  if (oid === INT8) return parseInt8
  if (oid === DATE) return (text) => text
  return pg.types.getTypeParser(oid, format === 'binary' ? 'text' : format)
}

export interface DatabaseOptions {
  url: string
  poolSize: number
  applicationName: string
}

/** Opens the pool. Every session works as the application's role, whoever logs in, and fails rather than waits for ever: statement 5 s, lock 2 s, idle in transaction 30 s. */
export function openDatabase(options: DatabaseOptions): { db: Db; pool: pg.Pool } {
  const pool = new pg.Pool({
    Client: PreparingClient,
    connectionString: options.url,
    max: options.poolSize,
    connectionTimeoutMillis: 5_000,
    idleTimeoutMillis: 30_000,
    application_name: options.applicationName,
    options:
      '-c statement_timeout=5s -c lock_timeout=2s -c idle_in_transaction_session_timeout=30s -c timezone=UTC' +
      ` -c role=${APP_ROLE}`,
    types: { getTypeParser: typeParser },
  })
  // A connection lost while idle is replaced by the pool; without a listener it would end the process.
  pool.on('error', () => undefined)
  // And one lost while in use: its query is rejected, but the connection says so too, also between two queries.
  pool.on('connect', (client) => client.on('error', () => undefined))
  const db = new Kysely<Tables>({
    dialect: new PostgresDialect({ pool }),
    plugins: [new CamelCasePlugin({ maintainNestedObjectKeys: true })],
  })
  return { db, pool }
}

const SERIALIZATION_FAILURE = '40001'
const DEADLOCK_DETECTED = '40P01'
const maxAttempts = 3

export const sqlStateOf = (error: unknown): string | undefined =>
  error instanceof Error && 'code' in error && typeof error.code === 'string' ? error.code : undefined

const actionsAfter = new WeakMap<Tx, (() => void)[]>()

/**
 * Runs `action` right after the transaction of {@link inTransaction} has committed, and not if it has not. The process may die in
 * between: what must not be lost is a job, or PostgreSQL's own NOTIFY.
 */
export const whenCommitted = (tx: Tx, action: () => void): void => void actionsAfter.get(tx)?.push(action)

async function runOnce<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  const actions: (() => void)[] = []
  const result = await db.transaction().execute((tx) => {
    actionsAfter.set(tx, actions)
    return work(tx)
  })
  for (const action of actions) action()
  return result
}

/** Runs `work` in one transaction, again from the start when PostgreSQL broke a deadlock. `work` must have no other effects. */
export async function inTransaction<T>(db: Db, work: (tx: Tx) => Promise<T>): Promise<T> {
  for (let attempt = 1; ; attempt += 1) {
    try {
      return await runOnce(db, work)
    } catch (error) {
      const state = sqlStateOf(error)
      if ((state !== SERIALIZATION_FAILURE && state !== DEADLOCK_DETECTED) || attempt >= maxAttempts) throw error
    }
  }
}

/** Readiness: PostgreSQL answers. */
export async function pingDatabase(db: Db): Promise<void> {
  await sql`select 1`.execute(db)
}
