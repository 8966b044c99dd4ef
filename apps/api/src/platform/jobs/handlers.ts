import type { TaskList } from 'graphile-worker'
import type { AppContext } from '../../context.ts'

/** Does one job. It may run twice, at the same time as itself, and long after the change that caused it. */
export type JobHandler = (ctx: AppContext, payload: unknown) => Promise<void>

export type JobHandlers = Readonly<Record<string, JobHandler>>

/** One registry from those of the slices. Throws when two claim the same task. */
export function mergeHandlers(...registries: readonly JobHandlers[]): JobHandlers {
  const merged: Record<string, JobHandler> = {}
  for (const registry of registries)
    for (const [task, handler] of Object.entries(registry)) {
      if (merged[task]) throw new Error(`two handlers for the job ${task}`)
      merged[task] = handler
    }
  return merged
}

/** The handlers as graphile-worker wants them, counted and logged. What a handler throws makes the queue try again later. */
export function toTaskList(ctx: AppContext, handlers: JobHandlers): TaskList {
  const entries = Object.entries(handlers).map(([task, handler]) => {
    const run: TaskList[string] = async (payload: unknown, { job }) => {
      try {
        await handler(ctx, payload)
        ctx.metrics.jobs.inc({ task, result: 'done' })
      } catch (error) {
        const isLast = job.attempts >= job.max_attempts
        ctx.metrics.jobs.inc({ task, result: isLast ? 'given-up' : 'failed' })
        ctx.log[isLast ? 'error' : 'warn'](
          { err: error, task, jobId: job.id, attempt: job.attempts, alert: isLast ? 'job-given-up' : undefined },
          isLast ? 'job given up' : 'job failed, will be tried again',
        )
        throw error
      }
    }
    return [task, run] as const
  })
  return Object.fromEntries(entries)
}
