import { EventEmitter } from 'node:events'
import { Logger, parseCronItems, run } from 'graphile-worker'
import type { CronItem, LogFunctionFactory, Runner, WorkerEvents } from 'graphile-worker'
import type { AppContext } from '../../context.ts'
import type { Log } from '../telemetry/log.ts'
import { toTaskList } from './handlers.ts'
import type { JobHandlers } from './handlers.ts'
import { openQueuePool } from './queue-pool.ts'
import { listUnknownTasks, readOldestDueJobSeconds, releaseJobsOfTheDead } from './queue.sql.ts'
import { keepWorkerSession } from './worker-session.ts'

/** How long running jobs may take to end before they are given back to the queue; below PM2's 30 s. */
const STOP_WITHIN_MS = 20_000
const HOUSEKEEPING_MS = 15_000
/** A living worker whose session was cut is back well within this. */
const DEAD_AFTER_SECONDS = 30
/** New jobs wake the worker by NOTIFY; this is for those that fall due. */
const POLL_MS = 2_000

export interface RunningWorker {
  /** Takes no more jobs, waits for those that run, gives back what takes too long. */
  stop(): Promise<void>
}

/**
 * Jobs are fetched a few at a time and reported done together: one statement for several jobs where it was two for each. What
 * a killed worker had fetched goes back with the rest of its jobs.
 */
const queueHandling = { localQueue: { size: 16 }, completeJobBatchDelay: 10 }

/** graphile-worker's own words in our log. "Completed" and "failed" are told by the handlers already, with less in them. */
function queueLogger(log: Log): Logger {
  const factory: LogFunctionFactory = (scope) => (level, message, meta) => {
    if (meta?.['failure'] || meta?.['success']) return
    log[level === 'warning' ? 'warn' : level === 'info' ? 'debug' : level]({ scope: scope.label }, message)
  }
  return new Logger(factory)
}

/** Every few seconds: jobs of dead workers go back to the queue, jobs nobody can do are reported, the gauge is set. */
function keepHouse(ctx: AppContext, handlers: JobHandlers): () => void {
  const tidy = async (): Promise<void> => {
    const dead = await releaseJobsOfTheDead(ctx.db, DEAD_AFTER_SECONDS)
    if (dead > 0) ctx.log.warn({ workers: dead }, 'jobs of dead workers went back to the queue')
    for (const task of await listUnknownTasks(ctx.db, Object.keys(handlers)))
      ctx.log.error({ task, alert: 'job-without-handler' }, 'no handler for a job')
    ctx.metrics.oldestJobSeconds.set(await readOldestDueJobSeconds(ctx.db))
  }
  const timer = setInterval(() => {
    tidy().catch((error: unknown) => ctx.log.warn({ err: error }, 'housekeeping of the queue failed, next time again'))
  }, HOUSEKEEPING_MS)
  return () => clearInterval(timer)
}

async function stopRunner(runner: Runner, log: Log): Promise<void> {
  const timer = setTimeout(() => {
    log.warn('jobs still run: giving them back')
    void runner.kill('took too long to end')
  }, STOP_WITHIN_MS)
  await runner.stop().catch((error: unknown) => log.warn({ err: error }, 'the queue stopped with an error'))
  clearTimeout(timer)
}

/** The queue never ends by itself; should it, the process ends with it and whoever supervises it starts another. */
function endWith(runner: Runner, isStopping: () => boolean): void {
  const end = (cause?: unknown): void => {
    if (isStopping()) return
    setImmediate(() => {
      throw new Error('the queue stopped by itself', { cause })
    })
  }
  runner.promise.then(() => end(), end)
}

/**
 * Works the queue until stopped. Any number of workers may run: a job is locked by one, and a scheduled one is written by
 * whichever comes first. Rejects when the database cannot be reached.
 */
export async function startWorker(
  ctx: AppContext,
  work: { handlers: JobHandlers; schedule: readonly CronItem[] },
): Promise<RunningWorker> {
  const { config, log } = ctx
  // One connection for LISTEN, one for each job's hand-over; handlers use the context's own pool.
  const pool = openQueuePool({ url: config.DATABASE_URL, size: config.WORKER_CONCURRENCY + 1 })
  const events: WorkerEvents = new EventEmitter()
  let endSession = async (): Promise<void> => undefined
  events.on('pool:create', ({ workerPool }) => {
    endSession = keepWorkerSession({ url: config.DATABASE_URL, poolId: workerPool.id, log })
  })
  const runner = await run({
    preset: { worker: queueHandling },
    pgPool: pool,
    events,
    concurrency: config.WORKER_CONCURRENCY,
    pollInterval: POLL_MS,
    noHandleSignals: true,
    logger: queueLogger(log),
    taskList: toTaskList(ctx, work.handlers),
    parsedCronItems: parseCronItems([...work.schedule]),
  })
  let isStopping = false
  endWith(runner, () => isStopping)
  const stopHousekeeping = keepHouse(ctx, work.handlers)
  return {
    async stop() {
      isStopping = true
      stopHousekeeping()
      await stopRunner(runner, log)
      await endSession()
      await pool.end()
    },
  }
}
