import { sql } from 'kysely'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { inBatches } from '../../../platform/db/batches.ts'
import type { CodePurpose } from '../../../providers/sms/port.ts'

export interface ChallengeRow {
  id: string
  purpose: CodePurpose
  accountId: string | null
  phoneIndex: Buffer
  phoneSealed: Buffer
  deviceId: string | null
  providerRef: string | null
  isOpenAtProvider: boolean
  state: 'pending' | 'verified' | 'dead'
  tryCount: number
  createdAt: Date
  expiresAt: Date
}

const columns = [
  'id',
  'purpose',
  'accountId',
  'phoneIndex',
  'phoneSealed',
  'deviceId',
  'providerRef',
  'isOpenAtProvider',
  'state',
  'tryCount',
  'createdAt',
  'expiresAt',
] as const

/** Challenges of a number the provider may still have open, locked. */
export const lockOpenChallenges = (tx: Tx, phoneIndex: Buffer): Promise<ChallengeRow[]> =>
  tx
    .selectFrom('otpChallenges')
    .select(columns)
    .where('phoneIndex', '=', phoneIndex)
    .where('isOpenAtProvider', '=', true)
    .orderBy('id')
    .forUpdate()
    .execute()

export const lockChallenge = (tx: Tx, id: string): Promise<ChallengeRow | undefined> =>
  tx.selectFrom('otpChallenges').select(columns).where('id', '=', id).forUpdate().executeTakeFirst()

export async function insertChallenge(tx: Tx, row: ChallengeRow): Promise<void> {
  await tx.insertInto('otpChallenges').values(row).execute()
}

export type ChallengeChange = Partial<Pick<ChallengeRow, 'providerRef' | 'isOpenAtProvider' | 'state' | 'expiresAt'>>

export async function updateChallenge(db: DbOrTx, id: string, change: ChallengeChange): Promise<void> {
  await db.updateTable('otpChallenges').set(change).where('id', '=', id).execute()
}

/** Counts a try, or takes one back. */
export async function addTry(db: DbOrTx, id: string, by: 1 | -1): Promise<void> {
  await db
    .updateTable('otpChallenges')
    .set((eb) => ({ tryCount: eb('tryCount', '+', by) }))
    .where('id', '=', id)
    .execute()
}

/** Ends a challenge as answered, its last try taken back since it was right: of many who try at once, one does. */
export async function verifyChallenge(tx: Tx, id: string): Promise<boolean> {
  const row = await tx
    .updateTable('otpChallenges')
    .set((eb) => ({ state: 'verified', isOpenAtProvider: false, tryCount: eb('tryCount', '-', 1) }))
    .where('id', '=', id)
    .where('state', '=', 'pending')
    .returning('id')
    .executeTakeFirst()
  return row !== undefined
}

/** Wrong codes given for a number since then. */
export async function countWrongCodes(db: DbOrTx, phoneIndex: Buffer, since: Date): Promise<number> {
  const { rows } = await sql<{ count: number }>`select coalesce(sum(try_count), 0)::int as count from otp_challenges
    where phone_index = ${phoneIndex} and created_at > ${since}`.execute(db)
  return rows[0]?.count ?? 0
}

export const deleteChallengesBefore = (db: DbOrTx, before: Date): Promise<number> =>
  inBatches((limit) =>
    sql`delete from otp_challenges where ctid = any(array(
      select ctid from otp_challenges where created_at < ${before} limit ${limit}))`.execute(db),
  )
