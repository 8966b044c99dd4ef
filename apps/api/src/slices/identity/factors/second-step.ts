import type { FactorKind, SignInResult } from '@dhow/contracts/auth.ts'
import type { DeviceKey } from '@dhow/contracts/auth.ts'
import type { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import type { Audience } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import type { DbOrTx, Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { newId } from '../../../platform/ids.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { openSession } from '../tokens/sessions.ts'
import { insertChallenge } from './challenges.sql.ts'
import { findFactors } from './factors.sql.ts'
import type { Factors } from './factors.sql.ts'

/** How long a second step may take: time to find the phone. */
const SECOND_STEP_SECONDS = 600

/** What the second step is asked of: the account, what was proven, and the passkey that proved it. */
export interface FirstStep {
  account: Pick<AccountRow, 'id'>
  audience: Audience
  client: ClientFacts
  amr: readonly string[]
  passkeyId?: string
}

/** Which factors may be the second, given the first. A passkey that was the first is none of them. */
export function secondMethods(factors: Factors, firstWasPasskey: boolean): FactorKind[] {
  const methods: FactorKind[] = []
  if (factors.passkeyCount > (firstWasPasskey ? 1 : 0)) methods.push('passkey')
  if (factors.hasTotp) methods.push('totp')
  if (factors.recoveryCodesLeft > 0) methods.push('recovery-code')
  return methods
}

export interface SecondStep {
  kind: 'second-factor'
  challengeId: string
  methods: FactorKind[]
  expiresAt: string
}

/** Notes what has been proven; `giveSecondFactor` goes on from there. */
export async function askSecondFactor(
  ctx: Pick<AppContext, 'clock'>,
  tx: DbOrTx,
  { account, audience, client, amr, passkeyId, methods }: FirstStep & { methods: FactorKind[] },
): Promise<SecondStep> {
  const id = newId()
  const now = ctx.clock.now()
  const expiresAt = new Date(now.getTime() + SECOND_STEP_SECONDS * 1000)
  await insertChallenge(tx, {
    id,
    purpose: 'second-factor',
    audience,
    accountId: account.id,
    sessionId: null,
    challenge: null,
    passkeyId: passkeyId ?? null,
    amr: [...amr],
    deviceId: client.deviceId ?? null,
    createdAt: now,
    expiresAt,
  })
  return { kind: 'second-factor', challengeId: id, methods, expiresAt: expiresAt.toISOString() }
}

export interface FirstFactor {
  account: AccountRow
  client: ClientFacts
  /** What was proven: `sms`, `pwd`, `email`. */
  amr: readonly string[]
  deviceKey?: z.infer<typeof DeviceKey> | undefined
  isNewCustomer: boolean
}

/**
 * The one way a customer's first factor ends: in a session, or, where the account has set up an authenticator app, in the
 * question for a second factor. Throws `auth/invalid-credentials` for an account that is disabled, or not a customer's.
 */
export async function finishSignIn(ctx: AppContext, tx: Tx, first: FirstFactor): Promise<SignInResult> {
  const { account, client, amr, deviceKey, isNewCustomer } = first
  if (account.kind !== 'customer' || account.status !== 'active') throw new Problem('auth/invalid-credentials')
  const audience = 'shop-api'
  const factors = await findFactors(tx, account.id)
  if (factors.hasTotp)
    return askSecondFactor(ctx, tx, { account, audience, client, amr, methods: secondMethods(factors, false) })
  const tokens = await openSession(ctx, tx, {
    accountId: account.id,
    audience,
    client,
    amr: [...amr],
    secondFactorAt: null,
    ...(deviceKey ? { deviceKey } : {}),
  })
  return { kind: 'signed-in', tokens, isNewCustomer }
}
