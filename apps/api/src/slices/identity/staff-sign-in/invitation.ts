import type { Tokens } from '@dhow/contracts/auth.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../../context.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import { openPerson, sealPerson } from '../accounts.ts'
import { findAccount, lockAccount, updateAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { peekLink, useLink } from '../links.ts'
import { requireUncommonPassword } from '../passwords/check-new-password.ts'
import { hashSecret } from '../passwords/hashing.ts'
import { putPassword } from '../passwords/passwords.sql.ts'
import { openSession } from '../tokens/sessions.ts'

const purpose = 'staff-invite'

/** Only for somebody who waits to come: whoever is disabled meanwhile, or has come, cannot use an old link. */
const isInvited = (account: AccountRow | undefined): account is AccountRow =>
  account?.kind === 'staff' && account.status === 'invited'

async function findInvitation(ctx: AppContext, token: string): Promise<{ account: AccountRow; expiresAt: Date }> {
  const link = await peekLink(ctx, { purpose, token })
  const account = link?.accountId ? await findAccount(ctx.db, { id: link.accountId }) : undefined
  if (!link || !isInvited(account)) throw new Problem('auth/link-invalid')
  return { account, expiresAt: link.expiresAt }
}

export async function lookUpInvite(ctx: AppContext, token: string): Promise<{ email: string; expiresAt: string }> {
  const { account, expiresAt } = await findInvitation(ctx, token)
  return { email: openPerson(ctx.sealer, account).email ?? '', expiresAt: expiresAt.toISOString() }
}

export interface Acceptance {
  token: string
  name: string
  password: string
  locale: Locale
  client: ClientFacts
}

/**
 * Begins a staff member's account: name and password are theirs, and the session can do nothing but enrol a second factor.
 * Throws `auth/link-invalid`, `request/invalid` (`password-common`), `auth/busy`.
 */
export async function acceptInvite(ctx: AppContext, acceptance: Acceptance): Promise<Tokens> {
  const { token, name, password, locale, client } = acceptance
  const invitation = await findInvitation(ctx, token)
  const { email, phone } = openPerson(ctx.sealer, invitation.account)
  await requireUncommonPassword(ctx, { password, person: { name, email, phone } })
  const hash = await hashSecret(ctx, password) // before the transaction: it takes its time
  return inTransaction(ctx.db, async (tx) => {
    const link = await useLink(ctx, tx, { purpose, token })
    const account = link?.accountId ? await lockAccount(tx, link.accountId) : undefined
    if (!isInvited(account) || !account.dataKey) throw new Problem('auth/link-invalid')
    const { id, dataKey } = account
    const now = ctx.clock.now()
    const own = sealPerson(ctx.sealer, { id, dataKey }, { name })
    await updateAccount(tx, id, { ...own, status: 'active', locale, emailVerifiedAt: now }, now)
    await putPassword(tx, { accountId: id, hash, now })
    const tokens = await openSession(ctx, tx, {
      accountId: id,
      audience: 'admin-api',
      client,
      amr: ['pwd'],
      secondFactorAt: null,
    })
    await recordAudit(ctx, tx, {
      action: 'staff.invitation-accepted',
      result: 'ok',
      actor: anonymous,
      client,
      object: { type: 'staff', id },
    })
    return tokens
  })
}
