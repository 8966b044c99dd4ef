import type { AppContext } from '../../../context.ts'
import type { DbOrTx } from '../../../platform/db/database.ts'
import { addBlock } from './blocks.sql.ts'
import { readSpent } from './sends.sql.ts'

const HOUR_MS = 3_600_000

/** What a message to a country is expected to cost. */
export const costOf = ({ config }: Pick<AppContext, 'config'>, country: string): number =>
  config.OTP_COST_FILS.get(country) ?? config.OTP_COST_FILS.get('*') ?? 0

/** Percent of the fuller budget, that of the hour or of the day, without and with one more message. */
export interface Budget {
  before: number
  after: number
}

export async function readBudget(ctx: AppContext, db: DbOrTx, costFils: number): Promise<Budget> {
  const { hourFils, dayFils } = await readSpent(db, ctx.clock.now())
  const { OTP_BUDGET_HOUR_FILS: hour, OTP_BUDGET_DAY_FILS: day } = ctx.config
  const percent = (more: number): number => 100 * Math.max((hourFils + more) / hour, (dayFils + more) / day)
  return { before: percent(0), after: percent(costFils) }
}

/** OT-5: a message was sent. Half of the budget is a warning, 80 % an alarm. */
export function tellOfBudget({ log }: Pick<AppContext, 'log'>, { before, after }: Budget): void {
  if (before < 50 && after >= 50) log.warn({ percent: 50 }, 'half of the budget for one-time codes is spent')
  if (before < 80 && after >= 80)
    log.error({ percent: 80, alert: 'otp-budget' }, 'one-time codes need a proof of work: the budget is nearly spent')
}

/** OT-5: a message was not sent for want of money: an alarm, once an hour while that lasts. */
export async function tellOfEmptyBudget(ctx: AppContext, db: DbOrTx): Promise<void> {
  const now = ctx.clock.now()
  const until = new Date(now.getTime() + HOUR_MS)
  if (await addBlock(db, { subject: 'budget', reason: 'spent', until, now }))
    ctx.log.error({ percent: 100, alert: 'otp-budget' }, 'no one-time codes are sent: the budget is spent')
}
