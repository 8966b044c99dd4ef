import type { DbOrTx } from '../../platform/db/database.ts'

/** Takes every way of proving who they are from somebody: password, passkeys, authenticator app, recovery codes. */
export async function forgetFactors(db: DbOrTx, accountId: string): Promise<void> {
  for (const table of ['passwords', 'passkeys', 'totpSecrets', 'recoveryCodes', 'authChallenges'] as const)
    await db.deleteFrom(table).where('accountId', '=', accountId).execute()
}
