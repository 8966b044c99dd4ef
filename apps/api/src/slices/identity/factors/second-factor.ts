import type { FactorProof, SignedIn } from '@dhow/contracts/auth.ts'
import type { DeviceKey, Tokens } from '@dhow/contracts/auth.ts'
import type { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import type { Audience } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { findAccount } from '../accounts.sql.ts'
import { openSession } from '../tokens/sessions.ts'
import { takeChallenge, takeTry } from './challenges.sql.ts'
import { withFactor } from './prove-factor.ts'

/** Wrong factors a first step may be followed by; then it is over. */
const MAX_TRIES = 5

export interface SecondFactor {
  audience: Audience
  challengeId: string
  proof: FactorProof
  client: ClientFacts
  deviceKey?: z.infer<typeof DeviceKey> | undefined
}

/**
 * The second step of signing in, of customers and staff alike: a session with both factors. Throws `auth/challenge-invalid`
 * when the first step is used, too old, or had five wrong tries; and as `withFactor`.
 */
export async function finishSecondStep(ctx: AppContext, given: SecondFactor): Promise<Tokens> {
  const { audience, challengeId, proof, client, deviceKey } = given
  const now = ctx.clock.now()
  const wanted = { id: challengeId, purpose: 'second-factor', audience, now } as const
  const challenge = await takeTry(ctx.db, { ...wanted, maxTries: MAX_TRIES })
  const account = challenge?.accountId ? await findAccount(ctx.db, { id: challenge.accountId }) : undefined
  if (!challenge || account?.status !== 'active') throw new Problem('auth/challenge-invalid')
  const step = { account, audience, client, proof, exceptPasskeyId: challenge.passkeyId }
  return withFactor(ctx, { ...step, ceremony: { purpose: 'passkey-second-factor' } }, async (tx, amr) => {
    if (!(await takeChallenge(tx, wanted))) throw new Problem('auth/challenge-invalid')
    return openSession(ctx, tx, {
      accountId: account.id,
      audience,
      client,
      amr: [...challenge.amr, amr],
      secondFactorAt: now,
      deviceKey,
    })
  })
}

/** A customer's: see {@link finishSecondStep}. */
export async function giveSecondFactor(ctx: AppContext, given: Omit<SecondFactor, 'audience'>): Promise<SignedIn> {
  const tokens = await finishSecondStep(ctx, { ...given, audience: 'shop-api' })
  return { kind: 'signed-in', tokens, isNewCustomer: false }
}
