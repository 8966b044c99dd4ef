import { randomBytes } from 'node:crypto'
import type { Tokens } from '@dhow/contracts/auth.ts'
import type { AppContext } from '../../../context.ts'
import { issueAccessToken } from '../../../platform/auth/access-tokens.ts'
import { sha256 } from '../../../platform/crypto/sealing.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { insertRefreshToken } from './refresh-tokens.sql.ts'
import type { SessionRow } from './sessions.sql.ts'

/** 256 random bits in base64url. */
export const newRefreshToken = (): string => randomBytes(32).toString('base64url')

/** An access token for a session, with the refresh token that goes with it. */
export async function tokensFor(
  ctx: AppContext,
  tx: Tx,
  { session, refreshToken }: { session: SessionRow; refreshToken: string },
): Promise<Tokens> {
  const access = await issueAccessToken(ctx, { ...session, sessionId: session.id }, tx)
  return {
    accessToken: access.token,
    accessExpiresAt: access.expiresAt.toISOString(),
    refreshToken,
    refreshExpiresAt: session.idleExpiresAt.toISOString(),
    sessionId: session.id,
  }
}

/** The first tokens of a session. */
export async function firstTokens(ctx: AppContext, tx: Tx, session: SessionRow): Promise<Tokens> {
  const refreshToken = newRefreshToken()
  await insertRefreshToken(tx, {
    tokenHash: sha256(refreshToken),
    sessionId: session.id,
    createdAt: ctx.clock.now(),
  })
  return tokensFor(ctx, tx, { session, refreshToken })
}
