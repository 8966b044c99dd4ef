import type { AppContext } from '../../../context.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { assertNever } from '../../../platform/assert.ts'
import { inTransaction, sqlStateOf } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import { lockAccount, updateAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { sealPerson } from '../accounts.ts'
import { restoreFactors } from '../factors/factor-snapshot.ts'
import { endLinksAfter } from '../links.sql.ts'
import { useLink } from '../links.ts'
import { BeforeChange } from '../tell-of-change.ts'
import { revokeSessions } from '../tokens/sessions.ts'
import { deletePassword, putPassword } from './passwords.sql.ts'

const UNIQUE_VIOLATION = '23505'

async function restorePhone(ctx: AppContext, tx: Tx, { id, dataKey }: AccountRow, phone: string | null): Promise<void> {
  const now = ctx.clock.now()
  if (phone === null || !dataKey)
    return updateAccount(tx, id, { phoneSealed: null, phoneIndex: null, phoneVerifiedAt: null }, now)
  await updateAccount(tx, id, { ...sealPerson(ctx.sealer, { id, dataKey }, { phone }), phoneVerifiedAt: now }, now)
}

async function restoreEmail(ctx: AppContext, tx: Tx, { id, dataKey }: AccountRow, email: string | null): Promise<void> {
  const now = ctx.clock.now()
  if (email === null || !dataKey)
    return updateAccount(tx, id, { emailSealed: null, emailIndex: null, emailVerifiedAt: null }, now)
  await updateAccount(tx, id, { ...sealPerson(ctx.sealer, { id, dataKey }, { email }), emailVerifiedAt: now }, now)
}

async function restorePassword(ctx: AppContext, tx: Tx, accountId: string, hash: string | null): Promise<void> {
  if (hash === null) await deletePassword(tx, accountId)
  else await putPassword(tx, { accountId, hash, now: ctx.clock.now() })
}

async function restore(ctx: AppContext, tx: Tx, account: AccountRow, before: BeforeChange): Promise<void> {
  switch (before.change) {
    case 'phone':
      return restorePhone(ctx, tx, account, before.phone)
    case 'email':
      return restoreEmail(ctx, tx, account, before.email)
    case 'password':
      return restorePassword(ctx, tx, account.id, before.hash)
    case 'second-factor':
      return restoreFactors(tx, { accountId: account.id, before: before.before })
    default:
      return assertNever(before)
  }
}

const actions = {
  phone: 'auth.phone-changed',
  email: 'auth.email-changed',
  password: 'auth.password-changed',
  'second-factor': 'auth.factor-removed',
} as const

async function undo(ctx: AppContext, tx: Tx, { token, client }: { token: string; client: ClientFacts }): Promise<void> {
  const link = await useLink(ctx, tx, { purpose: 'undo-change', token })
  const account = link?.accountId ? await lockAccount(tx, link.accountId) : undefined
  if (!link || !account) throw new Problem('auth/link-invalid')
  const before = BeforeChange.parse(link.data)
  const accountId = account.id
  await restore(ctx, tx, account, before)
  await endLinksAfter(tx, { id: link.id, accountId }, ctx.clock.now())
  await revokeSessions(ctx, tx, { accountId, reason: 'change-undone', by: anonymous, client })
  await recordAudit(ctx, tx, {
    action: actions[before.change],
    result: 'ok',
    actor: anonymous,
    client,
    object: { type: 'account', id: accountId },
    reason: 'undone',
  })
}

/**
 * Takes a change back by the link in its notice: what was before is in place again, whoever is signed in is not any more, and every
 * link made since the change is dead. Works for an account that was disabled meanwhile, which stays disabled. Throws
 * `auth/link-invalid`, also when the old phone or address is another account's by now.
 */
export async function undoChange(ctx: AppContext, wish: { token: string; client: ClientFacts }): Promise<void> {
  try {
    await inTransaction(ctx.db, (tx) => undo(ctx, tx, wish))
  } catch (error) {
    if (sqlStateOf(error) === UNIQUE_VIOLATION) throw new Problem('auth/link-invalid')
    throw error
  }
}
