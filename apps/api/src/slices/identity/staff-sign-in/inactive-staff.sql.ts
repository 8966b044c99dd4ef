import type { DbOrTx } from '../../../platform/db/database.ts'

/**
 * Active staff who have not signed in since `before`, oldest first. Owners only while another owner has: a shop is never left
 * without one.
 */
export async function listInactiveStaff(
  db: DbOrTx,
  { before, limit }: { before: Date; limit: number },
): Promise<string[]> {
  const rows = await db
    .selectFrom('accounts')
    .select('accounts.id')
    .where('kind', '=', 'staff')
    .where('status', '=', 'active')
    .where((eb) => eb(eb.fn.coalesce('accounts.lastSignInAt', 'accounts.createdAt'), '<', before))
    .where((eb) =>
      eb.or([
        eb.not(
          eb.exists(
            eb
              .selectFrom('staffRoleNames as own')
              .select('own.id')
              .whereRef('own.accountId', '=', 'accounts.id')
              .where('own.code', '=', 'owner'),
          ),
        ),
        eb.exists(
          eb
            .selectFrom('staffRoleNames as others')
            .innerJoin('accounts as other', 'other.id', 'others.accountId')
            .select('other.id')
            .where('others.code', '=', 'owner')
            .where('other.status', '=', 'active')
            .where('other.lastSignInAt', '>=', before),
        ),
      ]),
    )
    .orderBy('accounts.id')
    .limit(limit)
    .execute()
  return rows.map((row) => row.id)
}
