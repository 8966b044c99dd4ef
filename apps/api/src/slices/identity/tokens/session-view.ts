import type { SessionView } from '@dhow/contracts/account-security.ts'
import type { AppContext } from '../../../context.ts'
import { listLiveSessions } from './sessions.sql.ts'
import type { SessionRow } from './sessions.sql.ts'

function toSessionView(session: SessionRow, currentId: string | undefined): SessionView {
  const { id, client, country, city, amr, createdAt, lastSeenAt, idleExpiresAt } = session
  return {
    id,
    isCurrent: id === currentId,
    client,
    country,
    city,
    amr,
    createdAt: createdAt.toISOString(),
    lastSeenAt: lastSeenAt.toISOString(),
    expiresAt: idleExpiresAt.toISOString(),
  }
}

/** Where an account is signed in, the latest seen first; the caller's own session is marked. */
export async function listAccountSessions(
  ctx: AppContext,
  accountId: string,
  currentId?: string,
): Promise<SessionView[]> {
  const sessions = await listLiveSessions(ctx.db, accountId, ctx.clock.now())
  return sessions.map((session) => toSessionView(session, currentId))
}
