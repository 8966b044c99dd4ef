import type { Tokens } from '@dhow/contracts/auth.ts'
import type { AppContext } from '../../../context.ts'
import type { Audience } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { openUnder, sealUnder, sha256 } from '../../../platform/crypto/sealing.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import { findAccount } from '../accounts.sql.ts'
import { isProven } from './device-proof.ts'
import { newRefreshToken, tokensFor } from './issue-tokens.ts'
import { tellOwner } from './new-device.ts'
import { findRefreshToken, insertRefreshToken, takeRefreshToken } from './refresh-tokens.sql.ts'
import type { RefreshTokenRow } from './refresh-tokens.sql.ts'
import { idleEnd } from './session-life.ts'
import { actorOf, revokeSessions } from './sessions.ts'
import { touchSession } from './sessions.sql.ts'
import type { SessionRow } from './sessions.sql.ts'

/** For so long the identical request, repeated because its answer was lost, is answered again. */
const GRACE_SECONDS = 10
const SUCCESSOR = 'refresh_tokens.successor'

export interface RefreshRequest {
  refreshToken: string
  audience: Audience
  client: ClientFacts
  /** The `DPoP` header. */
  proof?: string | undefined
}

type Refused = 'unknown' | 'account-ended' | 'not-proven' | 'session-ended' | 'reused'

/** What the used token's successor was, when this is the very request that used it, sent again within ten seconds. */
async function successorOf(
  ctx: AppContext,
  tx: Tx,
  request: RefreshRequest,
  used: RefreshTokenRow,
): Promise<string | undefined> {
  const { usedAt, usedByRequest, successorSealed } = used
  if (!usedAt || !successorSealed || usedByRequest !== request.client.requestId) return undefined
  if (ctx.clock.now().getTime() - usedAt.getTime() > GRACE_SECONDS * 1000) return undefined
  const successor = openUnder(request.refreshToken, SUCCESSOR, successorSealed).toString()
  // Once its successor was used, the answer has arrived: this is somebody else.
  const next = await findRefreshToken(tx, sha256(successor))
  return next?.usedAt === null ? successor : undefined
}

/** A used token used again: one of two who have it is a thief, and nobody can tell which. Both are out (RFC 9700 §4.14). */
async function endStolen(ctx: AppContext, tx: Tx, request: RefreshRequest, session: SessionRow): Promise<void> {
  const { accountId, id: sessionId, audience } = session
  await revokeSessions(ctx, tx, { accountId, sessionId, reason: 'refresh-reuse', by: 'system' })
  const account = await findAccount(tx, { id: accountId })
  if (account) await tellOwner(ctx, tx, { kind: 'session-stolen', account, session })
  await recordAudit(ctx, tx, {
    action: 'auth.refresh-reuse',
    result: 'refused',
    actor: actorOf(session),
    client: request.client,
    object: { type: 'session', id: sessionId },
    details: { account: accountId, audience },
  })
}

async function rotate(
  ctx: AppContext,
  tx: Tx,
  request: RefreshRequest,
  session: SessionRow,
): Promise<Tokens | Refused> {
  const now = ctx.clock.now()
  const tokenHash = sha256(request.refreshToken)
  const successor = newRefreshToken()
  const successorSealed = sealUnder(request.refreshToken, SUCCESSOR, Buffer.from(successor))
  if (await takeRefreshToken(tx, { tokenHash, requestId: request.client.requestId, successorSealed, now })) {
    await insertRefreshToken(tx, { tokenHash: sha256(successor), sessionId: session.id, createdAt: now })
    return tokensFor(ctx, tx, { session, refreshToken: successor })
  }
  const used = await findRefreshToken(tx, tokenHash)
  const given = used && (await successorOf(ctx, tx, request, used))
  if (given !== undefined) return tokensFor(ctx, tx, { session, refreshToken: given })
  await endStolen(ctx, tx, request, session)
  return 'reused'
}

/** Everything that can refuse a token comes before it is used up: whoever lacks the key cannot spoil it for its owner. */
async function refresh(ctx: AppContext, tx: Tx, request: RefreshRequest): Promise<Tokens | Refused> {
  const found = await findRefreshToken(tx, sha256(request.refreshToken))
  if (found?.audience !== request.audience) return 'unknown'
  if (found.accountStatus !== 'active') return 'account-ended'
  const { deviceKeyThumbprint: thumbprint, sessionId } = found
  if (thumbprint !== null && !(await isProven(ctx, tx, { proof: request.proof, thumbprint }))) return 'not-proven'
  const now = ctx.clock.now()
  const idleExpiresAt = idleEnd(ctx.config, { audience: found.audience, isBound: thumbprint !== null, now })
  const session = await touchSession(tx, { id: sessionId, idleExpiresAt, now })
  return session ? rotate(ctx, tx, request, session) : 'session-ended'
}

/**
 * New tokens for a refresh token, which is used up (SE-2). Throws `auth/refresh-invalid` without saying why; the log does. A used
 * one ends its whole session.
 */
export async function refreshSession(ctx: AppContext, request: RefreshRequest): Promise<Tokens> {
  const outcome = await inTransaction(ctx.db, (tx) => refresh(ctx, tx, request))
  if (typeof outcome !== 'string') return outcome
  ctx.log.warn(
    { reason: outcome, audience: request.audience, requestId: request.client.requestId },
    'refresh token refused',
  )
  throw new Problem('auth/refresh-invalid')
}
