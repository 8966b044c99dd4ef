import { setTimeout as wait } from 'node:timers/promises'
import type { AppContext } from '../../context.ts'
import type { JobHandlers } from './handlers.ts'
import { startQueueRun } from './queue-run.ts'
import type { QueueRun, QueueWork } from './queue-run.ts'
import { listUnknownTasks, readOldestDueJobSeconds, releaseJobsOf, releaseJobsOfTheDead } from './queue.sql.ts'

const HOUSEKEEPING_MS = 15_000
/** A living worker whose session was cut is back well within this. */
const DEAD_AFTER_SECONDS = 30
/** Between a lost queue and the next try to start it anew. */
const RESTART_MS = 500

export interface RunningWorker {
  /** Takes no more jobs, waits for those that run, gives back what takes too long. */
  stop(): Promise<void>
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

/**
 * Works the queue until stopped. Any number of workers may run: a job is locked by one, and a scheduled one is written by
 * whichever comes first. Rejects when the database cannot be reached at first. When a connection is lost later, nobody knows whether
 * jobs were handed out last, and a living worker would keep them: the queue is stopped, what is still locked goes back, and it is
 * started anew under another name as soon as PostgreSQL answers.
 */
export async function startWorker(ctx: AppContext, work: QueueWork): Promise<RunningWorker> {
  let queue = await startQueueRun(ctx, work)
  const stopHousekeeping = keepHouse(ctx, work.handlers)
  const stopping = new AbortController()
  const { signal } = stopping

  async function startAgain(lost: QueueRun): Promise<QueueRun | undefined> {
    while (!signal.aborted) {
      await wait(RESTART_MS, undefined, { signal }).catch(() => undefined)
      try {
        await releaseJobsOf(ctx.db, [lost.name])
        return await startQueueRun(ctx, work)
      } catch (error) {
        ctx.log.warn({ err: error }, 'the queue cannot be started yet, next time again')
      }
    }
    return undefined
  }

  const stopped = new Promise((resolve) => signal.addEventListener('abort', resolve))
  async function keepWorking(): Promise<void> {
    for (let next: QueueRun | undefined = queue; next; next = await startAgain(queue)) {
      queue = next
      await Promise.race([queue.broken, stopped])
      if (!signal.aborted) ctx.log.warn('the queue lost PostgreSQL: it is started anew')
      await queue.stop()
    }
  }
  const working = keepWorking()
  return {
    async stop() {
      stopHousekeeping()
      stopping.abort()
      await working
    },
  }
}
