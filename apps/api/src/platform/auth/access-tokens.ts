import { decodeProtectedHeader, errors, jwtVerify, SignJWT } from 'jose'
import { z } from 'zod'
import type { AppContext } from '../../context.ts'
import type { Tx } from '../db/database.ts'
import { newId } from '../ids.ts'
import type { Audience } from './actor.ts'
import { ACCESS_SECONDS, LEEWAY_SECONDS } from './token-life.ts'

/** Ours have some 600 bytes; what is longer is not even looked at. */
const MAX_LENGTH = 4_000
const VERSION = 1
const TYPE = 'at+jwt'

/** What a token says (RFC 9068): whose session it is, and nothing personal. What they may do is looked up by the session. */
const Claims = z.object({
  sub: z.uuid(),
  sid: z.uuid(),
  iat: z.int(),
  exp: z.int(),
  jti: z.string(),
  amr: z.array(z.string()),
  auth_time: z.int(),
  ver: z.literal(VERSION),
})

/** Nothing else may stand in a header: keys come from our own set, never from the token (RFC 8725 §3.10). */
const Header = z.strictObject({ alg: z.literal('EdDSA'), typ: z.literal(TYPE), kid: z.string().regex(/^[\w-]{43}$/) })

export interface VerifiedToken {
  accountId: string
  sessionId: string
  kid: string
  expiresMs: number
}

/** Why a token opens nothing; for the log. */
export type Refusal = 'malformed' | 'unknown-key' | 'expired' | 'not-valid'

export interface AccessGrant {
  accountId: string
  sessionId: string
  audience: Audience
  amr: readonly string[]
  authenticatedAt: Date
}

const secondsOf = (date: Date): number => Math.floor(date.getTime() / 1000)

type TokenContext = Pick<AppContext, 'clock' | 'config' | 'keyring'>

export async function issueAccessToken(
  ctx: TokenContext,
  grant: AccessGrant,
  tx: Tx,
): Promise<{ token: string; expiresAt: Date }> {
  const { kid, privateKey } = await ctx.keyring.signer(tx)
  const now = secondsOf(ctx.clock.now())
  const expires = now + ACCESS_SECONDS[grant.audience]
  const token = await new SignJWT({
    sid: grant.sessionId,
    amr: [...grant.amr],
    auth_time: secondsOf(grant.authenticatedAt),
    ver: VERSION,
  })
    .setProtectedHeader({ alg: 'EdDSA', typ: TYPE, kid })
    .setIssuer(ctx.config.PUBLIC_API_URL)
    .setAudience(grant.audience)
    .setSubject(grant.accountId)
    .setIssuedAt(now)
    .setExpirationTime(expires)
    .setJti(newId())
    .sign(privateKey)
  return { token, expiresAt: new Date(expires * 1000) }
}

function readHeader(token: string): { kid: string } | undefined {
  try {
    return Header.safeParse(decodeProtectedHeader(token)).data
  } catch {
    return undefined // what cannot be decoded is no token
  }
}

/** Checks signature, type, issuer, audience and time. Whether the session still lives is another question. */
export async function verifyAccessToken(
  ctx: TokenContext,
  token: string,
  audience: Audience,
): Promise<VerifiedToken | Refusal> {
  const header = token.length <= MAX_LENGTH ? readHeader(token) : undefined
  if (!header) return 'malformed'
  const key = await ctx.keyring.verifier(header.kid)
  if (!key) return 'unknown-key'
  try {
    const { payload } = await jwtVerify(token, key, {
      algorithms: ['EdDSA'],
      typ: TYPE,
      issuer: ctx.config.PUBLIC_API_URL,
      audience,
      clockTolerance: LEEWAY_SECONDS,
      currentDate: ctx.clock.now(),
      requiredClaims: ['exp', 'iat'],
    })
    const claims = Claims.safeParse(payload).data
    if (!claims) return 'not-valid'
    return { accountId: claims.sub, sessionId: claims.sid, kid: header.kid, expiresMs: claims.exp * 1000 }
  } catch (error) {
    if (error instanceof errors.JWTExpired) return 'expired'
    if (error instanceof errors.JOSEError) return 'not-valid'
    throw error
  }
}
