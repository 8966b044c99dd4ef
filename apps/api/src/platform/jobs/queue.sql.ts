import { sql } from 'kysely'
import type { Db } from '../db/database.ts'

/** What a worker's session calls itself in `pg_stat_activity`, so that the others can see that it lives. */
export const sessionNamePrefix = 'dhow-worker '

/**
 * Gives back the jobs of workers that died without a word (`kill -9`, lost machine): those locked by a worker that has had no
 * session for `graceSeconds`. Left alone, graphile-worker would keep them locked for four hours. Returns how many workers.
 */
export async function releaseJobsOfTheDead(db: Db, graceSeconds: number): Promise<number> {
  const { rows } = await sql<{ lockedBy: string }>`
    select distinct locked_by from graphile_worker._private_jobs
    where locked_at < now() - ${graceSeconds} * interval '1 second'
      and ${sessionNamePrefix}::text || locked_by not in (select application_name from pg_stat_activity)`.execute(db)
  const dead = rows.map((row) => row.lockedBy)
  if (dead.length > 0) await releaseJobsOf(db, dead)
  return dead.length
}

/** Gives back what these workers have locked, who work no more. */
export async function releaseJobsOf(db: Db, workers: readonly string[]): Promise<void> {
  await sql`select graphile_worker.force_unlock_workers(${workers}::text[])`.execute(db)
}

/** Seconds the oldest job that could run has been waiting; 0 when none waits. */
export async function readOldestDueJobSeconds(db: Db): Promise<number> {
  const { rows } = await sql<{ seconds: number }>`
    select coalesce(extract(epoch from now() - min(run_at)), 0)::float8 as seconds from graphile_worker._private_jobs
    where is_available and run_at <= now()`.execute(db)
  return rows[0]?.seconds ?? 0
}

/** Tasks of due jobs that none of `known` is: written by a newer release, or forgotten by this one. */
export async function listUnknownTasks(db: Db, known: readonly string[]): Promise<string[]> {
  const { rows } = await sql<{ task: string }>`
    select distinct tasks.identifier as task
    from graphile_worker._private_jobs jobs join graphile_worker._private_tasks tasks on tasks.id = jobs.task_id
    where jobs.is_available and jobs.run_at <= now() and tasks.identifier <> all (${known}::text[])`.execute(db)
  return rows.map((row) => row.task)
}
