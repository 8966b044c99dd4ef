import { createChallenge, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { z } from 'zod'
import type { AppContext } from '../../../context.ts'
import { sha256 } from '../../../platform/crypto/sealing.ts'

/** How long a puzzle may be solved: generous, since a slow phone takes seconds and a person may hesitate. */
const LIFE_SECONDS = 600
const ALGORITHM = 'PBKDF2/SHA-256'

/** The signature covers every parameter, so only what is read from them here is checked further. */
const Payload = z.object({
  challenge: z.object({
    parameters: z.looseObject({
      algorithm: z.literal(ALGORITHM),
      nonce: z.string().max(200),
      salt: z.string().max(200),
      cost: z.int(),
      keyLength: z.int(),
      keyPrefix: z.string().max(64),
      data: z.object({ until: z.number() }),
    }),
    signature: z.string().max(200),
  }),
  solution: z.object({ counter: z.int(), derivedKey: z.string().max(200), time: z.number().optional() }),
})

const secretOf = ({ sealer }: Pick<AppContext, 'sealer'>): string => sealer.deriveToken('proof-of-work', 'altcha')

/** A puzzle of some 256 tries, each of the configured cost (OT-7). Nothing is stored: it is signed. */
export const makePuzzle = (ctx: AppContext): Promise<object> =>
  createChallenge({
    algorithm: ALGORITHM,
    cost: ctx.config.OTP_PROOF_COST,
    deriveKey,
    // Our clock decides when it is over, so the library's own end, by the wall clock, stays unused.
    data: { until: ctx.clock.now().getTime() + LIFE_SECONDS * 1000 },
    hmacSignatureSecret: secretOf(ctx),
  })

/** A solved puzzle; whoever uses it stores the hash, so that it works once. */
export interface UsedProof {
  hash: Buffer
  expiresAt: Date
}

function decode(text: string): unknown {
  try {
    return JSON.parse(Buffer.from(text, 'base64').toString())
  } catch {
    return undefined
  }
}

/** Reads base64 of `{ challenge, solution }`. Undefined when it is not ours, too old or wrong. */
export async function readProof(ctx: AppContext, text: string): Promise<UsedProof | undefined> {
  const parsed = Payload.safeParse(decode(text))
  if (!parsed.success) return undefined
  const { challenge, solution } = parsed.data
  const { until } = challenge.parameters.data
  if (until <= ctx.clock.now().getTime()) return undefined
  const { verified } = await verifySolution({
    challenge,
    solution: { counter: solution.counter, derivedKey: solution.derivedKey },
    deriveKey,
    hmacSignatureSecret: secretOf(ctx),
  })
  return verified ? { hash: sha256(challenge.signature), expiresAt: new Date(until) } : undefined
}
