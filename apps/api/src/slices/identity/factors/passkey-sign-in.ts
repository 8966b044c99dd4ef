import type { DeviceKey, SignedIn } from '@dhow/contracts/auth.ts'
import type { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import type { Audience } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { findAccount } from '../accounts.sql.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { recordSuccess, reportRefusal } from '../passwords/lockout.ts'
import { openSession } from '../tokens/sessions.ts'
import { takeCeremony } from './ceremonies.ts'
import { checkPasskey } from './check-passkey.ts'

export interface PasskeySignIn {
  audience: Audience
  ceremonyId: string
  response: unknown
  client: ClientFacts
}

const kindOf = { 'shop-api': 'customer', 'admin-api': 'staff' } as const

/**
 * Says who somebody is by a passkey alone, and does `work` in the transaction that notes its use. No lock-out: a signature
 * cannot be guessed, and nobody should be shut out by somebody else's guesses. Throws `auth/challenge-invalid`,
 * `auth/passkey-invalid`.
 */
export async function identifyByPasskey<T>(
  ctx: AppContext,
  given: PasskeySignIn,
  work: (tx: Tx, found: { account: AccountRow; passkeyId: string; amr: string }) => Promise<T>,
): Promise<T> {
  const { audience, ceremonyId, client } = given
  const ceremony = await takeCeremony(ctx, ctx.db, { ceremonyId, purpose: 'passkey-sign-in', audience })
  const proof = await checkPasskey(ctx, ceremony, given)
  const account = proof && (await findAccount(ctx.db, { id: proof.accountId }))
  const mayEnter = account?.kind === kindOf[audience] && account.status === 'active'
  if (proof && account && mayEnter) {
    const done = await inTransaction(ctx.db, async (tx) =>
      (await proof.use(tx)) ? { result: await work(tx, { account, ...proof }) } : undefined,
    )
    if (done) return done.result
  }
  const reason = account && !mayEnter ? 'disabled' : 'wrong'
  await reportRefusal(ctx, { accountId: proof?.accountId, client, factor: 'passkey', reason })
  throw new Problem('auth/passkey-invalid')
}

/** A customer's sign-in: the authenticator has verified the person, so having it and being them are two factors already. */
export function signInWithPasskey(
  ctx: AppContext,
  given: Omit<PasskeySignIn, 'audience'> & { deviceKey?: z.infer<typeof DeviceKey> | undefined },
): Promise<SignedIn> {
  const audience = 'shop-api'
  return identifyByPasskey(ctx, { ...given, audience }, async (tx, { account, amr }) => {
    await recordSuccess(ctx, tx, account.id)
    const tokens = await openSession(ctx, tx, {
      accountId: account.id,
      audience,
      client: given.client,
      amr: [amr],
      secondFactorAt: ctx.clock.now(),
      deviceKey: given.deviceKey,
    })
    return { kind: 'signed-in', tokens, isNewCustomer: false }
  })
}
