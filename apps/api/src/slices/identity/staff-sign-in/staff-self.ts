import { permissions } from '@dhow/contracts/permissions.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { StaffSelf } from '@dhow/contracts/staff-auth.ts'
import type { AppContext } from '../../../context.ts'
import type { StaffActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import { openPerson, sealPerson } from '../accounts.ts'
import { findAccount, lockAccount, updateAccount } from '../accounts.sql.ts'
import { findFactors } from '../factors/factors.sql.ts'
import { requireUncommonPassword } from '../passwords/check-new-password.ts'
import { checkPassword } from '../passwords/check-password.ts'
import { hashSecret } from '../passwords/hashing.ts'
import { findPasswordHash, putPassword } from '../passwords/passwords.sql.ts'
import { tellOfChange } from '../tell-of-change.ts'
import { findSessionActor } from '../tokens/sessions.sql.ts'
import { revokeSessions } from '../tokens/sessions.ts'
import { listRoleNames } from './staff-roles.sql.ts'

/** Who is signed in, what they may do, and until when. */
export async function viewStaffSelf(ctx: AppContext, actor: StaffActor): Promise<StaffSelf> {
  const { accountId, sessionId, secondFactorAt, limits } = actor
  const account = await findAccount(ctx.db, { id: accountId })
  const session = await findSessionActor(ctx.db, sessionId)
  if (!account || !session || !secondFactorAt) throw new Problem('auth/required')
  const { name, email } = openPerson(ctx.sealer, account)
  return {
    id: accountId,
    name: name ?? '',
    email: email ?? '',
    locale: account.locale,
    roles: await listRoleNames(ctx.db, accountId),
    permissions: permissions.filter((permission) => actor.permissions.has(permission)),
    limits,
    ...(await findFactors(ctx.db, accountId)),
    session: {
      id: sessionId,
      secondFactorAt: secondFactorAt.toISOString(),
      expiresAt: session.idleExpiresAt.toISOString(),
    },
  }
}

export async function changeStaffSelf(
  ctx: AppContext,
  actor: StaffActor,
  { name, locale }: { name?: string | undefined; locale?: Locale | undefined },
): Promise<StaffSelf> {
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, actor.accountId)
    if (!account?.dataKey) throw new Problem('auth/required')
    const { id, dataKey } = account
    const named = name === undefined ? {} : sealPerson(ctx.sealer, { id, dataKey }, { name })
    await updateAccount(tx, id, { ...named, ...(locale ? { locale } : {}) }, ctx.clock.now())
  })
  return viewStaffSelf(ctx, actor)
}

export interface PasswordChange {
  actor: StaffActor
  client: ClientFacts
  currentPassword: string
  newPassword: string
}

/** Other sessions end, and the owner is told. Throws `auth/invalid-credentials`, `request/invalid`, `auth/busy`. */
export async function changeStaffPassword(ctx: AppContext, change: PasswordChange): Promise<void> {
  const { actor, client, currentPassword, newPassword } = change
  const { accountId, sessionId: exceptSessionId } = actor
  const known = await findAccount(ctx.db, { id: accountId })
  await checkPassword(ctx, { account: known, typed: currentPassword, client })
  if (!known) throw new Problem('auth/required')
  const person = openPerson(ctx.sealer, known)
  await requireUncommonPassword(ctx, { password: newPassword, person, pointer: '/newPassword' })
  const hash = await hashSecret(ctx, newPassword) // before the transaction: it takes its time
  await inTransaction(ctx.db, async (tx) => {
    const account = await lockAccount(tx, accountId)
    if (account?.status !== 'active') throw new Problem('auth/required')
    const before = (await findPasswordHash(tx, accountId)) ?? null
    await putPassword(tx, { accountId, hash, now: ctx.clock.now() })
    await tellOfChange(ctx, tx, { account, before: { change: 'password', hash: before } })
    await revokeSessions(ctx, tx, { accountId, exceptSessionId, reason: 'password-changed', by: actor, client })
    const object = { type: 'account', id: accountId }
    await recordAudit(ctx, tx, { action: 'auth.password-changed', result: 'ok', actor, client, object })
  })
}
