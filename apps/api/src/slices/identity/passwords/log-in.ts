import type { SignInResult } from '@dhow/contracts/auth.ts'
import type { AppContext } from '../../../context.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import { findAccount } from '../accounts.sql.ts'
import { emailIndexOf } from '../accounts.ts'
import { finishSignIn } from '../factors/second-step.ts'
import type { FirstFactor } from '../factors/second-step.ts'
import { checkPassword } from './check-password.ts'
import { recordSuccess } from './lockout.ts'

export interface Login {
  email: string
  password: string
  client: ClientFacts
  deviceKey?: FirstFactor['deviceKey']
}

/** A customer's sign-in by password. Throws `auth/invalid-credentials` alike for wrong, unknown, locked and disabled; `auth/busy`. */
export async function logIn(ctx: AppContext, { email, password, client, deviceKey }: Login): Promise<SignInResult> {
  const emailIndex = emailIndexOf(ctx.sealer, email)
  const account = await findAccount(ctx.db, { kind: 'customer', emailIndex })
  await checkPassword(ctx, { account, typed: password, client })
  // What checkPassword let pass is an account.
  if (!account) throw new Error('a password is right, and nobody has it')
  return inTransaction(ctx.db, async (tx) => {
    const result = await finishSignIn(ctx, tx, { account, client, amr: ['pwd'], deviceKey, isNewCustomer: false })
    if (result.kind === 'signed-in') await recordSuccess(ctx, tx, account.id)
    return result
  })
}
