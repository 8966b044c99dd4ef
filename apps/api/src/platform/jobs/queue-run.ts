import { EventEmitter } from 'node:events'
import { Logger, parseCronItems, run } from 'graphile-worker'
import type { CronItem, LogFunctionFactory, Runner, WorkerEvents } from 'graphile-worker'
import type { AppContext } from '../../context.ts'
import type { Log } from '../telemetry/log.ts'
import { toTaskList } from './handlers.ts'
import type { JobHandlers } from './handlers.ts'
import { QueuePool } from './queue-pool.ts'
import { keepWorkerSession } from './worker-session.ts'

/** How long running jobs may take to end before they are given back to the queue; below PM2's 30 s. */
const STOP_WITHIN_MS = 20_000
/** New jobs wake the worker by NOTIFY; this is for those that fall due. */
const POLL_MS = 2_000

/**
 * What is done is reported together: one statement for several jobs. Jobs are fetched one by one: graphile-worker's local queue,
 * which fetches several, ends the process when PostgreSQL is lost while it gives them back.
 */
const queueHandling = { completeJobBatchDelay: 10, failJobBatchDelay: 10 }

export interface QueueWork {
  handlers: JobHandlers
  schedule: readonly CronItem[]
}

/** The queue at work under one name, on connections of its own. */
export interface QueueRun {
  /** What it locks its jobs by. */
  name: string
  /** Settled when it can be relied on no more: it lost a connection, or ended by itself. */
  broken: Promise<unknown>
  /** Takes no more jobs, waits for those that run, gives back what takes too long. */
  stop(): Promise<void>
}

/** graphile-worker's own words in our log. "Completed" and "failed" are told by the handlers already, with less in them. */
function queueLogger(log: Log): Logger {
  const factory: LogFunctionFactory = (scope) => (level, message, meta) => {
    if (meta?.['failure'] || meta?.['success']) return
    log[level === 'warning' ? 'warn' : level === 'info' ? 'debug' : level]({ scope: scope.label }, message)
  }
  return new Logger(factory)
}

async function stopRunner(runner: Runner, log: Log): Promise<void> {
  const timer = setTimeout(() => {
    log.warn('jobs still run: giving them back')
    void runner.kill('took too long to end')
  }, STOP_WITHIN_MS)
  const warn = (error: unknown): void => log.warn({ err: error }, 'the queue stopped with an error')
  await runner.stop().catch(warn) // at once, when it is stopping by itself
  await runner.promise.catch(warn)
  clearTimeout(timer)
}

/** Starts working the queue. Rejects when the database cannot be reached. */
export async function startQueueRun(ctx: AppContext, { handlers, schedule }: QueueWork): Promise<QueueRun> {
  const { config, log } = ctx
  // One connection for LISTEN, one for each job's hand-over; handlers use the context's own pool.
  const pool = new QueuePool({ url: config.DATABASE_URL, size: config.WORKER_CONCURRENCY + 1 })
  const lost = new Promise((resolve) => pool.once('lost', resolve))
  const events: WorkerEvents = new EventEmitter()
  let name = ''
  let endSession = async (): Promise<void> => undefined
  events.on('pool:create', ({ workerPool }) => {
    name = workerPool.id
    pool.isPatient = true // migrations, which are transactions, are over
    endSession = keepWorkerSession({ url: config.DATABASE_URL, poolId: name, log })
  })
  try {
    const runner = await run({
      preset: { worker: queueHandling },
      pgPool: pool,
      events,
      concurrency: config.WORKER_CONCURRENCY,
      pollInterval: POLL_MS,
      noHandleSignals: true,
      logger: queueLogger(log),
      taskList: toTaskList(ctx, handlers),
      parsedCronItems: parseCronItems([...schedule]),
    })
    return {
      name,
      broken: Promise.race([lost, runner.promise.catch(() => undefined)]),
      async stop() {
        await stopRunner(runner, log)
        await endSession()
        await pool.end()
      },
    }
  } catch (error) {
    await endSession()
    await pool.end()
    throw error
  }
}
