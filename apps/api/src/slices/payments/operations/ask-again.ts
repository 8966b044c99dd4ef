import type { AppContext } from '../../../context.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import type { Payer } from '../payments.sql.ts'
import { providerOf } from '../provider-of.ts'
import { captureJob, refundJob } from './operation-tasks.ts'
import { mayAskAgain, nextTryAfter } from './retry-schedule.ts'
import { countTry, setNextTry } from './tries.sql.ts'
import type { Operation } from './tries.sql.ts'

const jobOf = { captures: captureJob, refunds: refundJob }

interface AskedOf {
  operation: Operation
  id: string
  provider: Payer
}

/**
 * Nobody knows whether money has moved. The same thing is asked for again by the same id, on a schedule; after a day it is only
 * looked for, and a person told.
 */
export async function askAgain(ctx: AppContext, asked: AskedOf, cause: unknown): Promise<void> {
  const { operation, id, provider } = asked
  await inTransaction(ctx.db, async (tx) => {
    const now = ctx.clock.now()
    const tried = await countTry(tx, operation, { id, now })
    if (!tried) return
    const { tryCount, createdAt } = tried
    if (mayAskAgain(createdAt, now))
      ctx.log.warn({ operation, id, tryCount, err: cause }, 'outcome unknown, asking again')
    else
      ctx.log.error(
        { operation, id, tryCount, err: cause, alert: 'payment-operation-stuck' },
        'nobody has said for a day whether money moved',
      )
    const nextTryAt = nextTryAfter(tryCount, { now, repeatsSafely: providerOf(ctx, provider).repeatsSafely })
    await setNextTry(tx, operation, { id, nextTryAt })
    await enqueue(tx, jobOf[operation](id, nextTryAt))
  })
}
