import type { SignInResult } from '@dhow/contracts/auth.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { AppContext } from '../../../context.ts'
import { anonymous } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { recordAudit } from '../../audit/audit.ts'
import { createAccount } from '../accounts.ts'
import { finishSignIn } from '../factors/second-step.ts'
import type { FirstFactor } from '../factors/second-step.ts'
import { useLink } from '../links.ts'
import { claimOrdersTask } from '../profile.ts'
import { requireUncommonPassword } from './check-new-password.ts'
import { hashSecret } from './hashing.ts'
import { Registration, requestLinkMail } from './link-mail.ts'
import { putPassword } from './passwords.sql.ts'

export interface SignUp {
  email: string
  /** NFC, of the length it must have. */
  password: string
  name: string
  locale: Locale
}

/**
 * Begins an account, or tells the owner of one that somebody tried: by mail, so that whoever asks learns nothing. The password is
 * hashed in both cases. Throws `request/invalid` for a common password, `auth/busy`.
 */
export async function register(ctx: AppContext, { email, password, name, locale }: SignUp): Promise<void> {
  await requireUncommonPassword(ctx, { password, person: { email, name } })
  const hash = await hashSecret(ctx, password)
  await requestLinkMail(ctx, { purpose: 'register', email, data: { email, name, hash, locale } })
}

export interface Confirmation {
  token: string
  client: ClientFacts
  deviceKey?: FirstFactor['deviceKey']
}

/** The mailed link was used: the address is theirs and the account begins. Throws `auth/link-invalid`, also once it has an account. */
export function confirmRegistration(
  ctx: AppContext,
  { token, client, deviceKey }: Confirmation,
): Promise<SignInResult> {
  return inTransaction(ctx.db, async (tx) => {
    const link = await useLink(ctx, tx, { purpose: 'register', token })
    if (!link) throw new Problem('auth/link-invalid')
    const { email, name, hash, locale } = Registration.parse(link.data)
    const account = await createAccount(ctx, tx, { kind: 'customer', status: 'active', locale, name, email })
    if (!account) throw new Problem('auth/link-invalid')
    await putPassword(tx, { accountId: account.id, hash, now: ctx.clock.now() })
    await enqueue(tx, { task: claimOrdersTask, payload: { accountId: account.id } })
    await recordAudit(ctx, tx, {
      action: 'auth.registered',
      result: 'ok',
      actor: anonymous,
      client,
      object: { type: 'account', id: account.id },
    })
    return finishSignIn(ctx, tx, { account, client, amr: ['email'], deviceKey, isNewCustomer: true })
  })
}
