import { DummyDriver, Kysely, PostgresDialect, sql } from 'kysely'
import type { CompiledQuery, ConnectionProvider, DatabaseConnection } from 'kysely'
import { markAsCustomers } from './customer-statement.ts'
import { CUSTOMER_ROLE } from './roles.ts'
import { inTransaction } from './database.ts'
import type { Db, DbOrTx, Tx } from './database.ts'
import type { Tables } from './tables.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** One message for both, in the transaction that is open. The id is checked, since such a message takes no parameters. */
function becomeCustomer(accountId: string): string {
  if (!uuid.test(accountId)) throw new Error('an account id is a UUID')
  return `set local role ${CUSTOMER_ROLE}; select set_config('app.account_id', '${accountId}', true)`
}

/**
 * Reads and writes for one signed-in customer, as the database's role `dhow_customer` (docs/adr/0011): a query sees the rows of
 * that account and no others, whatever it forgets. In a transaction of its own, begun in one round trip with the role.
 */
export function asCustomer<T>(db: Db, accountId: string, work: (db: DbOrTx) => Promise<T>): Promise<T> {
  const begin = sql.raw(`begin; ${becomeCustomer(accountId)}`)
  return db.connection().execute(async (connection) => {
    await begin.execute(connection)
    try {
      const result = await work(connection)
      await sql.raw('commit').execute(connection)
      return result
    } catch (error) {
      // Of a connection that is lost nothing is left to roll back, and what lost it is the error to tell.
      await sql
        .raw('rollback')
        .execute(connection)
        .catch(() => undefined)
      throw error
    }
  })
}

/**
 * {@link asCustomer} for one part of a transaction that goes on as the application: what must be written besides, an audit event
 * or a job, is nothing a customer may write.
 */
export function asCustomerFirst<T>(
  db: Db,
  accountId: string,
  work: { asCustomer: (tx: Tx) => Promise<T>; after: (tx: Tx, result: T) => Promise<void> },
): Promise<T> {
  return inTransaction(db, async (tx) => {
    await sql.raw(becomeCustomer(accountId)).execute(tx)
    const result = await work.asCustomer(tx)
    await sql.raw(`reset role; select set_config('app.account_id', '', true)`).execute(tx)
    await work.after(tx, result)
    return result
  })
}

/** Every statement is a transaction of its own, so there is none to open. */
class OneStatementDriver extends DummyDriver {
  override beginTransaction(): Promise<void> {
    throw new Error('statements of databaseOf() stand alone: use asCustomer() for a transaction')
  }
}
const driver = new OneStatementDriver()
const dialect = new PostgresDialect({
  pool: () => Promise.reject(new Error('connections are those of the database it was made of')),
})

function connectionOf(connection: DatabaseConnection, accountId: string): DatabaseConnection {
  return {
    executeQuery: <R>(query: CompiledQuery) => {
      markAsCustomers(query.parameters, accountId)
      return connection.executeQuery<R>(query)
    },
    streamQuery: () => {
      throw new Error('a customer has no result that needs streaming')
    },
  }
}

/**
 * The database as one customer sees it: like {@link asCustomer}, for single statements, each in one round trip and by itself.
 * Keep their texts apart from those of the application: a prepared plan is made anew whenever the role it is for changes.
 */
export function databaseOf(db: Db, accountId: string): Db {
  const own = db.getExecutor()
  const provider: ConnectionProvider = {
    provideConnection: (consumer, options) =>
      own.provideConnection((connection) => consumer(connectionOf(connection, accountId)), options),
  }
  return new Kysely<Tables>({ config: { dialect }, dialect, driver, executor: own.withConnectionProvider(provider) })
}
