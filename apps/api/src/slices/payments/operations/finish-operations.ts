import type { AppContext } from '../../../context.ts'
import { settlePayment } from '../settle-payment.ts'
import { takeDueDisputes } from './disputes.sql.ts'
import { performCapture } from './perform-capture.ts'
import { performRefund } from './perform-refund.ts'
import { takeOverdue, takePendingRefunds } from './tries.sql.ts'

const BATCH = 50
/** A job this late is lost, or its worker is. */
const LOST_MS = 60_000
const PENDING_AGAIN_MS = 3_600_000

async function each(ctx: AppContext, ids: readonly string[], work: (id: string) => Promise<void>): Promise<void> {
  for (const id of ids) {
    try {
      await work(id)
    } catch (error) {
      ctx.log.warn({ err: error, id }, 'operation left for the next round')
    }
  }
}

/** A person has half of the time to gather evidence before they hear of it, and hears again when a tenth is left. */
async function warnOfDisputes(ctx: AppContext): Promise<void> {
  for (const { id, paymentId, providerRef, dueAt, alarmLevel } of await takeDueDisputes(ctx.db, ctx.clock.now(), BATCH))
    ctx.log.error(
      { disputeId: id, paymentId, providerRef, dueAt, percent: alarmLevel, alert: 'dispute-evidence-due' },
      'a dispute waits for evidence',
    )
}

/**
 * What happens when a job is lost: captures and refunds that were asked for and have not ended are asked for again by the same id,
 * those the provider is still busy with are looked at, and people are told of evidence that is due. Safe at any moment, twice.
 */
export async function finishOperations(ctx: AppContext): Promise<void> {
  const now = ctx.clock.now()
  const due = { now, before: new Date(now.getTime() - LOST_MS), limit: BATCH }
  await each(ctx, await takeOverdue(ctx.db, 'captures', due), (id) => performCapture(ctx, id))
  await each(ctx, await takeOverdue(ctx.db, 'refunds', due), (id) => performRefund(ctx, id))
  const again = new Date(now.getTime() + PENDING_AGAIN_MS)
  const pending = await takePendingRefunds(ctx.db, { now, again, limit: BATCH })
  await each(ctx, pending, (paymentId) => settlePayment(ctx, paymentId))
  await warnOfDisputes(ctx)
}
