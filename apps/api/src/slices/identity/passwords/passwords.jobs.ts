import type { JobHandlers } from '../../../platform/jobs/handlers.ts'
import { linkMailTask, mailLink } from './link-mail.ts'

export const passwordJobs: JobHandlers = { [linkMailTask]: mailLink }
