import type { AppContext } from '../../../context.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import type { Actor, CustomerActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import { findAccount, lockAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { openPerson } from '../accounts.ts'
import { endLinks } from '../links.sql.ts'
import { peekLink, useLink } from '../links.ts'
import { tellOfChange } from '../tell-of-change.ts'
import { revokeSessions } from '../tokens/sessions.ts'
import { requireUncommonPassword } from './check-new-password.ts'
import { checkPassword } from './check-password.ts'
import { hashSecret } from './hashing.ts'
import { findPasswordHash, putPassword } from './passwords.sql.ts'

interface Change {
  accountId: string
  hash: string
  actor: Actor
  client: ClientFacts
  reason: 'changed' | 'reset'
  /** The session it was changed in goes on; after a reset none does. */
  exceptSessionId?: string
}

/** Puts the new password in place, and does what follows: old links and other sessions end, the owner is told, the log has it. */
async function replacePassword(ctx: AppContext, tx: Tx, account: AccountRow, change: Change): Promise<void> {
  const { accountId, hash, actor, client, reason, exceptSessionId } = change
  const now = ctx.clock.now()
  const before = (await findPasswordHash(tx, accountId)) ?? null
  await putPassword(tx, { accountId, hash, now })
  await endLinks(tx, { accountId, purpose: 'reset-password' }, now)
  await tellOfChange(ctx, tx, { account, before: { change: 'password', hash: before } })
  await revokeSessions(ctx, tx, {
    accountId,
    reason: 'password-changed',
    by: actor,
    client,
    ...(exceptSessionId === undefined ? {} : { exceptSessionId }),
  })
  await recordAudit(ctx, tx, {
    action: 'auth.password-changed',
    result: 'ok',
    actor,
    client,
    object: { type: 'account', id: accountId },
    reason,
    details: { isFirst: before === null },
  })
}

export interface PasswordWish {
  currentPassword?: string | undefined
  newPassword: string
  actor: CustomerActor
  client: ClientFacts
}

/**
 * The first password of an account, or another one, for which the current one is asked (AU-4). Throws `request/invalid` when that
 * is missing or the new one is common, `auth/invalid-credentials`, `auth/busy`.
 */
export async function setPassword(ctx: AppContext, wish: PasswordWish): Promise<void> {
  const { currentPassword, newPassword, actor, client } = wish
  const { accountId, sessionId } = actor
  const account = await findAccount(ctx.db, { id: accountId })
  if (!account) throw new Problem('auth/required')
  const known = await findPasswordHash(ctx.db, accountId)
  if (known !== undefined && currentPassword === undefined)
    throw new Problem('request/invalid', { errors: [{ pointer: '/currentPassword', code: 'required' }] })
  const person = openPerson(ctx.sealer, account)
  await requireUncommonPassword(ctx, { password: newPassword, person, pointer: '/newPassword' })
  if (known !== undefined) await checkPassword(ctx, { account, typed: currentPassword ?? '', client })
  const hash = await hashSecret(ctx, newPassword)
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockAccount(tx, accountId)
    if (!locked) throw new Problem('auth/required')
    // One set meanwhile was not the one that was proven.
    if (known === undefined && (await findPasswordHash(tx, accountId)) !== undefined)
      throw new Problem('auth/invalid-credentials')
    await replacePassword(ctx, tx, locked, {
      accountId,
      hash,
      actor,
      client,
      reason: 'changed',
      exceptSessionId: sessionId,
    })
  })
}

/**
 * A new password by the mailed link. Every session ends and none begins, so a second factor is asked at the next sign-in as
 * before (AU-5). A password that is refused leaves the link as it was. Throws `auth/link-invalid`, `request/invalid`, `auth/busy`.
 */
export async function resetPassword(
  ctx: AppContext,
  reset: { token: string; password: string; client: ClientFacts },
): Promise<void> {
  const { token, password, client } = reset
  const purpose = 'reset-password'
  const link = await peekLink(ctx, { purpose, token })
  const account = link?.accountId ? await findAccount(ctx.db, { id: link.accountId }) : undefined
  if (account?.status !== 'active') throw new Problem('auth/link-invalid')
  await requireUncommonPassword(ctx, { password, person: openPerson(ctx.sealer, account) })
  const hash = await hashSecret(ctx, password)
  await inTransaction(ctx.db, async (tx) => {
    const locked = await lockAccount(tx, account.id)
    if (locked?.status !== 'active' || !(await useLink(ctx, tx, { purpose, token })))
      throw new Problem('auth/link-invalid')
    await replacePassword(ctx, tx, locked, { accountId: account.id, hash, actor: anonymous, client, reason: 'reset' })
  })
}
