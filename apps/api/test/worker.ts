import { Logger, runOnce } from 'graphile-worker'
import type { TaskList } from 'graphile-worker'
import type { Pool } from 'pg'
import type { RunningSandbox } from '../../sandbox/src/app.ts'
import type { AppContext } from '../src/context.ts'
import { jobHandlers } from '../src/jobs.ts'
import { toTaskList } from '../src/platform/jobs/handlers.ts'
import { QueuePool } from '../src/platform/jobs/queue-pool.ts'
import type { TestClock } from './clock.ts'

export interface JobRun {
  task: string
  error?: unknown
}

export interface PendingJob {
  task: string
  payload: unknown
  attempts: number
  runAt: Date
}

export interface TestWorker {
  /**
   * Does all jobs that are due by the test clock, and those they cause, several at a time. Gives what ran, in the order it
   * ended. Throws an AggregateError when some failed, unless they may (`mayFail`); those are due again after their back-off,
   * so advance the clock for another try.
   */
  runJobs(options?: { mayFail?: boolean }): Promise<JobRun[]>
  /** Waits until the sandbox has delivered its webhooks, then does the jobs that are due. */
  settle(): Promise<JobRun[]>
  /** Does one job without the queue, such as a scheduled one: `runTask('payments.sweep')`. */
  runTask(task: string, payload?: unknown): Promise<void>
  /** What waits in the queue, due or not, oldest first. */
  pendingJobs(): Promise<PendingJob[]>
  close(): Promise<void>
}

const HELD = 'held-by-test-clock'
const CONCURRENCY = 4

/**
 * The queue goes by PostgreSQL's clock, tests by their own. So whatever has a time of its own (`run_at` other than "now") is
 * held back by a flag from the moment it is written, and let go when the test clock has come that far. A few seconds of
 * patience before a first try are no time of its own: tests need not wait for those. Who keeps its time keeps its flag.
 */
const holdScheduledJobs = `
  create function graphile_worker.hold_for_test_clock() returns trigger language plpgsql as $$
  begin
    if new.attempts = 0 and new.run_at > now() and new.run_at <= now() + interval '5 seconds' then new.run_at := now(); end if;
    if tg_op = 'UPDATE' and new.run_at = old.run_at then new.flags := old.flags; return new; end if;
    new.flags := case when new.run_at <> now() then '{"${HELD}": true}'::jsonb end;
    return new;
  end $$;
  create trigger hold_for_test_clock before insert or update of run_at on graphile_worker._private_jobs
    for each row execute function graphile_worker.hold_for_test_clock();`

const releaseDueJobs = `
  update graphile_worker._private_jobs set run_at = now() where run_at <= $1 and flags ? '${HELD}' and locked_at is null`

// The queue put failed jobs off by real time: the same delay, counted from the test's "now".
const putOffFailedJobs = `
  update graphile_worker._private_jobs set run_at = $1::timestamptz + exp(least(attempts, 10)) * interval '1 second'
  where id = any($2::bigint[])`

const countLocked = `
  select count(*)::int as locked from graphile_worker._private_jobs where id = any($1::bigint[]) and locked_at is not null`

const listPendingJobs = `
  select tasks.identifier as task, jobs.payload, jobs.attempts, jobs.run_at as "runAt"
  from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
  order by jobs.id`

const silent = new Logger(() => () => undefined)

/** Wraps the real handlers so that what they did can be told. */
function watched(ctx: AppContext, runs: JobRun[], failedIds: string[]): TaskList {
  const entries = Object.entries(toTaskList(ctx, jobHandlers)).map(([task, handle]) => {
    const run: TaskList[string] = async (payload, helpers) => {
      try {
        await handle?.(payload, helpers)
        runs.push({ task })
      } catch (error) {
        runs.push({ task, error })
        failedIds.push(helpers.job.id)
        throw error
      }
    }
    return [task, run] as const
  })
  return Object.fromEntries(entries)
}

function throwFailures(runs: readonly JobRun[]): void {
  const failed = runs.filter((run) => run.error !== undefined)
  if (failed.length === 0) return
  const told = failed.map((run) => `${run.task}: ${String(run.error)}`)
  throw new AggregateError(
    failed.map((run) => run.error),
    `jobs failed: ${told.join('; ')}`,
  )
}

export interface TestWorkerOptions {
  ctx: AppContext
  clock: TestClock
  sandbox: RunningSandbox
  databaseUrl: string
}

/** The queue's own note that a job failed may be written a moment after its run is over. */
async function waitUntilLetGo(pool: Pool, ids: readonly string[]): Promise<void> {
  for (;;) {
    const { rows } = await pool.query<{ locked: number }>(countLocked, [ids])
    if (rows[0]?.locked === 0) return
    await new Promise((resolve) => setTimeout(resolve, 2))
  }
}

/** One round: what is due now. Jobs put off by their failure wait by the test's clock. */
async function runRound(pool: Pool, { ctx, clock }: Pick<TestWorkerOptions, 'ctx' | 'clock'>): Promise<JobRun[]> {
  const runs: JobRun[] = []
  const failedIds: string[] = []
  await pool.query(releaseDueJobs, [clock.now()])
  await runOnce({
    pgPool: pool,
    concurrency: CONCURRENCY,
    noHandleSignals: true,
    logger: silent,
    forbiddenFlags: [HELD],
    taskList: watched(ctx, runs, failedIds),
  })
  await waitUntilLetGo(pool, failedIds)
  await pool.query(putOffFailedJobs, [clock.now(), failedIds])
  return runs
}

export async function createTestWorker({ ctx, clock, sandbox, databaseUrl }: TestWorkerOptions): Promise<TestWorker> {
  const pool = new QueuePool({ url: databaseUrl, size: CONCURRENCY + 1 })
  await pool.query(holdScheduledJobs)

  const runJobs: TestWorker['runJobs'] = async ({ mayFail = false } = {}) => {
    const all: JobRun[] = []
    for (let runs = await runRound(pool, { ctx, clock }); runs.length > 0; runs = await runRound(pool, { ctx, clock }))
      all.push(...runs)
    if (!mayFail) throwFailures(all)
    return all
  }

  return {
    runJobs,
    async settle() {
      await sandbox.control.webhooksSettled()
      return runJobs()
    },
    async runTask(task, payload = {}) {
      const handle = jobHandlers[task]
      if (!handle) throw new Error(`no handler for the job ${task}`)
      await handle(ctx, payload)
    },
    async pendingJobs() {
      const { rows } = await pool.query<PendingJob>(listPendingJobs)
      return rows
    },
    close: () => pool.end(),
  }
}
