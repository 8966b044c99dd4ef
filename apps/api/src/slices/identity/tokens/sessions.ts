import type { DeviceKey, Tokens } from '@dhow/contracts/auth.ts'
import type { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import type { Actor, Audience } from '../../../platform/auth/actor.ts'
import { announceAuthChange } from '../../../platform/auth/changes.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { authTags } from '../../../platform/auth/session-cache.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { newId } from '../../../platform/ids.ts'
import { recordAudit } from '../../audit/audit.ts'
import { updateAccount } from '../accounts.sql.ts'
import { clientLabel } from './client-label.ts'
import { thumbprintOf } from './device-proof.ts'
import { firstTokens } from './issue-tokens.ts'
import { tellOfNewDevice } from './new-device.ts'
import { absoluteEnd, idleEnd } from './session-life.ts'
import { endSessions, insertSession, lockSession } from './sessions.sql.ts'
import type { SessionRow } from './sessions.sql.ts'

export interface NewSession {
  accountId: string
  audience: Audience
  client: ClientFacts
  /** How they proved who they are (RFC 8176): `pwd`, `sms`, `otp`, `hwk`, `mfa` … */
  amr: readonly string[]
  /** Null until a second factor was given. */
  secondFactorAt: Date | null
  /** The app's: refreshing then needs a proof by it. */
  deviceKey?: z.infer<typeof DeviceKey> | undefined
}

const whereFrom = (client: ClientFacts) => ({
  client: clientLabel(client.userAgent),
  network: client.network,
  country: client.place?.country ?? null,
  city: client.place?.city ?? null,
  latitude: client.place?.latitude ?? null,
  longitude: client.place?.longitude ?? null,
})

export const actorOf = (session: SessionRow): Actor => {
  const { id: sessionId, accountId, authenticatedAt, secondFactorAt, amr } = session
  const known = { accountId, sessionId, authenticatedAt, amr }
  return session.audience === 'shop-api'
    ? { kind: 'customer', ...known }
    : { kind: 'staff', ...known, secondFactorAt, permissions: new Set(), limits: {} }
}

async function sessionFrom(ctx: AppContext, wish: NewSession): Promise<SessionRow> {
  const { accountId, audience, client, amr, secondFactorAt, deviceKey } = wish
  const now = ctx.clock.now()
  const thumbprint = deviceKey ? await thumbprintOf(deviceKey) : null
  return {
    id: newId(),
    accountId,
    audience,
    deviceId: client.deviceId ?? null,
    deviceKeyThumbprint: thumbprint,
    ...whereFrom(client),
    amr: [...amr],
    authenticatedAt: now,
    secondFactorAt,
    createdAt: now,
    lastSeenAt: now,
    idleExpiresAt: idleEnd(ctx.config, { audience, isBound: thumbprint !== null, now }),
    expiresAt: absoluteEnd(ctx.config, audience, now),
  }
}

/** Signs somebody in who has proven who they are: always a session of its own, never one that was there before (SE-4). */
export async function openSession(ctx: AppContext, tx: Tx, wish: NewSession): Promise<Tokens> {
  const session = await sessionFrom(ctx, wish)
  const novelty = await tellOfNewDevice(ctx, tx, session)
  await insertSession(tx, session)
  const tokens = await firstTokens(ctx, tx, session)
  await updateAccount(tx, session.accountId, { lastSignInAt: session.createdAt }, session.createdAt)
  await recordAudit(ctx, tx, {
    action: 'auth.sign-in',
    result: 'ok',
    actor: actorOf(session),
    client: wish.client,
    object: { type: 'session', id: session.id },
    details: { audience: session.audience, amr: session.amr, country: session.country, ...novelty },
  })
  return tokens
}

export interface SessionReplacement {
  sessionId: string
  client: ClientFacts
  /** What was proven now; what had been proven before stays. */
  amr: readonly string[]
  /** Stays what it was unless given. */
  secondFactorAt?: Date
  /** Now unless given. */
  authenticatedAt?: Date
}

/**
 * Gives somebody who has proven more a new session in place of the old one, which ends (SE-4). Its last moment stays that of the
 * sign-in. Throws `auth/required` when the old one has ended.
 */
export async function replaceSession(ctx: AppContext, tx: Tx, change: SessionReplacement): Promise<Tokens> {
  const now = ctx.clock.now()
  const old = await lockSession(tx, change.sessionId, now)
  if (!old) throw new Problem('auth/required')
  const session: SessionRow = {
    ...old,
    id: newId(),
    ...whereFrom(change.client),
    deviceId: change.client.deviceId ?? old.deviceId,
    amr: [...new Set([...old.amr, ...change.amr])],
    authenticatedAt: change.authenticatedAt ?? now,
    secondFactorAt: change.secondFactorAt ?? old.secondFactorAt,
    lastSeenAt: now,
  }
  await insertSession(tx, session)
  const tokens = await firstTokens(ctx, tx, session)
  await endSessions(tx, { accountId: old.accountId, sessionId: old.id, reason: 'replaced', now })
  await announceAuthChange(ctx, tx, [authTags.session(old.id)])
  return tokens
}

export interface Revocation {
  accountId: string
  /** Kept with the session: `signed-out`, `password-changed`, `revoked-by-staff` … */
  reason: string
  /** Only this one. */
  sessionId?: string
  /** All but this one. */
  exceptSessionId?: string
  by: Actor | 'system'
  client?: ClientFacts
}

/**
 * Ends sessions in the caller's transaction; returns how many lived. When it commits every process hears of it, and their access
 * and refresh tokens open nothing any more.
 */
export async function revokeSessions(ctx: AppContext, tx: Tx, revocation: Revocation): Promise<number> {
  const { reason, by, client, accountId } = revocation
  const ended = await endSessions(tx, { ...revocation, now: ctx.clock.now() })
  if (ended.length === 0) return 0
  await announceAuthChange(
    ctx,
    tx,
    ended.map(({ id }) => authTags.session(id)),
  )
  await recordAudit(ctx, tx, {
    action: reason === 'signed-out' ? 'auth.sign-out' : 'auth.session-revoked',
    result: 'ok',
    actor: by,
    ...(client ? { client } : {}),
    object: ended.length === 1 ? { type: 'session', id: ended[0]?.id ?? null } : { type: 'account', id: accountId },
    reason,
    details: { account: accountId, count: ended.length },
  })
  return ended.length
}

/**
 * Says that accounts were disabled, or may do other things than before, as when a role of theirs was changed: no process goes on
 * believing what it knew of them.
 */
export const announceAccountChange = (ctx: AppContext, tx: Tx, ...accountIds: readonly string[]): Promise<void> =>
  announceAuthChange(ctx, tx, accountIds.map(authTags.account))
