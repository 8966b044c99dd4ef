import type { CustomerView } from '@dhow/contracts/account.ts'
import type { OtpChallenge } from '@dhow/contracts/auth.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../../context.ts'
import type { CustomerActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction, sqlStateOf } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { recordAudit } from '../../audit/audit.ts'
import { findAccount, lockAccount, updateAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { openPerson, sealPerson } from '../accounts.ts'
import { claimOrdersTask, viewCustomer } from '../profile.ts'
import { tellOfChange } from '../tell-of-change.ts'
import { revokeSessions } from '../tokens/sessions.ts'
import { checkCode } from './check-code.ts'
import { sendCode } from './send-code.ts'

export interface Owner {
  actor: CustomerActor
  client: ClientFacts
}

const UNIQUE_VIOLATION = '23505'
const YOUNG_MS = 86_400_000

/** What proves more than that somebody holds the number. */
const onlySms = new Set(['sms', 'mfa'])

/**
 * OT-8: a number put on the account less than a day ago proves nothing yet, since whoever put it there may be the thief. The one
 * the account began with is not young.
 */
function isYoungNumber(ctx: AppContext, account: AccountRow): boolean {
  const { phoneVerifiedAt, createdAt } = account
  if (!phoneVerifiedAt || phoneVerifiedAt.getTime() === createdAt.getTime()) return false
  return ctx.clock.now().getTime() - phoneVerifiedAt.getTime() < YOUNG_MS
}

async function requireAccount(ctx: AppContext, accountId: string): Promise<AccountRow> {
  const account = await findAccount(ctx.db, { id: accountId })
  if (!account) throw new Problem('auth/required')
  return account
}

/** Sends a code to the account's own number. Throws `auth/factor-not-found` when there is none, or it is too young to prove anything. */
export async function sendConfirmationCode(ctx: AppContext, owner: Owner & { locale: Locale }): Promise<OtpChallenge> {
  const { actor, client, locale } = owner
  const account = await requireAccount(ctx, actor.accountId)
  const { phone } = openPerson(ctx.sealer, account)
  if (phone === null || isYoungNumber(ctx, account))
    throw new Problem('auth/factor-not-found', { alternatives: ['password', 'passkey', 'totp'] })
  return sendCode(ctx, { purpose: 'confirm-identity', phone, accountId: actor.accountId, client, locale })
}

/** Sends a code to a new number. Says nothing of whether it is another account's: its owner will be told, if they have the code. */
export async function beginPhoneChange(
  ctx: AppContext,
  owner: Owner & { phone: string; locale: Locale },
): Promise<OtpChallenge> {
  const { actor, client, phone, locale } = owner
  const account = await requireAccount(ctx, actor.accountId)
  if (isYoungNumber(ctx, account) && actor.amr.every((method) => onlySms.has(method)))
    throw new Problem('auth/confirmation-required', { alternatives: ['password', 'passkey', 'totp'] })
  return sendCode(ctx, { purpose: 'change-phone', phone, accountId: actor.accountId, client, locale })
}

async function putPhone(ctx: AppContext, tx: Tx, { actor, client, phone }: Owner & { phone: string }): Promise<void> {
  const account = await lockAccount(tx, actor.accountId)
  if (!account?.dataKey) throw new Problem('auth/required')
  const now = ctx.clock.now()
  const { id, dataKey } = account
  const before = openPerson(ctx.sealer, account).phone
  await updateAccount(tx, id, { ...sealPerson(ctx.sealer, { id, dataKey }, { phone }), phoneVerifiedAt: now }, now)
  if (before === phone) return
  await tellOfChange(ctx, tx, { account, before: { change: 'phone', phone: before } })
  const { sessionId } = actor
  await revokeSessions(ctx, tx, {
    accountId: id,
    reason: 'phone-changed',
    exceptSessionId: sessionId,
    by: actor,
    client,
  })
  await enqueue(tx, { task: claimOrdersTask, payload: { accountId: id }, key: `claim:${id}` })
  await recordAudit(ctx, tx, {
    action: 'auth.phone-changed',
    result: 'ok',
    actor,
    client,
    object: { type: 'account', id },
    details: { hadPhone: before !== null },
  })
}

/** The new number's code makes it the account's: the old one is told, other sessions end. Throws `account/contact-taken` when it is another's. */
export async function confirmPhoneChange(
  ctx: AppContext,
  owner: Owner & { challengeId: string; code: string },
): Promise<CustomerView> {
  const { actor, client, challengeId, code } = owner
  const { accountId } = actor
  const { phone } = await checkCode(ctx, { challengeId, code, purpose: 'change-phone', accountId, client })
  try {
    await inTransaction(ctx.db, (tx) => putPhone(ctx, tx, { actor, client, phone }))
  } catch (error) {
    if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new Problem('account/contact-taken', { cause: error })
    throw error
  }
  return viewCustomer(ctx, accountId)
}
