import { sql } from 'kysely'
import type { Audience } from '../../../platform/auth/actor.ts'
import type { DbOrTx } from '../../../platform/db/database.ts'

export type ChallengePurpose =
  | 'second-factor'
  | 'passkey-sign-in'
  | 'passkey-second-factor'
  | 'passkey-enrol'
  | 'passkey-confirm'

export interface ChallengeRow {
  id: string
  purpose: ChallengePurpose
  audience: Audience
  /** Null for a passkey dialog of somebody not known yet. */
  accountId: string | null
  sessionId: string | null
  /** Of a passkey ceremony. */
  challenge: string | null
  /** The passkey that was the first step. */
  passkeyId: string | null
  amr: string[]
  deviceId: string | null
  createdAt: Date
  expiresAt: Date
}

export async function insertChallenge(db: DbOrTx, challenge: ChallengeRow): Promise<void> {
  await db
    .insertInto('authChallenges')
    .values({ ...challenge, usedAt: null })
    .execute()
}

interface Wanted {
  id: string
  purpose: ChallengePurpose
  audience: Audience
  now: Date
}

const columns = [
  'id',
  'purpose',
  'audience',
  'accountId',
  'sessionId',
  'challenge',
  'passkeyId',
  'amr',
  'deviceId',
  'createdAt',
  'expiresAt',
] as const

export const findChallenge = (db: DbOrTx, { id, purpose, audience, now }: Wanted): Promise<ChallengeRow | undefined> =>
  db
    .selectFrom('authChallenges')
    .select(columns)
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('audience', '=', audience)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .executeTakeFirst()

/** Counts a try before it is checked, so that parallel ones share the count. Undefined when it is over, or has had its tries. */
export const takeTry = (
  db: DbOrTx,
  { id, purpose, audience, now, maxTries }: Wanted & { maxTries: number },
): Promise<ChallengeRow | undefined> =>
  db
    .updateTable('authChallenges')
    .set({ tryCount: sql<number>`try_count + 1` })
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('audience', '=', audience)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .where('tryCount', '<', maxTries)
    .returning(columns)
    .executeTakeFirst()

/** Uses it up, and gives it to the one who did: of many at once, one has it. */
export const takeChallenge = (db: DbOrTx, { id, purpose, audience, now }: Wanted): Promise<ChallengeRow | undefined> =>
  db
    .updateTable('authChallenges')
    .set({ usedAt: now })
    .where('id', '=', id)
    .where('purpose', '=', purpose)
    .where('audience', '=', audience)
    .where('usedAt', 'is', null)
    .where('expiresAt', '>', now)
    .returning(columns)
    .executeTakeFirst()
