import type { AppContext } from '../../../context.ts'
import { deleteProofsBefore } from './blocks.sql.ts'
import { deleteChallengesBefore } from './challenges.sql.ts'
import { deleteSendsBefore } from './sends.sql.ts'

const DAY_MS = 86_400_000

/** Days: a challenge is over in minutes and its wrong codes count for a day; sends are what a bill is held against. */
const KEPT_DAYS = { challenges: 2, sends: 90 } as const

/** Deletes what one-time codes have left behind; gives how many rows of each kind. */
export async function cleanUpCodes(ctx: Pick<AppContext, 'db' | 'clock'>): Promise<Record<string, number>> {
  const now = ctx.clock.now()
  const before = (days: number): Date => new Date(now.getTime() - days * DAY_MS)
  return {
    codeChallenges: await deleteChallengesBefore(ctx.db, before(KEPT_DAYS.challenges)),
    codeSends: await deleteSendsBefore(ctx.db, before(KEPT_DAYS.sends)),
    codeProofs: await deleteProofsBefore(ctx.db, now),
  }
}
