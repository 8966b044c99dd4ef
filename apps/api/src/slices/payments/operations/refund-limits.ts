import type { StaffActor } from '../../../platform/auth/actor.ts'
import type { AppContext } from '../../../context.ts'
import { givenAlone } from './plan-refund.ts'
import type { RefundBasis } from './plan-refund.ts'

/** What somebody may give back of one order on their own: their roles' limit or the shop's, whichever is less. */
export function limitOf({ config }: Pick<AppContext, 'config'>, { limits }: Pick<StaffActor, 'limits'>): number {
  const own = limits.refundUpTo === undefined ? 0 : (limits.refundUpTo ?? Number.POSITIVE_INFINITY)
  return Math.min(own, config.REFUND_SECOND_PERSON_ABOVE_FILS)
}

/** What is left of that limit for this order: whoever gave back the rest, no second person has looked at it. */
export const leftAlone = (
  ctx: Pick<AppContext, 'config'>,
  actor: Pick<StaffActor, 'limits'>,
  basis: RefundBasis,
): number => Math.max(0, limitOf(ctx, actor) - givenAlone(basis))
