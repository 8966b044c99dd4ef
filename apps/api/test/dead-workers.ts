import { sql } from 'kysely'
import { releaseJobsOfTheDead } from '../src/platform/jobs/queue.sql.ts'
import type { TestApp } from './app.ts'

/**
 * Gives the jobs of killed workers back, as the living ones do every fifteen seconds for locks half a minute old: the locks are made
 * that old, so that no test waits for it. Who still has a session keeps its jobs.
 */
export async function giveBackJobsOfTheDead({ db }: Pick<TestApp, 'db'>): Promise<void> {
  await sql`update graphile_worker._private_jobs set locked_at = locked_at - interval '1 minute' where locked_at is not null`.execute(
    db,
  )
  await releaseJobsOfTheDead(db, 30)
}

/** How many jobs somebody works at, or died at. */
export async function countLockedJobs({ db }: Pick<TestApp, 'db'>): Promise<number> {
  const { rows } = await sql`select from graphile_worker._private_jobs where locked_at is not null`.execute(db)
  return rows.length
}

/** Refunds that wait to be asked for again are due at once: for Tamara, they wait until a first asking must have arrived. */
export const makeRefundsDue = ({ db }: Pick<TestApp, 'db'>): Promise<unknown> =>
  sql`update graphile_worker._private_jobs set run_at = now() where key like 'payments.refund:%'`.execute(db)
