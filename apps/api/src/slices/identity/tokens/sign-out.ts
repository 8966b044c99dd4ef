import type { AppContext } from '../../../context.ts'
import type { Audience } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { sha256 } from '../../../platform/crypto/sealing.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { findRefreshToken } from './refresh-tokens.sql.ts'
import { actorOf, revokeSessions } from './sessions.ts'
import { lockSession } from './sessions.sql.ts'

/** What a browser forgets of us when somebody signs out (SE-8). */
export const CLEAR_SITE_DATA = '"cache", "cookies", "storage"'

/** Ends the session a refresh token belongs to. One that is unknown or over is no error: who asks is signed out either way. */
export async function signOut(
  ctx: AppContext,
  request: { refreshToken: string; audience: Audience; client: ClientFacts },
): Promise<void> {
  const { audience, client, refreshToken } = request
  await inTransaction(ctx.db, async (tx) => {
    const found = await findRefreshToken(tx, sha256(refreshToken))
    if (found?.audience !== audience) return
    const session = await lockSession(tx, found.sessionId, ctx.clock.now())
    if (!session) return
    const { accountId, id: sessionId } = session
    await revokeSessions(ctx, tx, { accountId, sessionId, reason: 'signed-out', by: actorOf(session), client })
  })
}
