import type { AppContext } from '../../../context.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import type { CodePurpose } from '../../../providers/sms/port.ts'
import { recordAudit } from '../../audit/audit.ts'
import { addBlock } from './blocks.sql.ts'
import { callOff, openPhone } from './challenges.ts'
import { addTry, countWrongCodes, lockChallenge, updateChallenge, verifyChallenge } from './challenges.sql.ts'
import type { ChallengeRow } from './challenges.sql.ts'
import { blockNames } from './send-blocks.ts'
import { markVerified } from './sends.sql.ts'

export interface GivenCode {
  challengeId: string
  /** Six digits. */
  code: string
  purpose: CodePurpose
  /** Whose it is, when somebody signed in asked for it. */
  accountId?: string | null
  client: ClientFacts
}

const DAY_MS = 86_400_000

/** OT-1: a challenge is good for the purpose, the device and the account it was made for, and for no other. */
function isFor(row: ChallengeRow, given: GivenCode, now: Date): boolean {
  return (
    row.state === 'pending' &&
    row.expiresAt > now &&
    row.purpose === given.purpose &&
    row.accountId === (given.accountId ?? null) &&
    row.deviceId === (given.client.deviceId ?? null)
  )
}

/** Counts the try before the code is looked at, so that guesses made at once share the five. Undefined when it may not be tried. */
function takeTry(ctx: AppContext, given: GivenCode): Promise<ChallengeRow | undefined> {
  const now = ctx.clock.now()
  return inTransaction(ctx.db, async (tx) => {
    const row = await lockChallenge(tx, given.challengeId)
    if (!row || !isFor(row, given, now) || row.tryCount >= ctx.config.OTP_TRIES_PER_CODE) return undefined
    const wrong = await countWrongCodes(tx, row.phoneIndex, new Date(now.getTime() - DAY_MS))
    if (wrong >= ctx.config.OTP_WRONG_CODES_PER_DAY) return undefined
    await addTry(tx, row.id, 1)
    return { ...row, tryCount: row.tryCount + 1 }
  })
}

/** A right code ends its challenge; a second one that comes at the same time is too late. */
function accept(ctx: AppContext, row: ChallengeRow): Promise<boolean> {
  return inTransaction(ctx.db, async (tx) => {
    if (!(await verifyChallenge(tx, row.id))) return false
    await markVerified(tx, row.id, ctx.clock.now())
    return true
  })
}

/** OT-2: the last try ends the challenge; too many wrong ones in a day rest the number for a day, with other ways left open. */
async function refuseWrong(ctx: AppContext, row: ChallengeRow, given: GivenCode): Promise<never> {
  const now = ctx.clock.now()
  const triesLeft = Math.max(0, ctx.config.OTP_TRIES_PER_CODE - row.tryCount)
  if (triesLeft === 0) await end(ctx, row)
  const wrong = await countWrongCodes(ctx.db, row.phoneIndex, new Date(now.getTime() - DAY_MS))
  const isResting = wrong >= ctx.config.OTP_WRONG_CODES_PER_DAY
  const until = new Date(now.getTime() + DAY_MS)
  if (isResting) await addBlock(ctx.db, { subject: blockNames.phone(row), reason: 'wrong-codes', until, now })
  await recordAudit(ctx, ctx.db, {
    action: 'auth.code-refused',
    result: 'refused',
    actor: anonymous,
    client: given.client,
    object: { type: 'otp-challenge', id: row.id },
    details: { purpose: row.purpose, accountId: row.accountId, triesLeft, isResting },
  })
  throw new Problem('auth/code-invalid', { triesLeft })
}

async function end(ctx: AppContext, row: ChallengeRow): Promise<void> {
  await updateChallenge(ctx.db, row.id, { state: 'dead' })
  await callOff(ctx, row.id, { providerRef: row.providerRef, phone: openPhone(ctx, row) })
}

/**
 * Checks a one-time code. Returns the number it was sent to, once. Throws `auth/code-invalid` for a wrong one, `auth/challenge-invalid`
 * for whatever is over or was never theirs, `auth/codes-unavailable` when the provider cannot say: then the same code may be tried again.
 */
export async function checkCode(ctx: AppContext, given: GivenCode): Promise<{ phone: string }> {
  const row = await takeTry(ctx, given)
  if (!row) throw new Problem('auth/challenge-invalid')
  const phone = openPhone(ctx, row)
  const outcome = await ctx.providers.sms.checkVerification({ providerRef: row.providerRef, phone }, given.code)
  switch (outcome.kind) {
    case 'approved':
      if (await accept(ctx, row)) return { phone }
      throw new Problem('auth/challenge-invalid')
    case 'wrong':
      return refuseWrong(ctx, row, given)
    case 'gone':
      // Not dead yet: of two tabs with the right code the provider approves one and tells the other this, perhaps sooner.
      await updateChallenge(ctx.db, row.id, { isOpenAtProvider: false })
      throw new Problem('auth/challenge-invalid')
    case 'exhausted':
      await end(ctx, row)
      throw new Problem('auth/challenge-invalid')
    case 'unknown':
      await addTry(ctx.db, row.id, -1)
      ctx.log.error({ err: outcome.cause, alert: 'otp-provider-unavailable' }, 'a code cannot be checked')
      throw new Problem('auth/codes-unavailable', { alternatives: ['password', 'passkey'] })
  }
}
