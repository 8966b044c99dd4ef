import { sql } from 'kysely'
import type { DbOrTx } from '../db/database.ts'

/** Work for the worker: written in the transaction of the change that causes it, done at least once after it commits. */
export interface Job {
  task: string
  /** Ids only, never personal data: payloads are kept in clear. */
  payload: Record<string, string | number | boolean | null>
  /** A later job of the same key replaces one that has not started. */
  key?: string
  runAt?: Date
  /** Smaller runs first; 0 is normal, mail to people waiting is -10. */
  priority?: number
}

/** Adds a job as part of a statement that does more; select it from the rows that cause it. */
export const jobId = (job: Job) =>
  sql`(graphile_worker.add_job(${job.task}::text, payload => ${JSON.stringify(job.payload)}::json, run_at => ${job.runAt ?? null}::timestamptz,
    max_attempts => 25, job_key => ${job.key ?? null}::text, priority => ${job.priority ?? 0}::int)).id`

/** The outbox: adds jobs in one statement, committed with `tx`. */
export async function enqueue(tx: DbOrTx, ...jobs: Job[]): Promise<void> {
  if (jobs.length > 0) await sql`select ${sql.join(jobs.map(jobId))}`.execute(tx)
}
