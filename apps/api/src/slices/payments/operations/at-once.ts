import type { AppContext } from '../../../context.ts'

/** Does now what a job stands behind: whoever waits sees the end of it, and what fails is the job's to do again. */
export async function atOnce(ctx: AppContext, work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    ctx.log.warn({ err: error }, 'left to its job')
  }
}
