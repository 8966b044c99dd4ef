import type { AppContext } from '../../context.ts'
import { inTransaction } from '../../platform/db/database.ts'
import type { Tx } from '../../platform/db/database.ts'
import { createAccount, emailIndexOf, sealPerson } from './accounts.ts'
import { findAccount, updateAccount } from './accounts.sql.ts'
import { newTotpSecret } from './factors/totp-codes.ts'
import { plantTotp } from './factors/totp.ts'
import { hashSecret } from './passwords/hashing.ts'
import { putPassword } from './passwords/passwords.sql.ts'

export { newTotpSecret }

/** A staff member whose secrets are known beforehand. */
export interface KnownStaff {
  email: string
  name: string
  password: string
  /** 160 bits in base32; works at once. */
  totpSecret: string
}

/**
 * Makes the account, or gives the one of that address these secrets, and lets `then` give it its roles in the same transaction.
 * For demo shops: nobody else's secrets are known to anybody but them.
 */
export async function provisionStaff(
  ctx: AppContext,
  staff: KnownStaff,
  then: (tx: Tx, accountId: string) => Promise<void>,
): Promise<void> {
  const { email, name, password, totpSecret } = staff
  const hash = await hashSecret(ctx, password) // before the transaction: it takes its time
  await inTransaction(ctx.db, async (tx) => {
    const account =
      (await findAccount(tx, { kind: 'staff', emailIndex: emailIndexOf(ctx.sealer, email) })) ??
      (await createAccount(ctx, tx, { kind: 'staff', status: 'active', locale: 'en', email }))
    if (!account?.dataKey) throw new Error(`${email}: another start makes this account just now`)
    const { id, dataKey } = account
    const now = ctx.clock.now()
    await updateAccount(tx, id, { status: 'active', ...sealPerson(ctx.sealer, { id, dataKey }, { name }) }, now)
    await putPassword(tx, { accountId: id, hash, now })
    await plantTotp(ctx, tx, { account, secret: totpSecret })
    await then(tx, id)
  })
}
