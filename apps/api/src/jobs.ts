import type { CronItem } from 'graphile-worker'
import { mergeHandlers } from './platform/jobs/handlers.ts'
import { scheduledJobs } from './scheduled-jobs.ts'
import { auditJobs } from './slices/audit/audit.jobs.ts'
import { catalogJobs } from './slices/catalog/catalog.jobs.ts'
import { codJobs } from './slices/cod/cod.ts'
import { customerJobs } from './slices/customers/customers.jobs.ts'
import { passwordJobs } from './slices/identity/identity.ts'
import { mediaJobs } from './slices/media/media.jobs.ts'
import { notificationJobs } from './slices/notifications/notifications.jobs.ts'
import { operationJobs } from './slices/payments/operations/operations.jobs.ts'
import { paymentJobs } from './slices/payments/payments.jobs.ts'
import { webhookJobs } from './slices/payments/webhooks/handle-webhook.ts'
import { reconciliationJobs } from './slices/reconciliation/reconciliation.jobs.ts'
import { staffJobs } from './slices/staff/staff.jobs.ts'
import { threatJobs } from './slices/threats/threats.jobs.ts'

/** Every job there is, by its task. One that only the queue knows waits for a release that knows it, and is reported. */
export const jobHandlers = mergeHandlers(
  scheduledJobs,
  auditJobs,
  catalogJobs,
  codJobs,
  customerJobs,
  mediaJobs,
  paymentJobs,
  operationJobs,
  webhookJobs,
  reconciliationJobs,
  notificationJobs,
  passwordJobs,
  staffJobs,
  threatJobs,
)

/** What happens by the clock (UTC): the queue lets one of the workers write the job, however many run. */
export const jobSchedule: readonly CronItem[] = [
  { task: 'platform.every-minute', match: '* * * * *', options: { maxAttempts: 1 } },
  { task: 'payments.finish-operations', match: '* * * * *', options: { maxAttempts: 1 } },
  { task: 'threats.evaluate', match: '* * * * *', options: { maxAttempts: 1 } },
  { task: 'audit.sign-head', match: '*/10 * * * *', options: { maxAttempts: 3 } },
  { task: 'audit.verify', match: '7 * * * *', options: { maxAttempts: 3 } },
  { task: 'reconciliation.recent', match: '*/15 * * * *', options: { maxAttempts: 1 } },
  { task: 'reconciliation.nightly', match: '10 22 * * *', options: { maxAttempts: 5, backfillPeriod: 86_400_000 } }, // 02:10 in Dubai
  {
    task: 'identity.disable-inactive-staff',
    match: '47 22 * * *',
    options: { maxAttempts: 5, backfillPeriod: 86_400_000 },
  }, // 02:47 in Dubai
  { task: 'cod.warn-of-overdue-cash', match: '37 4 * * *', options: { maxAttempts: 5, backfillPeriod: 86_400_000 } }, // 08:37 in Dubai
  { task: 'platform.clean-up', match: '17 23 * * *', options: { maxAttempts: 5, backfillPeriod: 86_400_000 } }, // 03:17 in Dubai
]
