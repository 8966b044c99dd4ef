import type { DbOrTx } from '../../../platform/db/database.ts'

/** Which ways of proving who they are an account has. */
export interface Factors {
  hasPassword: boolean
  hasTotp: boolean
  passkeyCount: number
  recoveryCodesLeft: number
}

const none: Factors = { hasPassword: false, hasTotp: false, passkeyCount: 0, recoveryCodesLeft: 0 }

export async function findFactors(db: DbOrTx, accountId: string): Promise<Factors> {
  const row = await db
    .selectFrom('accounts')
    .where('accounts.id', '=', accountId)
    .select((eb) => [
      eb
        .exists(
          eb.selectFrom('passwords').select('passwords.accountId').whereRef('passwords.accountId', '=', 'accounts.id'),
        )
        .as('hasPassword'),
      eb
        .exists(
          eb
            .selectFrom('totpSecrets')
            .select('totpSecrets.accountId')
            .whereRef('totpSecrets.accountId', '=', 'accounts.id')
            .where('confirmedAt', 'is not', null),
        )
        .as('hasTotp'),
      eb
        .selectFrom('passkeys')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('passkeys.accountId', '=', 'accounts.id')
        .as('passkeyCount'),
      eb
        .selectFrom('recoveryCodes')
        .select((count) => count.fn.countAll<number>().as('count'))
        .whereRef('recoveryCodes.accountId', '=', 'accounts.id')
        .where('usedAt', 'is', null)
        .as('recoveryCodesLeft'),
    ])
    .executeTakeFirst()
  if (!row) return none
  return {
    hasPassword: Boolean(row.hasPassword),
    hasTotp: Boolean(row.hasTotp),
    passkeyCount: row.passkeyCount ?? 0,
    recoveryCodesLeft: row.recoveryCodesLeft ?? 0,
  }
}
