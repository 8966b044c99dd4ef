import type { TotpEnrolment } from '@dhow/contracts/account-security.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import type { AppContext } from '../../../context.ts'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { beginMaking } from '../factors/ceremonies.ts'
import { accountOf, beginTotp, changeFactorsIn } from '../factors/change-factors.ts'
import type { Owner } from '../factors/change-factors.ts'
import type { FactorChange } from '../factors/announce-change.ts'
import { findFactors } from '../factors/factors.sql.ts'
import type { Factors } from '../factors/factors.sql.ts'
import { keepPasskey, readNewPasskey } from '../factors/own-passkeys.ts'
import type { NewPasskey } from '../factors/own-passkeys.ts'
import { putRecoveryCodes } from '../factors/recovery-codes.sql.ts'
import { makeRecoveryCodes } from '../factors/recovery-codes.ts'
import { confirmSeed, requireFirstCode } from '../factors/totp.ts'
import { replaceSession } from '../tokens/sessions.ts'

/** What an enrolment ends in: a whole session, and codes that are shown once. */
export interface Enrolled {
  tokens: Tokens
  recoveryCodes: string[]
}

/** With a password alone nobody adds a factor beside one that is there: they would be in without it. */
function requireNoSecondFactor({ hasTotp, passkeyCount }: Factors): void {
  if (hasTotp || passkeyCount > 0) throw new Problem('auth/forbidden')
}

const requireNone = async (db: DbOrTx, { actor }: Owner): Promise<void> =>
  requireNoSecondFactor(await findFactors(db, actor.accountId))

interface Factor {
  amr: string
  change: FactorChange
  keep(tx: Tx, account: AccountRow, factors: Factors): Promise<void>
}

/** Keeps the first second factor, ends every other session, and gives the session a new id (SE-4). */
async function enrol(ctx: AppContext, owner: Owner, factor: Factor): Promise<Enrolled> {
  const { accountId, sessionId } = owner.actor
  const { codes, rows } = await makeRecoveryCodes(ctx, accountId)
  const change = async (tx: Tx, account: AccountRow, factors: Factors): Promise<FactorChange> => {
    requireNoSecondFactor(factors)
    await factor.keep(tx, account, factors)
    await putRecoveryCodes(tx, accountId, rows)
    return factor.change
  }
  const tokens = await inTransaction(ctx.db, async (tx) => {
    await changeFactorsIn(ctx, tx, { ...owner, change })
    const secondFactorAt = ctx.clock.now()
    return replaceSession(ctx, tx, { sessionId, client: owner.client, amr: [factor.amr], secondFactorAt })
  })
  return { tokens, recoveryCodes: codes }
}

export async function beginTotpEnrolment(ctx: AppContext, owner: Owner): Promise<TotpEnrolment> {
  await requireNone(ctx.db, owner)
  return beginTotp(ctx, owner)
}

/** Throws `auth/code-invalid`, `auth/factor-not-found`, `auth/busy`. */
export async function finishTotpEnrolment(ctx: AppContext, owner: Owner, code: string): Promise<Enrolled> {
  await requireFirstCode(ctx, { account: await accountOf(ctx, owner), code })
  const keep = (tx: Tx, account: AccountRow): Promise<void> => confirmSeed(ctx, tx, { account, code })
  return enrol(ctx, owner, { amr: 'otp', change: 'totp-added', keep })
}

export async function beginPasskeyEnrolment(ctx: AppContext, owner: Owner) {
  await requireNone(ctx.db, owner)
  const { accountId, sessionId } = owner.actor
  return beginMaking(ctx, { audience: 'admin-api', client: owner.client, accountId, sessionId })
}

/** Throws `auth/challenge-invalid`, `auth/passkey-invalid`, `auth/busy`. */
export async function finishPasskeyEnrolment(ctx: AppContext, owner: Owner, made: NewPasskey): Promise<Enrolled> {
  const passkey = await readNewPasskey(ctx, owner, made)
  const keep: Factor['keep'] = (tx, _account, factors) => keepPasskey(tx, passkey, factors)
  return enrol(ctx, owner, { amr: 'hwk', change: 'passkey-added', keep })
}
