import { ReconciledBooks, runKinds } from '@dhow/contracts/reconciliation.ts'
import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import { enqueue } from '../../platform/jobs/enqueue.ts'
import type { Job } from '../../platform/jobs/enqueue.ts'
import { importBooks } from './import-books.ts'
import { booksToCompare, lastDays, runReconciliation } from './run-reconciliation.ts'
import type { RunRequest } from './run-reconciliation.ts'

export const DAY_MS = 86_400_000
/** As far back as anything is compared: refunds, disputes and payouts of a month, and what was late. */
export const LONGEST_DAYS = 35

const Run = z.strictObject({
  provider: ReconciledBooks,
  kind: z.enum(runKinds),
  from: z.iso.datetime().optional(),
  to: z.iso.datetime().optional(),
})

/** What a run looks back over, unless told. */
const daysOf = { open: LONGEST_DAYS, recent: 1, nightly: LONGEST_DAYS, manual: 1 } as const

export function runJob(request: {
  provider: ReconciledBooks
  kind: RunRequest['kind']
  from?: string
  to?: string
}): Job {
  const { provider, kind } = request
  return { task: 'reconciliation.run', payload: { ...request }, key: `reconciliation.run:${provider}:${kind}` }
}

const isAwaited = (kind: RunRequest['kind']): boolean => kind === 'nightly' || kind === 'manual'

/**
 * One comparison. A nightly one that failed is tried again by the queue, and so is one somebody asked for while another was
 * running; of the others the next is never far.
 */
async function run(ctx: AppContext, payload: unknown): Promise<void> {
  const { provider, kind, from, to } = Run.parse(payload)
  if (!booksToCompare(ctx).includes(provider)) return
  const usual = lastDays(ctx, daysOf[kind])
  const window = { from: from ? new Date(from) : usual.from, to: to ? new Date(to) : usual.to }
  const report = await runReconciliation(ctx, { provider, kind, window })
  const isToRepeat = (kind === 'nightly' && report?.state === 'failed') || (isAwaited(kind) && !report)
  if (isToRepeat)
    throw new Error(`${kind} reconciliation of ${provider}: ${report?.failureReason ?? 'another is running'}`)
}

/** Every quarter of an hour: what can still move, and what the last day has seen. The keys keep one of each waiting. */
async function scheduleRecent(ctx: AppContext): Promise<void> {
  const providers = booksToCompare(ctx).filter((name) => name !== 'shop' && name !== 'cod')
  await enqueue(
    ctx.db,
    ...providers.flatMap((provider) => [runJob({ provider, kind: 'open' }), runJob({ provider, kind: 'recent' })]),
    runJob({ provider: 'shop', kind: 'recent' }),
  )
}

const scheduleNightly = (ctx: AppContext): Promise<void> =>
  enqueue(ctx.db, ...booksToCompare(ctx).map((provider) => runJob({ provider, kind: 'nightly' })))

const Books = z.strictObject({ provider: z.string().max(50) })

/** A payout was begun or has failed: the card provider's lines of the last days are brought in. */
async function readBooks(ctx: AppContext, payload: unknown): Promise<void> {
  const { provider } = Books.parse(payload)
  if (ctx.providers.cards.provider !== provider) return
  await importBooks(ctx, lastDays(ctx, 3))
}

export const reconciliationJobs = {
  'reconciliation.run': run,
  'reconciliation.recent': scheduleRecent,
  'reconciliation.nightly': scheduleNightly,
  'reconciliation.books': readBooks,
}
