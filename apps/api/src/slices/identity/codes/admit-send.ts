import type { AppContext } from '../../../context.ts'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Exceeded } from '../../../platform/limits/shared-windows.ts'
import type { CodePurpose } from '../../../providers/sms/port.ts'
import { useProof } from './blocks.sql.ts'
import { takeChallenge } from './challenges.ts'
import type { TakenChallenge } from './challenges.ts'
import { isConverting } from './conversion.ts'
import type { UsedProof } from './proof-of-work.ts'
import type { SendRule, SendSubject } from './send-rules.ts'
import { findBlock } from './send-blocks.ts'
import type { Blocks } from './send-blocks.ts'
import { costOf, readBudget, tellOfBudget, tellOfEmptyBudget } from './send-budget.ts'
import type { Budget } from './send-budget.ts'
import { findFullWindows, insertSend, lockSending } from './sends.sql.ts'

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

interface Standing {
  blocks: Blocks
  budget: Budget
  refusal: Refusal | undefined
}

/** Blocks and money. Customers who are signed in outlive the budget. */
async function readStanding(ctx: AppContext, db: DbOrTx, subject: SendSubject): Promise<Standing> {
  const blocks = await findBlock(db, subject, ctx.clock.now())
  const budget = await readBudget(ctx, db, costOf(ctx, subject.country))
  const isEmpty = budget.after > 100 && subject.accountId === null
  if (isEmpty && !blocks.refusal) await tellOfEmptyBudget(ctx, db)
  return { blocks, budget, refusal: blocks.refusal ?? (isEmpty ? { kind: 'over-budget' } : undefined) }
}

interface Judgement {
  refusal: Refusal | undefined
  budget: Budget | undefined
}

/** What speaks against a message, the cheapest to find out first; a proof of work is used up last. */
async function judge(ctx: AppContext, tx: Tx, { subject, rules, proof }: SendRequest): Promise<Judgement> {
  const windows = refusalOf(await findExceeded(tx, rules, ctx.clock.now()))
  if (windows?.kind === 'limited') return { refusal: windows, budget: undefined }
  const { blocks, budget, refusal } = await readStanding(ctx, tx, subject)
  if (refusal) return { refusal, budget }
  const conversion = await isConverting(ctx, tx, { subject, blocks: blocks.all })
  if (conversion.refusal) return { refusal: conversion.refusal, budget }
  if (subject.accountId !== null) return { refusal: undefined, budget }
  const needsProof = windows !== undefined || budget.before >= 80 || conversion.needsProof || blocks.needsProof
  const isProven = proof ? await useProof(tx, proof) : !needsProof
  return { refusal: isProven ? undefined : { kind: 'proof-required' }, budget }
}

/**
 * Decides on one message and counts it in the same transaction, one after the other, so that fifty who ask at once are counted
 * as fifty. A refusal commits too: it may have blocked a prefix.
 */
export async function admitSend(ctx: AppContext, request: SendRequest): Promise<Admission> {
  return inTransaction(ctx.db, async (tx) => {
    await lockSending(tx)
    const { refusal, budget } = await judge(ctx, tx, request)
    if (refusal) return refusal
    const challenge = await takeChallenge(ctx, tx, request)
    const { subject } = request
    const costFils = costOf(ctx, subject.country)
    const sendId = await insertSend(tx, { ...subject, challengeId: challenge.id, costFils, at: ctx.clock.now() })
    if (budget) tellOfBudget(ctx, budget)
    return { kind: 'admitted', sendId, challenge }
  })
}

/**
 * A look without the lock: what is refused anyway must not queue for it, or a flood that money or a block stops would hold every
 * connection there is. Windows are looked at when Redis could not.
 */
export async function foreseeRefusal(
  ctx: AppContext,
  { subject, rules }: SendRequest,
  wereWindowsChecked: boolean,
): Promise<Refusal | undefined> {
  const exceeded = wereWindowsChecked ? [] : await findExceeded(ctx.db, rules, ctx.clock.now())
  return refusalOf(exceeded) ?? (await readStanding(ctx, ctx.db, subject)).refusal
}
