import { sql } from 'kysely'
import type { DbOrTx } from '../../platform/db/database.ts'

/** A session as the view `account_sessions` has it, with whose it is, sealed. */
export interface SessionRow {
  id: string
  accountId: string
  client: string
  country: string | null
  city: string | null
  amr: string[]
  createdAt: Date
  lastSeenAt: Date
  expiresAt: Date
  kind: 'customer' | 'staff'
  dataKey: Buffer | null
  nameSealed: Buffer | null
  phoneSealed: Buffer | null
  emailSealed: Buffer | null
}

export type SessionFilter =
  | { kind: 'staff'; staffId?: string | undefined }
  | { kind: 'customer'; phoneIndex: Buffer | undefined; emailIndex: Buffer | undefined }

const MOST = 200

const columns = [
  'id',
  'accountId',
  'client',
  'country',
  'city',
  'amr',
  'createdAt',
  'lastSeenAt',
  'expiresAt',
  'kind',
  'dataKey',
  'nameSealed',
  'phoneSealed',
  'emailSealed',
] as const

/** Live ones, the latest used first. Customers' only by an exact phone or e-mail: nobody leafs through customers here. */
export async function listSessions(db: DbOrTx, filter: SessionFilter, now: Date): Promise<SessionRow[]> {
  const live = db
    .selectFrom('accountSessions')
    .select(columns)
    .where('kind', '=', filter.kind)
    .where('expiresAt', '>', now)
    .orderBy('lastSeenAt', 'desc')
    .orderBy('id')
    .limit(MOST)
  if (filter.kind === 'staff') return (filter.staffId ? live.where('accountId', '=', filter.staffId) : live).execute()
  const { phoneIndex, emailIndex } = filter
  if (phoneIndex) return live.where('phoneIndex', '=', phoneIndex).execute()
  return emailIndex ? live.where('emailIndex', '=', emailIndex).execute() : []
}

export const findSession = (
  db: DbOrTx,
  id: string,
  now: Date,
): Promise<Pick<SessionRow, 'id' | 'accountId' | 'kind'> | undefined> =>
  db
    .selectFrom('accountSessions')
    .select(['id', 'accountId', 'kind'])
    .where('id', '=', id)
    .where('expiresAt', '>', now)
    .executeTakeFirst()

/** How many live sessions each of the staff has; who has none is not in it. */
export async function countStaffSessions(db: DbOrTx, now: Date): Promise<Map<string, number>> {
  const rows = await db
    .selectFrom('accountSessions')
    .select(['accountId', sql<number>`count(*)::int`.as('count')])
    .where('kind', '=', 'staff')
    .where('expiresAt', '>', now)
    .groupBy('accountId')
    .execute()
  return new Map(rows.map((row) => [row.accountId, row.count]))
}
