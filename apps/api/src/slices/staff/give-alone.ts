import type { AppContext } from '../../context.ts'
import type { StaffActor } from '../../platform/auth/actor.ts'
import type { DbOrTx, Tx } from '../../platform/db/database.ts'
import { countDoneAlone, lockActor } from '../audit/audit.ts'

/** What the audit log calls giving money away. */
const gifts = ['refund.requested', 'store-credit.adjusted'] as const

const HOUR_MS = 3_600_000

type Settings = Pick<AppContext, 'clock' | 'config'>
type Giver = Pick<StaffActor, 'accountId' | 'limits'>

/** What one person may give away at once, by their roles' limit or the shop's, whichever is less; an unset limit permits nothing. */
export function limitOf({ config }: Pick<AppContext, 'config'>, { limits }: Pick<StaffActor, 'limits'>): number {
  const own = limits.refundUpTo === undefined ? 0 : (limits.refundUpTo ?? Number.POSITIVE_INFINITY)
  return Math.min(own, config.REFUND_SECOND_PERSON_ABOVE_FILS)
}

/**
 * What somebody may give away just now without a second person, in minor units: nothing once they have done so as often in the
 * last hour as the shop allows (ST-4), so that a large sum is not given in small ones.
 */
export async function mayGiveAlone(ctx: Settings, db: DbOrTx, actor: Giver): Promise<number> {
  const since = new Date(ctx.clock.now().getTime() - HOUR_MS)
  const given = await countDoneAlone(db, { actorId: actor.accountId, actions: gifts, since })
  return given >= ctx.config.REFUNDS_ALONE_PER_HOUR ? 0 : limitOf(ctx, actor)
}

/** {@link mayGiveAlone} for whoever is about to: their gifts queue until the transaction ends, so that each counts the one before. */
export async function lockGiving(ctx: Settings, tx: Tx, actor: Giver): Promise<number> {
  await lockActor(tx, actor.accountId)
  return mayGiveAlone(ctx, tx, actor)
}
