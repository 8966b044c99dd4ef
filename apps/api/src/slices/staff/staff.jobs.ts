import type { JobHandlers } from '../../platform/jobs/handlers.ts'
import { resetFactorsTask, runReset } from './reset-factors.ts'

export const staffJobs: JobHandlers = { [resetFactorsTask]: runReset }
