import type { AppContext } from '../../../context.ts'
import type { DbOrTx } from '../../../platform/db/database.ts'
import { countBlocks } from './blocks.sql.ts'
import { CODE_SECONDS } from './challenges.ts'
import { readAllConversion, readSpent } from './sends.sql.ts'

export interface OtpFigures {
  /** Spent of the budget of the last hour and of the last day, 1 is all of it; the fuller one counts. */
  budgetShare: number
  hourFils: number
  dayFils: number
  /** Messages of the last day that may no longer be answered, and how many were. */
  sends: number
  verified: number
  /** Prefixes and countries that are blocked now. */
  blocks: number
}

/** What one-time codes cost and bring, for whoever watches over them (TR-4). */
export async function otpFigures({ config }: Pick<AppContext, 'config'>, db: DbOrTx, now: Date): Promise<OtpFigures> {
  const spent = await readSpent(db, now)
  const budgetShare = Math.max(spent.hourFils / config.OTP_BUDGET_HOUR_FILS, spent.dayFils / config.OTP_BUDGET_DAY_FILS)
  const since = new Date(now.getTime() - 86_400_000)
  const until = new Date(now.getTime() - CODE_SECONDS * 1000)
  return { budgetShare, ...spent, ...(await readAllConversion(db, since, until)), blocks: await countBlocks(db, now) }
}
