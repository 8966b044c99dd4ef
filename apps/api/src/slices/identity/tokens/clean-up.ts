import type { AppContext } from '../../../context.ts'
import { deleteEnded } from './clean-up.sql.ts'

const DAY_MS = 86_400_000

/**
 * Days things are kept after their end. Sessions are how a new device is told from a known one, and evidence; their tokens open
 * nothing any more. A used link says for a while that it is used.
 */
const KEPT_DAYS = { tokens: 1, sessions: 90, links: 30 } as const

/** Deletes what signing in has left behind; gives how many rows of each kind. */
export function cleanUpSignIns(ctx: Pick<AppContext, 'db' | 'clock'>): Promise<Record<string, number>> {
  const now = ctx.clock.now()
  const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS)
  return deleteEnded(ctx.db, {
    now,
    tokens: before(KEPT_DAYS.tokens),
    sessions: before(KEPT_DAYS.sessions),
    links: before(KEPT_DAYS.links),
  })
}
