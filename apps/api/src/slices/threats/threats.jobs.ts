import type { AppContext } from '../../context.ts'
import type { JobHandlers } from '../../platform/jobs/handlers.ts'
import { raiseAlert } from './raise-alert.ts'
import { threatRules } from './rules.ts'

/** Every minute: each rule looks, what it finds becomes an alert. One that fails leaves the others to work, and fails the job after. */
async function evaluate(ctx: AppContext): Promise<void> {
  const look = { ctx, now: ctx.clock.now(), thresholds: ctx.config.THREAT_THRESHOLDS }
  const failures: unknown[] = []
  for (const rule of threatRules)
    try {
      for (const finding of await rule.find(look)) await raiseAlert(ctx, rule, finding)
    } catch (error) {
      failures.push(error)
    }
  if (failures.length > 0) throw new AggregateError(failures, 'some threat rules could not be evaluated')
}

export const threatJobs: JobHandlers = { 'threats.evaluate': evaluate }
