import type { DeviceKey, SignInResult } from '@dhow/contracts/auth.ts'
import type { Locale } from '@dhow/contracts/primitives.ts'
import type { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { enqueue } from '../../../platform/jobs/enqueue.ts'
import { findAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { createAccount, phoneIndexOf } from '../accounts.ts'
import { finishSignIn } from '../factors/second-step.ts'
import { claimOrdersTask } from '../profile.ts'
import { checkCode } from './check-code.ts'

interface CodeSignIn {
  challengeId: string
  code: string
  deviceKey?: z.infer<typeof DeviceKey> | undefined
  client: ClientFacts
  /** Of the account, should it begin here. */
  locale: Locale
}

/** The number's account, or a new one: the first code of an unknown number is its sign-up. */
async function accountOf(ctx: AppContext, tx: Tx, owner: { phone: string; locale: Locale }) {
  const by = { kind: 'customer', phoneIndex: phoneIndexOf(ctx.sealer, owner.phone) } as const
  const known = await findAccount(tx, by)
  if (known) return { account: known, isNewCustomer: false }
  const made = await createAccount(ctx, tx, { kind: 'customer', status: 'active', ...owner })
  // Somebody was quicker with the same number.
  const account: AccountRow | undefined = made ?? (await findAccount(tx, by))
  if (!account) throw new Error('an account neither begins nor is there')
  return { account, isNewCustomer: made !== undefined }
}

/** Signs in, or up, by a code that was sent; what was ordered as a guest with this number is claimed. Throws as {@link checkCode}. */
export async function signInByCode(ctx: AppContext, wish: CodeSignIn): Promise<SignInResult> {
  const { challengeId, code, deviceKey, client, locale } = wish
  const { phone } = await checkCode(ctx, { challengeId, code, purpose: 'sign-in', client })
  return inTransaction(ctx.db, async (tx) => {
    const { account, isNewCustomer } = await accountOf(ctx, tx, { phone, locale })
    await enqueue(tx, { task: claimOrdersTask, payload: { accountId: account.id }, key: `claim:${account.id}` })
    return finishSignIn(ctx, tx, { account, client, amr: ['sms'], deviceKey, isNewCustomer })
  })
}
