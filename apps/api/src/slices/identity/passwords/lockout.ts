import type { AppContext } from '../../../context.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { DbOrTx } from '../../../platform/db/database.ts'
import { isSlowedDown } from '../../../platform/limits/slow-sign-in.ts'
import { recordAudit } from '../../audit/audit.ts'
import { findAccount } from '../accounts.sql.ts'
import { openPerson } from '../accounts.ts'
import { sendMessage } from '../messages.ts'
import { hasDeviceTry } from './attempt-windows.ts'
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
const rules: LockRules = {
  freeFailures: 5,
  maxDelaySeconds: 900,
  cap: null,
  staff: { tries: 10, lockSeconds: 1800 },
}
/** NIST SP 800-63B-4 §3.2.2: after so many in a row a password must be set anew. Other factors only wait. */
const PASSWORD_CAP = 100

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
  factor?: 'password' | 'totp' | 'recovery-code' | 'passkey'
}

/**
 * Lets an attempt pass, or not (undefined): after five wrong ones in a row the account takes one after 1, 2, 4 … seconds, at
 * most 900; after a hundred no password, until it is set anew. A device its owner has signed in with before is let in whatever
 * others do (AU-10), as long as its own tries are few; a strange one from a network that is used for stuffing waits its turn
 * (TR-1). Staff know no such devices, and after ten wait half an hour (ST-6). What is let pass counts as wrong until the caller says
 * otherwise, so parallel ones share the count.
 */
export async function takeAttempt(ctx: AppContext, { accountId, client, factor }: Try): Promise<Attempt | undefined> {
  const now = ctx.clock.now()
  const id = accountId ?? NOBODY
  const { deviceId } = client
  const isKnown = deviceId && (await hasSignedInWith(ctx.db, { accountId: id, deviceId, before: now }))
  if (isKnown && (await hasDeviceTry(ctx, id, deviceId))) return { accountId: id, before: null }
  if (await isSlowedDown(ctx, client)) return undefined
  const cap = factor === 'password' ? PASSWORD_CAP : null
  const before = await countAttempt(ctx.db, { accountId: id, now, rules: { ...rules, cap } })
  return before && { accountId: id, before }
}

/** The secret was right, and another step follows: this attempt no longer counts, earlier ones still do. */
export async function forgiveAttempt(ctx: AppContext, attempt: Attempt): Promise<void> {
  if (attempt.before) await uncountAttempt(ctx.db, attempt.accountId, attempt.before)
}

/** Somebody has signed in, or proven who they are, with every factor asked for. */
export const recordSuccess = (_ctx: AppContext, tx: DbOrTx, accountId: string): Promise<void> =>
  resetFailures(tx, accountId, PASSWORD_CAP)

export interface Refusal extends Try {
  factor: NonNullable<Try['factor']>
  reason: 'wrong' | 'locked' | 'unknown' | 'disabled'
}

/** Tells a customer whose password has just had its hundredth failure: nobody who guesses would. */
async function tellOfCap(ctx: AppContext, accountId: string | undefined): Promise<void> {
  const account = await findAccount(ctx.db, { id: accountId ?? NOBODY })
  if (account?.kind !== 'customer' || account.failureCount !== PASSWORD_CAP) return
  const { name, phone, email } = openPerson(ctx.sealer, account)
  const to = email ?? phone
  if (to === null) return
  const { id, locale } = account
  const channel = email === null ? 'sms' : 'email'
  const content = { to, name, details: {} }
  await inTransaction(ctx.db, (tx) =>
    sendMessage(ctx, tx, { accountId: id, kind: 'password-locked', channel, locale, content }),
  )
}

/** Notes a refused attempt in the audit log: it stays though the request fails. */
export async function reportRefusal(ctx: AppContext, { accountId, client, factor, reason }: Refusal): Promise<void> {
  if (factor === 'password') await tellOfCap(ctx, reason === 'wrong' ? accountId : undefined)
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
