import type { JobHandlers } from '../../platform/jobs/handlers.ts'

export const notificationJobs: JobHandlers = {}
