import type { DifferenceClass, ReconciledBooks, RunKind } from '@dhow/contracts/reconciliation.ts'
import { differenceClasses, reconciledBooks } from '@dhow/contracts/reconciliation.ts'
import type { AppContext } from '../../context.ts'
import { Problem } from '../../platform/http/problem.ts'
import { newId } from '../../platform/ids.ts'
import { checkShop, WHOLE_LEDGER } from './check-shop.ts'
import { healOthers, listOpenBookRefs, recordFindings } from './differences.sql.ts'
import type { Finding, RunName } from './differences.sql.ts'
import { compareCash } from './compare-cash.ts'
import { compareBooks, importBooks } from './import-books.ts'
import { sumBooks } from './provider-books.sql.ts'
import { compareOpen, compareWindow, NoAnswer } from './reconcile-provider.ts'
import type { Comparison } from './reconcile-provider.ts'
import { aloneWith, beginRun, endRun, listStandings } from './runs.sql.ts'
import { countBookedOrders, listOpenShopRefs } from './shop-books.sql.ts'
import { emptyTotals } from './totals.ts'
import type { Totals } from './totals.ts'

export interface RunRequest {
  provider: ReconciledBooks
  kind: RunKind
  window: { from: Date; to: Date }
}

/** What a run came to. */
export interface RunReport extends RunRequest {
  runId: string
  state: 'finished' | 'failed'
  failureReason: string | null
  compared: number
  healed: number
  /** Everything that does not agree, also what was known. */
  findings: readonly Finding[]
  /** Of these, what nobody has explained. */
  unexplained: number
  totals: Totals
}

interface Looked {
  findings: Finding[]
  examined: string[]
  classes: readonly DifferenceClass[]
  compared: number
  healed: number
  totals: Totals
}

const HOUR_MS = 3_600_000
/** What a provider's clock may be ahead of ours: what it dates in our future has happened all the same. */
const AHEAD_MS = 60_000

/** The last so many days, as every clock tells them. */
export function lastDays(ctx: Pick<AppContext, 'clock'>, days: number): { from: Date; to: Date } {
  const now = ctx.clock.now().getTime()
  return { from: new Date(now - days * 24 * HOUR_MS), to: new Date(now + AHEAD_MS) }
}

const perPayment: readonly DifferenceClass[] = [
  'missing-here',
  'missing-there',
  'amount',
  'state',
  'currency',
  'duplicate',
  'ledger',
]

/** Books that can be compared: of providers this shop uses, and its own. */
export const booksToCompare = ({ providers }: Pick<AppContext, 'providers'>): ReconciledBooks[] =>
  reconciledBooks.filter((name) => name === 'shop' || providers.payments[name] !== undefined)

const isLong = (kind: RunKind): boolean => kind === 'nightly' || kind === 'manual'

async function lookAtShop(ctx: AppContext, { kind, window }: RunRequest): Promise<Looked> {
  const isWhole = isLong(kind)
  const open = await listOpenShopRefs(ctx.db)
  return {
    findings: await checkShop(ctx, { window, isWhole }),
    examined: isWhole ? open : open.filter((ref) => ref !== WHOLE_LEDGER),
    classes: ['ledger', 'duplicate'],
    compared: await countBookedOrders(ctx.db, window),
    healed: 0,
    totals: emptyTotals(),
  }
}

/** The provider's own lines, where it has such: only over a longer time, since they trail the payments by hours. */
async function lookAtBooks(
  ctx: AppContext,
  { provider, kind, window }: RunRequest,
  totals: Totals,
): Promise<Finding[]> {
  if (!isLong(kind)) return []
  if (ctx.providers.cards.provider === provider) await importBooks(ctx, window)
  const sums = await sumBooks(ctx.db, provider, window)
  totals.ours.fees = sums.ourFees
  totals.theirs.fees = sums.theirFees
  totals.ours.paidOut = sums.ourPayouts
  totals.theirs.paidOut = sums.theirPayouts
  return compareBooks(ctx, provider, window)
}

async function lookAtProvider(ctx: AppContext, request: RunRequest): Promise<Looked> {
  const { provider: name, kind, window } = request
  const provider = name === 'shop' ? undefined : ctx.providers.payments[name]
  if (!provider) throw new Problem('payments/method-not-available', { provider: name })
  const totals = emptyTotals()
  const run: Comparison = { ctx, provider, window, totals, findings: [], examined: new Set(), healed: 0 }
  if (name === 'cod') await compareCash(run)
  else await (kind === 'open' ? compareOpen(run) : compareWindow(run))
  const ofBooks = await lookAtBooks(ctx, request, totals)
  const findings = [...run.findings, ...ofBooks]
  const ofLines = isLong(kind) ? await listOpenBookRefs(ctx.db, name, window.from) : []
  return {
    findings,
    examined: [...run.examined, ...ofLines],
    classes: isLong(kind) ? differenceClasses : perPayment,
    compared: run.examined.size,
    healed: run.healed,
    totals,
  }
}

function tell(ctx: AppContext, run: RunName, fresh: readonly Finding[]): void {
  for (const finding of fresh) {
    const { class: kind, providerRef, paymentId, orderId } = finding
    ctx.metrics.reconciliationDifferences.inc({ provider: run.provider, class: kind })
    ctx.log.error(
      { provider: run.provider, class: kind, providerRef, paymentId, orderId, alert: 'reconciliation-difference' },
      'the books do not agree',
    )
  }
}

const reasonOf = (error: unknown): string => {
  if (error instanceof NoAnswer) return 'no-answer'
  return error instanceof Problem ? error.code : `error:${error instanceof Error ? error.name : 'unknown'}`
}

/** Nobody has managed to look for an hour: a person should know, since a difference may stand unseen. */
async function tellIfStale(ctx: AppContext, provider: ReconciledBooks): Promise<void> {
  const standing = (await listStandings(ctx.db)).find((one) => one.provider === provider)
  const since = standing?.lastSuccessAt ?? standing?.firstStartedAt
  if (!since || ctx.clock.now().getTime() - since.getTime() < HOUR_MS) return
  ctx.log.error(
    { provider, since: since.toISOString(), alert: 'reconciliation-stale' },
    'the books could not be compared',
  )
}

async function fail(ctx: AppContext, report: RunReport, error: unknown): Promise<RunReport> {
  const failureReason = reasonOf(error)
  ctx.log.warn({ err: error, provider: report.provider, kind: report.kind }, 'reconciliation failed')
  await endRun(ctx.db, {
    id: report.runId,
    state: 'failed',
    comparedCount: 0,
    differenceCount: 0,
    healedCount: 0,
    failureReason,
    totals: null,
    finishedAt: ctx.clock.now(),
  })
  await tellIfStale(ctx, report.provider)
  return { ...report, state: 'failed', failureReason }
}

async function finish(ctx: AppContext, report: RunReport, looked: Looked): Promise<RunReport> {
  const { findings, examined, classes, compared, totals } = looked
  const run: RunName = { runId: report.runId, provider: report.provider, at: ctx.clock.now() }
  const { fresh, unexplained } = await recordFindings(ctx.db, run, findings)
  const healed = looked.healed + (await healOthers(ctx.db, run, { refs: examined, classes, findings }))
  tell(ctx, run, fresh)
  await endRun(ctx.db, {
    id: report.runId,
    state: 'finished',
    comparedCount: compared,
    differenceCount: findings.length,
    healedCount: healed,
    failureReason: null,
    totals,
    finishedAt: ctx.clock.now(),
  })
  return { ...report, compared, healed, findings, unexplained, totals }
}

/**
 * Compares one set of books with ours; undefined while another process does. What our own handler can put right it has put right;
 * the rest is written down as tasks, each with an alert the first time. A provider that does not answer fails the run.
 */
export function runReconciliation(ctx: AppContext, request: RunRequest): Promise<RunReport | undefined> {
  return aloneWith(ctx.db, request.provider, async () => {
    const { provider, kind, window } = request
    const runId = newId()
    const startedAt = ctx.clock.now()
    await beginRun(ctx.db, { id: runId, provider, kind, fromAt: window.from, toAt: window.to, startedAt })
    const report: RunReport = {
      ...request,
      runId,
      state: 'finished',
      failureReason: null,
      compared: 0,
      healed: 0,
      findings: [],
      unexplained: 0,
      totals: emptyTotals(),
    }
    try {
      return await finish(ctx, report, await (provider === 'shop' ? lookAtShop : lookAtProvider)(ctx, request))
    } catch (error) {
      return await fail(ctx, report, error)
    }
  })
}
