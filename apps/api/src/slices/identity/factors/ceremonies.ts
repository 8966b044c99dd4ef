import type { AppContext } from '../../../context.ts'
import type { Audience } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import type { DbOrTx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { newId } from '../../../platform/ids.ts'
import { findAccount } from '../accounts.sql.ts'
import { openPerson } from '../accounts.ts'
import { findChallenge, insertChallenge, takeChallenge } from './challenges.sql.ts'
import type { ChallengePurpose, ChallengeRow } from './challenges.sql.ts'
import { listPasskeysOf } from './passkeys.sql.ts'
import { assertionOptions, CEREMONY_SECONDS, registrationOptions } from './webauthn.ts'

/** A dialog of the browser under way: its challenge works once, for five minutes, for what it was begun for. */
interface Ceremony {
  ceremonyId: string
  options: { challenge: string }
  expiresAt: string
}

interface Wish {
  purpose: Exclude<ChallengePurpose, 'second-factor'>
  audience: Audience
  client: ClientFacts
  accountId?: string
  sessionId?: string
}

async function begin(ctx: AppContext, wish: Wish, options: { challenge: string }): Promise<Ceremony> {
  const { purpose, audience, client, accountId = null, sessionId = null } = wish
  const id = newId()
  const now = ctx.clock.now()
  const expiresAt = new Date(now.getTime() + CEREMONY_SECONDS * 1000)
  await insertChallenge(ctx.db, {
    id,
    purpose,
    audience,
    accountId,
    sessionId,
    challenge: options.challenge,
    passkeyId: null,
    amr: [],
    deviceId: client.deviceId ?? null,
    createdAt: now,
    expiresAt,
  })
  return { ceremonyId: id, options, expiresAt: expiresAt.toISOString() }
}

interface Signed {
  audience: Audience
  client: ClientFacts
}

interface Known extends Signed {
  accountId: string
  sessionId: string
}

/** Making a passkey, in a session that may. */
export async function beginMaking(ctx: AppContext, { accountId, sessionId, ...signed }: Known): Promise<Ceremony> {
  const account = await findAccount(ctx.db, { id: accountId })
  if (!account) throw new Problem('auth/required')
  const { name, email, phone } = openPerson(ctx.sealer, account)
  const label = email ?? phone ?? name ?? accountId
  const options = await registrationOptions(ctx, {
    audience: signed.audience,
    accountId,
    label,
    name: name ?? label,
    has: await listPasskeysOf(ctx.db, accountId),
  })
  return begin(ctx, { ...signed, purpose: 'passkey-enrol', accountId, sessionId }, options)
}

/** Using one to prove again who is asking. Throws `auth/factor-not-found` when there is none. */
export async function beginConfirming(ctx: AppContext, { accountId, sessionId, ...signed }: Known): Promise<Ceremony> {
  const allowed = await listPasskeysOf(ctx.db, accountId)
  if (allowed.length === 0) throw new Problem('auth/factor-not-found')
  const options = await assertionOptions(ctx, { audience: signed.audience, allowed })
  return begin(ctx, { ...signed, purpose: 'passkey-confirm', accountId, sessionId }, options)
}

/**
 * Signing in: by whatever passkey the authenticator offers, or, with the challenge of a first step, by one of that account
 * that was not the first step itself. Throws `auth/challenge-invalid`.
 */
export async function beginSigningIn(
  ctx: AppContext,
  { challengeId, ...signed }: Signed & { challengeId?: string | undefined },
): Promise<Ceremony> {
  const { audience } = signed
  if (challengeId === undefined)
    return begin(ctx, { ...signed, purpose: 'passkey-sign-in' }, await assertionOptions(ctx, { audience }))
  const wanted = { id: challengeId, purpose: 'second-factor', audience, now: ctx.clock.now() } as const
  const challenge = await findChallenge(ctx.db, wanted)
  if (!challenge?.accountId) throw new Problem('auth/challenge-invalid')
  const passkeys = await listPasskeysOf(ctx.db, challenge.accountId)
  const allowed = passkeys.filter((passkey) => passkey.id !== challenge.passkeyId)
  if (allowed.length === 0) throw new Problem('auth/challenge-invalid')
  const options = await assertionOptions(ctx, { audience, allowed })
  return begin(ctx, { ...signed, purpose: 'passkey-second-factor', accountId: challenge.accountId }, options)
}

export interface TakenCeremony extends ChallengeRow {
  challenge: string
}

/** Uses a ceremony up, whatever comes of it. Throws `auth/challenge-invalid` when it is used, too old, or another's. */
export async function takeCeremony(
  ctx: AppContext,
  db: DbOrTx,
  wish: Pick<Wish, 'purpose' | 'audience' | 'accountId' | 'sessionId'> & { ceremonyId: string },
): Promise<TakenCeremony> {
  const { ceremonyId: id, purpose, audience, accountId = null, sessionId = null } = wish
  const row = await takeChallenge(db, { id, purpose, audience, now: ctx.clock.now() })
  if (!row?.challenge || row.accountId !== accountId || row.sessionId !== sessionId)
    throw new Problem('auth/challenge-invalid')
  return { ...row, challenge: row.challenge }
}
