import type { AppContext } from '../../../context.ts'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Exceeded } from '../../../platform/limits/shared-windows.ts'
import type { CodePurpose } from '../../../providers/sms/port.ts'
import { addBlock, useProof } from './blocks.sql.ts'
import { takeChallenge } from './challenges.ts'
import type { TakenChallenge } from './challenges.ts'
import { isConverting } from './conversion.ts'
import type { UsedProof } from './proof-of-work.ts'
import type { SendRule, SendSubject } from './send-rules.ts'
import { findBlock } from './send-blocks.ts'
import { findFullWindows, insertSend, lockSending, readSpent } from './sends.sql.ts'

export interface SendRequest {
  purpose: CodePurpose
  phone: string
  deviceId: string | null
  subject: SendSubject
  rules: readonly SendRule[]
  proof: UsedProof | undefined
}

/** Why no message is sent; nothing has been counted then. */
export type Refusal =
  | { kind: 'limited'; rule: string; retryAfterSeconds: number }
  | { kind: 'blocked'; subject: string; retryAfterSeconds: number }
  | { kind: 'over-budget' }
  | { kind: 'proof-required' }

export type Admission = { kind: 'admitted'; sendId: number; challenge: TakenChallenge } | Refusal

/** Of the rules that have no room, what the caller is told: the longest wait, or a proof if that alone is missing. */
export function refusalOf(exceeded: readonly Exceeded[]): Refusal | undefined {
  const [longest] = exceeded
    .filter(({ rule }) => rule.name !== 'proof')
    .toSorted((one, other) => other.retryAfterSeconds - one.retryAfterSeconds)
  if (longest) return { kind: 'limited', rule: longest.rule.name, retryAfterSeconds: longest.retryAfterSeconds }
  return exceeded.length > 0 ? { kind: 'proof-required' } : undefined
}

async function findExceeded(db: DbOrTx, rules: readonly SendRule[], now: Date): Promise<Exceeded[]> {
  const full = await findFullWindows(db, rules, now)
  return rules.flatMap((rule, index) => {
    const at = full[index]
    if (!at) return []
    const waitMs = at.getTime() + rule.seconds * 1000 - now.getTime()
    return [{ rule, retryAfterSeconds: Math.max(1, Math.ceil(waitMs / 1000)) }]
  })
}

export const costOf = ({ config }: Pick<AppContext, 'config'>, country: string): number =>
  config.OTP_COST_FILS.get(country) ?? config.OTP_COST_FILS.get('*') ?? 0

/** Percent of the fuller budget: that of the hour or of the day. */
async function readBudget(ctx: AppContext, db: DbOrTx, costFils: number): Promise<{ before: number; after: number }> {
  const { hourFils, dayFils } = await readSpent(db, ctx.clock.now())
  const { OTP_BUDGET_HOUR_FILS: hour, OTP_BUDGET_DAY_FILS: day } = ctx.config
  const percent = (more: number): number => 100 * Math.max((hourFils + more) / hour, (dayFils + more) / day)
  return { before: percent(0), after: percent(costFils) }
}

/** OT-5: half is a warning, 80 % an alarm, all of it an alarm once an hour while messages are refused for it. */
async function alertBudget(ctx: AppContext, tx: Tx, budget: { before: number; after: number }): Promise<void> {
  const { before, after } = budget
  const now = ctx.clock.now()
  if (before < 50 && after >= 50) ctx.log.warn({ percent: 50 }, 'half of the budget for one-time codes is spent')
  if (before < 80 && after >= 80)
    ctx.log.error(
      { percent: 80, alert: 'otp-budget' },
      'one-time codes need a proof of work: the budget is nearly spent',
    )
  if (after <= 100) return
  const until = new Date(now.getTime() + 3_600_000)
  if (await addBlock(tx, { subject: 'budget', reason: 'spent', until, now }))
    ctx.log.error({ percent: 100, alert: 'otp-budget' }, 'no one-time codes are sent: the budget is spent')
}

/** What speaks against a message, the cheapest to find out first. Known customers who are signed in outlive the budget. */
async function judge(ctx: AppContext, tx: Tx, request: SendRequest): Promise<Refusal | undefined> {
  const { subject, rules, proof } = request
  const now = ctx.clock.now()
  const refusal = refusalOf(await findExceeded(tx, rules, now))
  if (refusal?.kind === 'limited') return refusal
  const blocks = await findBlock(tx, subject, now)
  if (blocks.refusal) return blocks.refusal
  const isSignedIn = subject.accountId !== null
  const budget = await readBudget(ctx, tx, costOf(ctx, subject.country))
  await alertBudget(ctx, tx, budget)
  if (budget.after > 100 && !isSignedIn) return { kind: 'over-budget' }
  const conversion = await isConverting(ctx, tx, { subject, blocks: blocks.all })
  if (conversion.refusal) return conversion.refusal
  const needsProof = budget.before >= 80 || conversion.needsProof || blocks.needsProof
  if (isSignedIn) return undefined
  if (!proof) return refusal ?? (needsProof ? { kind: 'proof-required' } : undefined)
  return (await useProof(tx, proof)) ? undefined : { kind: 'proof-required' }
}

/**
 * Decides on one message and counts it in the same transaction, one after the other, so that fifty who ask at once are counted
 * as fifty. A refusal commits too: it may have blocked a prefix.
 */
export async function admitSend(ctx: AppContext, request: SendRequest): Promise<Admission> {
  return inTransaction(ctx.db, async (tx) => {
    await lockSending(tx)
    const refusal = await judge(ctx, tx, request)
    if (refusal) return refusal
    const challenge = await takeChallenge(ctx, tx, request)
    const { subject } = request
    const costFils = costOf(ctx, subject.country)
    const sendId = await insertSend(tx, { ...subject, challengeId: challenge.id, costFils, at: ctx.clock.now() })
    return { kind: 'admitted', sendId, challenge }
  })
}

/** A look without the lock, for floods that Redis cannot ward off: what would be refused anyway does not queue for it. */
export async function foreseeRefusal(ctx: AppContext, rules: readonly SendRule[]): Promise<Refusal | undefined> {
  return refusalOf(await findExceeded(ctx.db, rules, ctx.clock.now()))
}
