import type { AppContext } from '../../../context.ts'
import { announceAuthChange } from '../../../platform/auth/changes.ts'
import { authTags } from '../../../platform/auth/session-cache.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { forgetProof } from './sessions.sql.ts'

/** Lets a session go on, but as if its proof were long ago: whatever needs a fresh one asks for it. */
export async function distrustSession(ctx: AppContext, tx: Tx, sessionId: string): Promise<void> {
  await forgetProof(tx, sessionId)
  await announceAuthChange(ctx, tx, [authTags.session(sessionId)])
}
