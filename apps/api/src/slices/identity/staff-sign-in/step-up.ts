import type { FactorProof, Tokens } from '@dhow/contracts/auth.ts'
import type { AppContext } from '../../../context.ts'
import type { StaffActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { recordAudit } from '../../audit/audit.ts'
import { accountOf } from '../factors/change-factors.ts'
import { withFactor } from '../factors/prove-factor.ts'
import { replaceSession } from '../tokens/sessions.ts'

/**
 * The second factor again: what asks for one that is fresh is open for five minutes (ST-3), in a session of another id (SE-4).
 * Throws `auth/code-invalid`, `auth/passkey-invalid`, `auth/challenge-invalid`, `auth/busy`.
 */
export async function stepUp(
  ctx: AppContext,
  { actor, client, proof }: { actor: StaffActor; client: ClientFacts; proof: FactorProof },
): Promise<Tokens> {
  const { sessionId } = actor
  const account = await accountOf(ctx, { actor, client })
  const ceremony = { purpose: 'passkey-confirm', sessionId } as const
  return withFactor(ctx, { account, audience: 'admin-api', client, proof, ceremony }, async (tx, amr) => {
    const secondFactorAt = ctx.clock.now()
    const tokens = await replaceSession(ctx, tx, { sessionId, client, amr: [amr], secondFactorAt })
    const object = { type: 'session', id: tokens.sessionId }
    await recordAudit(ctx, tx, { action: 'auth.step-up', result: 'ok', actor, client, object, details: { amr } })
    return tokens
  })
}
