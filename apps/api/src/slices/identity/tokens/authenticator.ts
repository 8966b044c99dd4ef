import { hash } from 'node:crypto'
import { LRUCache } from 'lru-cache'
import type { AppContext } from '../../../context.ts'
import { verifyAccessToken } from '../../../platform/auth/access-tokens.ts'
import type { Refusal, VerifiedToken } from '../../../platform/auth/access-tokens.ts'
import type { Actor, Audience, Authenticator } from '../../../platform/auth/actor.ts'
import type { SessionRecord } from '../../../platform/auth/session-cache.ts'
import { LEEWAY_SECONDS } from '../../../platform/auth/token-life.ts'
import { recordAudit } from '../../audit/audit.ts'
import { findSessionActor } from './sessions.sql.ts'

const MAX_TOKENS = 20_000

/** The widest of the limits of all roles: null is no limit, and what no role sets permits nothing. */
function widest(limits: readonly { refundUpTo?: number | null }[]): { refundUpTo?: number | null } {
  const reach = limits.flatMap(({ refundUpTo }) => (refundUpTo === undefined ? [] : [refundUpTo]))
  if (reach.length === 0) return {}
  const amounts = reach.filter((amount) => amount !== null)
  return { refundUpTo: amounts.length < reach.length ? null : Math.max(...amounts) }
}

async function readSession(ctx: AppContext, sessionId: string): Promise<SessionRecord | undefined> {
  const row = await findSessionActor(ctx.db, sessionId)
  return row && { ...row, permissions: new Set(row.permissions), limits: widest(row.limits) }
}

function actorFrom(session: SessionRecord): Actor {
  const { accountId, sessionId, authenticatedAt, secondFactorAt, amr, permissions, limits } = session
  return session.audience === 'shop-api'
    ? { kind: 'customer', accountId, sessionId, authenticatedAt, amr }
    : { kind: 'staff', accountId, sessionId, authenticatedAt, secondFactorAt, amr, permissions, limits }
}

/** Checks tokens once each, and keeps what they said until they expire: by their hash, so that no memory dump holds one. */
function createTokenReader(ctx: AppContext) {
  const verified = new LRUCache<string, VerifiedToken>({ max: MAX_TOKENS })
  return async (token: string, audience: Audience): Promise<VerifiedToken | Refusal> => {
    const key = audience + hash('sha256', token, 'base64')
    const known = verified.get(key)
    if (known) {
      if (ctx.clock.now().getTime() >= known.expiresMs + LEEWAY_SECONDS * 1000) return 'expired'
      // a key may be withdrawn before its tokens expire
      return (await ctx.keyring.verifier(known.kid)) ? known : 'unknown-key'
    }
    const answer = await verifyAccessToken(ctx, token, audience)
    if (typeof answer !== 'string') verified.set(key, answer)
    return answer
  }
}

/**
 * Knows who may act by a token. Its session is looked up each time, in this process's copy: whoever was shut out is out within a
 * second, though the token has not expired.
 */
export function createAuthenticator(ctx: AppContext): Authenticator {
  const readToken = createTokenReader(ctx)
  const isOver = ({ idleExpiresAt, expiresAt }: SessionRecord): boolean => {
    const now = ctx.clock.now()
    return idleExpiresAt <= now || expiresAt <= now
  }

  async function findSession(token: VerifiedToken): Promise<SessionRecord | undefined> {
    const read = () => readSession(ctx, token.sessionId)
    const known = await ctx.sessions.find(token.sessionId, read)
    // A refresh since then may have put the idle end off.
    const session = known && isOver(known) ? await read() : known
    if (!session || session.isEnded || session.accountId !== token.accountId) return undefined
    return isOver(session) ? undefined : session
  }

  return {
    async authenticate(token, audience) {
      const verified = await readToken(token, audience)
      if (typeof verified === 'string') {
        // An expired token is everyday life; anything else is a fault or an attack.
        ctx.log[verified === 'expired' ? 'info' : 'warn']({ reason: verified, audience }, 'access token refused')
        return undefined
      }
      const session = await findSession(verified)
      if (session?.audience === audience) return actorFrom(session)
      ctx.log.info({ reason: 'session-ended', audience, sessionId: verified.sessionId }, 'access token refused')
      return undefined
    },
    recordDenial: ({ actor, endpointId, code, client }) =>
      recordAudit(ctx, ctx.db, {
        action: 'auth.denied',
        result: 'refused',
        actor,
        client,
        object: { type: 'endpoint', id: endpointId },
        reason: code,
      }),
  }
}
