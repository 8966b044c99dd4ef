import { sql } from 'kysely'
import type { DbOrTx } from '../../../platform/db/database.ts'

/** What the counter said before an attempt was counted. */
export interface BeforeAttempt {
  failureCount: number
  lastFailureAt: Date | null
}

export interface LockRules {
  /** So many wrong ones are free; each further one doubles the wait. */
  freeFailures: number
  maxDelaySeconds: number
  /** At so many in a row nothing is tried any more; null where waiting is enough. */
  cap: number | null
  /** Of staff: after so many wrong ones each further one waits so long (PCI DSS 8.3.4, ST-6). */
  staff: { tries: number; lockSeconds: number }
}

/**
 * Counts one more failure, if the account is not waiting: one guarded UPDATE, so that of fifty parallel attempts five get in.
 * Gives what the counter said before, or undefined when the account waits or is nobody's.
 *
 * The commit does not wait for the disk: for an account that does not exist it would have nothing to wait for, and that
 * difference could be measured from outside (AU-9). A crash loses the counts of its last half second.
 */
export async function countAttempt(
  db: DbOrTx,
  attempt: { accountId: string; now: Date; rules: LockRules },
): Promise<BeforeAttempt | undefined> {
  const { accountId, now, rules } = attempt
  const { rows } = await sql<BeforeAttempt>`
    with before as (
      select id, kind, failure_count, last_failure_at, set_config('synchronous_commit', 'off', true) as commit
      from accounts where id = ${accountId} for update
    )
    update accounts set failure_count = before.failure_count + 1, last_failure_at = ${now}
    from before
    where accounts.id = before.id and before.commit = 'off' and (${rules.cap}::int is null or before.failure_count < ${rules.cap})
      and (before.failure_count < ${rules.freeFailures} or before.last_failure_at + make_interval(secs =>
        least(${rules.maxDelaySeconds}::float8, power(2::float8, before.failure_count - ${rules.freeFailures}))) <= ${now})
      and (before.kind <> 'staff' or before.failure_count < ${rules.staff.tries}
        or before.last_failure_at + make_interval(secs => ${rules.staff.lockSeconds}) <= ${now})
    returning before.failure_count, before.last_failure_at`.execute(db)
  return rows[0]
}

/** Takes back what {@link countAttempt} counted, because it was right; failures of others in between stay. */
export async function uncountAttempt(db: DbOrTx, accountId: string, before: BeforeAttempt): Promise<void> {
  await db
    .updateTable('accounts')
    .set((eb) => ({
      failureCount: sql<number>`greatest(${eb.ref('failureCount')} - 1, 0)`,
      lastFailureAt: before.lastFailureAt,
    }))
    .where('id', '=', accountId)
    .execute()
}

/** What failed before is over; from `below` failures on only a new password ends them. */
export async function resetFailures(db: DbOrTx, accountId: string, below?: number): Promise<void> {
  const failed = db
    .updateTable('accounts')
    .set({ failureCount: 0, lastFailureAt: null })
    .where('id', '=', accountId)
    .where('failureCount', '>', 0)
  await (below === undefined ? failed : failed.where('failureCount', '<', below)).execute()
}

/** Whether a customer has signed in with this device before, however that session ended. Staff have no such devices (ST-6). */
export async function hasSignedInWith(
  db: DbOrTx,
  by: { accountId: string; deviceId: string; before: Date },
): Promise<boolean> {
  const row = await db
    .selectFrom('sessions')
    .select('id')
    .where('accountId', '=', by.accountId)
    .where('audience', '=', 'shop-api')
    .where('deviceId', '=', by.deviceId)
    .where('createdAt', '<=', by.before)
    .limit(1)
    .executeTakeFirst()
  return row !== undefined
}
