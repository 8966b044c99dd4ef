import type { AppContext } from '../../context.ts'
import { inTransaction } from '../db/database.ts'
import type { Tx } from '../db/database.ts'
import { noteDone } from './idempotency.sql.ts'

export { isDone } from './idempotency.sql.ts'

/**
 * Does the work of a request in one transaction, and none when an earlier try of the same request has done it: that one may have
 * died, or be slow, before its answer was kept. For work whose own guards would refuse the second try. Whoever throws has done
 * nothing. What is checked outside of the transaction is checked after `isDone` was asked.
 */
export function doOnce(
  ctx: Pick<AppContext, 'db' | 'clock'>,
  requestId: string,
  work: (tx: Tx) => Promise<void>,
): Promise<void> {
  return inTransaction(ctx.db, async (tx) => {
    if (await noteDone(tx, { requestId, now: ctx.clock.now() })) await work(tx)
  })
}
