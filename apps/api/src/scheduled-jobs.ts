import type { AppContext } from './context.ts'
import { deleteOldDone, deleteOldKeys } from './platform/http/idempotency.sql.ts'
import type { JobHandlers } from './platform/jobs/handlers.ts'
import { enqueue } from './platform/jobs/enqueue.ts'
import { deleteEndedWindows } from './platform/limits/rate-limits.sql.ts'
import { deleteAbandonedCarts } from './slices/cart/cart.ts'
import { cleanUpCodes, cleanUpSignIns, deleteOldMessages, disableInactiveStaff } from './slices/identity/identity.ts'
import { deleteOldWebhooks, sweepPayments } from './slices/payments/payments.ts'
import { deleteOldRuns } from './slices/reconciliation/reconciliation.ts'

/** Days that data nobody needs any more is kept. A key replayed later is a new request; a payload is evidence for disputes. */
const KEPT_DAYS = {
  idempotencyKeys: 30,
  webhookPayloads: 90,
  abandonedCarts: 60,
  accountMessages: 90,
  reconciliationRuns: 35,
} as const

const SWEEP_GAP_MS = 30_000

/** Deletes what has outlived its purpose, in small batches. Running it twice at once deletes nothing more. */
export async function cleanUp(ctx: AppContext): Promise<void> {
  const before = (days: number): Date => new Date(ctx.clock.now().getTime() - days * 86_400_000)
  const deleted = {
    idempotencyKeys: await deleteOldKeys(ctx.db, before(KEPT_DAYS.idempotencyKeys)),
    doneRequests: await deleteOldDone(ctx.db, before(KEPT_DAYS.idempotencyKeys)),
    webhookPayloads: await deleteOldWebhooks(ctx.db, before(KEPT_DAYS.webhookPayloads)),
    abandonedCarts: await deleteAbandonedCarts(ctx.db, before(KEPT_DAYS.abandonedCarts)),
    accountMessages: await deleteOldMessages(ctx.db, before(KEPT_DAYS.accountMessages)),
    reconciliationRuns: await deleteOldRuns(ctx.db, before(KEPT_DAYS.reconciliationRuns)),
    ...(await cleanUpSignIns(ctx)),
    ...(await cleanUpCodes(ctx)),
    rateLimits: await deleteEndedWindows(ctx.db, ctx.clock.now()),
  }
  ctx.log.info(deleted, 'cleaned up')
}

/**
 * The queue's schedule counts in minutes, the payment sweep in half minutes: each minute writes two sweeps. A sweep that still
 * waits under its key is replaced, so a worker that was away comes back to one, not to a hundred.
 */
async function scheduleSweeps(ctx: AppContext): Promise<void> {
  const later = new Date(ctx.clock.now().getTime() + SWEEP_GAP_MS)
  await enqueue(
    ctx.db,
    { task: 'payments.sweep', payload: {}, key: 'payments.sweep:00' },
    { task: 'payments.sweep', payload: {}, key: 'payments.sweep:30', runAt: later },
  )
}

export const scheduledJobs: JobHandlers = {
  'platform.clean-up': cleanUp,
  'platform.every-minute': scheduleSweeps,
  'identity.disable-inactive-staff': disableInactiveStaff,
  'payments.sweep': sweepPayments,
}
