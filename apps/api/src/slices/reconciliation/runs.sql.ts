import type { ReconciledBooks, RunKind } from '@dhow/contracts/reconciliation.ts'
import { sql } from 'kysely'
import { inBatches } from '../../platform/db/batches.ts'
import type { Db, DbOrTx } from '../../platform/db/database.ts'
import type { Totals } from './totals.ts'

export interface RunRow {
  id: string
  provider: ReconciledBooks
  kind: RunKind
  fromAt: Date
  toAt: Date
  state: 'running' | 'finished' | 'failed'
  comparedCount: number
  differenceCount: number
  healedCount: number
  failureReason: string | null
  totals: Totals | null
  startedAt: Date
  finishedAt: Date | null
}

const columns = [
  'id',
  'provider',
  'kind',
  'fromAt',
  'toAt',
  'state',
  'comparedCount',
  'differenceCount',
  'healedCount',
  'failureReason',
  'totals',
  'startedAt',
  'finishedAt',
] as const

const LOCK_CLASS = 4713

/**
 * Runs `work` alone: undefined, and nothing done, while somebody else compares these books. The lock is its session's, so it ends
 * with whoever held it, also by `kill -9`; the session does nothing else meanwhile.
 */
export const aloneWith = <T>(db: Db, provider: ReconciledBooks, work: () => Promise<T>): Promise<T | undefined> =>
  db.connection().execute(async (session) => {
    const { rows } = await sql<{ isOurs: boolean }>`
      select pg_try_advisory_lock(${LOCK_CLASS}, hashtext(${provider})) as is_ours`.execute(session)
    if (!rows[0]?.isOurs) return undefined
    try {
      return await work()
    } finally {
      await sql`select pg_advisory_unlock(${LOCK_CLASS}, hashtext(${provider}))`.execute(session)
    }
  })

/** Begins a run. Whatever was still running of these books was left by a process that died: only one runs at a time. */
export async function beginRun(
  db: DbOrTx,
  run: Pick<RunRow, 'id' | 'provider' | 'kind' | 'fromAt' | 'toAt' | 'startedAt'>,
): Promise<void> {
  await db
    .updateTable('reconciliationRuns')
    .set({ state: 'failed', failureReason: 'interrupted', finishedAt: run.startedAt })
    .where('provider', '=', run.provider)
    .where('state', '=', 'running')
    .execute()
  await db
    .insertInto('reconciliationRuns')
    .values({ ...run, state: 'running', failureReason: null, totals: null, finishedAt: null })
    .execute()
}

export async function endRun(
  db: DbOrTx,
  end: Pick<RunRow, 'id' | 'state' | 'comparedCount' | 'differenceCount' | 'healedCount' | 'failureReason'> & {
    totals: Totals | null
    finishedAt: Date
  },
): Promise<void> {
  const { id, totals, ...rest } = end
  await db
    .updateTable('reconciliationRuns')
    .set({ ...rest, totals: totals === null ? null : JSON.stringify(totals) })
    .where('id', '=', id)
    .execute()
}

export const listRuns = (
  db: DbOrTx,
  filter: { provider?: ReconciledBooks | undefined; kind?: RunKind | undefined },
  page: { after: { at: Date; id: string } | undefined; limit: number },
): Promise<RunRow[]> => {
  const { provider, kind } = filter
  const { after, limit } = page
  return db
    .selectFrom('reconciliationRuns')
    .select(columns)
    .$if(provider !== undefined, (query) => query.where('provider', '=', provider ?? ''))
    .$if(kind !== undefined, (query) => query.where('kind', '=', kind ?? 'open'))
    .$if(after !== undefined, (query) =>
      query.where(sql<boolean>`started_at <= ${after?.at} and (started_at < ${after?.at} or id > ${after?.id}::uuid)`),
    )
    .orderBy('startedAt', 'desc')
    .orderBy('id')
    .limit(limit)
    .$castTo<RunRow>()
    .execute()
}

export interface Standing {
  provider: ReconciledBooks
  firstStartedAt: Date
  lastSuccessAt: Date | null
  lastNightlyAt: Date | null
}

/**
 * When each of the books was first looked at, and last with success: all of the last day, as `open` runs do not. They ask about
 * what is open only, which is nobody while nothing is. Old runs that found nothing are deleted: {@link deleteOldRuns}. */
export async function listStandings(db: DbOrTx): Promise<Standing[]> {
  const { rows } = await sql<Standing>`
    select provider, min(started_at) as first_started_at,
      max(finished_at) filter (where state = 'finished' and kind <> 'open'
        and to_at >= started_at and from_at <= started_at - interval '23 hours') as last_success_at,
      max(finished_at) filter (where state = 'finished' and kind = 'nightly') as last_nightly_at
    from reconciliation_runs group by provider`.execute(db)
  return rows
}

/** The last sums of each of the books. */
export async function listLastTotals(db: DbOrTx): Promise<ReadonlyMap<string, Totals>> {
  const { rows } = await sql<{ provider: string; totals: Totals }>`
    select distinct on (provider) provider, totals from reconciliation_runs
    where totals is not null and kind in ('nightly', 'manual') order by provider, started_at desc`.execute(db)
  return new Map(rows.map((row) => [row.provider, row.totals]))
}

/** Deletes the runs of every quarter of an hour that found nothing; those a difference came of stay, as do the nightly ones. */
export const deleteOldRuns = (db: DbOrTx, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from reconciliation_runs where id = any(array(
      select id from reconciliation_runs run where started_at < ${before} and kind in ('open', 'recent') and difference_count = 0
        and not exists (select from reconciliation_differences where run_id = run.id) limit ${limit}))`.execute(db),
  )
