import type { AppContext } from '../../../context.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import type { DbOrTx } from '../../../platform/db/database.ts'
import { recordAudit } from '../../audit/audit.ts'
import { countAttempt, hasSignedInWith, resetFailures, uncountAttempt } from './lockout.sql.ts'
import type { BeforeAttempt, LockRules } from './lockout.sql.ts'

/**
 * Wrong secrets of one account, over all its factors (AU-7). Whoever checks one (passwords: `checkPassword`) does so in this order:
 *
 *   const attempt = await takeAttempt(ctx, { accountId, client })     // counted as wrong before it is checked
 *   right = check() && attempt !== undefined                           // undefined: as much work, and refused alike
 *   wrong: await reportRefusal(ctx, { accountId, client, factor, … })  // the audit log; the count stands
 *   right: await forgiveAttempt(ctx, attempt)                          // only this one is taken back
 *   signed in: await recordSuccess(ctx, tx, accountId)                 // after the last factor: all is forgotten
 */
const rules: LockRules = { freeFailures: 5, maxDelaySeconds: 900, cap: 100 }

/** What an attempt nobody has an account for is counted against: the same query, and no row. */
export const NOBODY = '00000000-0000-0000-0000-000000000000'

export interface Attempt {
  accountId: string
  /** Null for a known device, which the account's own count does not concern. */
  before: BeforeAttempt | null
}

interface Try {
  /** Undefined when nobody has this name: everything is done all the same, so that it takes as long. */
  accountId: string | undefined
  client: ClientFacts
}

/**
 * Lets an attempt pass, or not (undefined): after five wrong ones in a row the account takes one after 1, 2, 4 … seconds, at
 * most 900; after a hundred none, until its password is reset. A device its owner has signed in with before is let in
 * whatever others do (AU-10). What is let pass counts as wrong until the caller says otherwise, so parallel ones share the count.
 */
export async function takeAttempt(ctx: AppContext, { accountId, client }: Try): Promise<Attempt | undefined> {
  const now = ctx.clock.now()
  const id = accountId ?? NOBODY
  const { deviceId } = client
  if (deviceId && (await hasSignedInWith(ctx.db, { accountId: id, deviceId, before: now })))
    return { accountId: id, before: null }
  const before = await countAttempt(ctx.db, { accountId: id, now, rules })
  return before && { accountId: id, before }
}

/** The secret was right, and another step follows: this attempt no longer counts, earlier ones still do. */
export async function forgiveAttempt(ctx: AppContext, attempt: Attempt): Promise<void> {
  if (attempt.before) await uncountAttempt(ctx.db, attempt.accountId, attempt.before)
}

/** Somebody has signed in, or proven who they are, with every factor asked for. */
export const recordSuccess = (_ctx: AppContext, tx: DbOrTx, accountId: string): Promise<void> =>
  resetFailures(tx, accountId)

export interface Refusal extends Try {
  factor: 'password' | 'totp' | 'recovery-code' | 'passkey'
  reason: 'wrong' | 'locked' | 'unknown' | 'disabled'
}

/** Notes a refused attempt in the audit log: it stays though the request fails. */
export async function reportRefusal(ctx: AppContext, { accountId, client, factor, reason }: Refusal): Promise<void> {
  await recordAudit(ctx, ctx.db, {
    action: 'auth.sign-in-refused',
    result: 'refused',
    actor: anonymous,
    client,
    object: { type: 'account', id: accountId ?? null },
    reason,
    details: { factor },
  })
}
