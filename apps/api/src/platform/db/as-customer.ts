import { sql } from 'kysely'
import { inTransaction } from './database.ts'
import type { Db, DbOrTx, Tx } from './database.ts'

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/

/** One message for both, in the transaction that is open. The id is checked, since such a message takes no parameters. */
function becomeCustomer(accountId: string): string {
  if (!uuid.test(accountId)) throw new Error('an account id is a UUID')
  return `set local role dhow_customer; select set_config('app.account_id', '${accountId}', true)`
}

/**
 * Reads and writes for one signed-in customer, as the database's role `dhow_customer` (docs/adr/0011): a query sees the rows of
 * that account and no others, whatever it forgets. In a transaction of its own, begun in one round trip with the role. Keep the
 * text of a statement apart from those of {@link Db} itself: a prepared plan is made anew whenever its role changes.
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
      await sql.raw('rollback').execute(connection)
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
