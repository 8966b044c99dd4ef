import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import type { Audience } from '../../../platform/auth/actor.ts'

export async function insertRefreshToken(
  tx: Tx,
  token: { tokenHash: Buffer; sessionId: string; createdAt: Date },
): Promise<void> {
  await tx
    .insertInto('refreshTokens')
    .values({ ...token, usedAt: null, usedByRequest: null, successorSealed: null })
    .execute()
}

export interface RefreshTokenRow {
  sessionId: string
  accountId: string
  audience: Audience
  deviceKeyThumbprint: string | null
  accountStatus: string
  usedAt: Date | null
  usedByRequest: string | null
  successorSealed: Buffer | null
}

/** The token with what its session says, used or not, ended or not. */
export const findRefreshToken = (db: DbOrTx, tokenHash: Buffer): Promise<RefreshTokenRow | undefined> =>
  db
    .selectFrom('refreshTokens')
    .innerJoin('sessions', 'sessions.id', 'refreshTokens.sessionId')
    .innerJoin('accounts', 'accounts.id', 'sessions.accountId')
    .select([
      'refreshTokens.sessionId',
      'sessions.accountId',
      'sessions.audience',
      'sessions.deviceKeyThumbprint',
      'accounts.status as accountStatus',
      'refreshTokens.usedAt',
      'refreshTokens.usedByRequest',
      'refreshTokens.successorSealed',
    ])
    .where('refreshTokens.tokenHash', '=', tokenHash)
    .executeTakeFirst()

/** Uses a token up. Of many who try at once, one has it. */
export async function takeRefreshToken(
  tx: Tx,
  use: { tokenHash: Buffer; requestId: string; successorSealed: Buffer; now: Date },
): Promise<boolean> {
  const row = await tx
    .updateTable('refreshTokens')
    .set({ usedAt: use.now, usedByRequest: use.requestId, successorSealed: use.successorSealed })
    .where('tokenHash', '=', use.tokenHash)
    .where('usedAt', 'is', null)
    .returning('sessionId')
    .executeTakeFirst()
  return row !== undefined
}
