import { refreshTokens } from '@dhow/contracts/auth.ts'
import type { DeviceKey } from '@dhow/contracts/auth.ts'
import { calculateJwkThumbprint, EmbeddedJWK, errors, jwtVerify } from 'jose'
import { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import { sha256 } from '../../../platform/crypto/sealing.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { useProof } from './device-proofs.sql.ts'

/** How old a proof may be, or how far ahead the device's clock. */
const PROOF_SECONDS = 60
/** A proof is remembered longer than it is good, so that none works twice. */
const REMEMBERED_SECONDS = 300
const MAX_LENGTH = 4_000

const Claims = z.object({
  jti: z.string().min(1).max(200),
  htm: z.literal(refreshTokens.method),
  htu: z.url().max(1000),
  iat: z.int(),
})

/** How a key is known (RFC 7638, SHA-256, base64url). */
export const thumbprintOf = (key: z.infer<typeof DeviceKey>): Promise<string> => calculateJwkThumbprint(key)

/** The address a proof is for (RFC 9449 §4.3): without query and fragment. */
const addressOf = (htu: string): string => {
  const { origin, pathname } = new URL(htu)
  return `${origin}${pathname}`
}

/** A proof's claims and its key's thumbprint, if it is one: signed, by the public key in its own header. */
async function readProof(ctx: AppContext, proof: string) {
  if (proof.length > MAX_LENGTH) return undefined
  try {
    const { payload, protectedHeader } = await jwtVerify(proof, EmbeddedJWK, {
      typ: 'dpop+jwt',
      algorithms: ['ES256'],
      currentDate: ctx.clock.now(),
      clockTolerance: PROOF_SECONDS,
    })
    const claims = Claims.safeParse(payload).data
    const { jwk } = protectedHeader
    return claims && jwk && { ...claims, thumbprint: await calculateJwkThumbprint(jwk) }
  } catch (error) {
    if (error instanceof errors.JOSEError || error instanceof TypeError || error instanceof DOMException)
      return undefined
    throw error
  }
}

/**
 * Whether the sender of a refresh has the key its session was opened with (SE-3; DPoP, RFC 9449): a proof for this very request,
 * a minute old at most, never seen before.
 */
export async function isProven(
  ctx: AppContext,
  tx: Tx,
  given: { proof: string | undefined; thumbprint: string },
): Promise<boolean> {
  const proof = given.proof === undefined ? undefined : await readProof(ctx, given.proof)
  if (!proof || proof.thumbprint !== given.thumbprint) return false
  if (addressOf(proof.htu) !== `${ctx.config.PUBLIC_API_URL}/api/v1${refreshTokens.path}`) return false
  const now = ctx.clock.now()
  if (Math.abs(now.getTime() / 1000 - proof.iat) > PROOF_SECONDS) return false
  return useProof(tx, {
    jtiHash: sha256(`${proof.thumbprint} ${proof.jti}`),
    expiresAt: new Date(now.getTime() + REMEMBERED_SECONDS * 1000),
  })
}
