import type { ConfirmProof } from '@dhow/contracts/account-security.ts'
import type { Tokens } from '@dhow/contracts/auth.ts'
import type { AppContext } from '../../../context.ts'
import type { CustomerActor } from '../../../platform/auth/actor.ts'
import type { ClientFacts } from '../../../platform/auth/client.ts'
import { inTransaction } from '../../../platform/db/database.ts'
import type { Tx } from '../../../platform/db/database.ts'
import { Problem } from '../../../platform/http/problem.ts'
import { recordAudit } from '../../audit/audit.ts'
import type { AccountRow } from '../accounts.sql.ts'
import { checkCode } from '../codes/check-code.ts'
import { checkPassword } from '../passwords/check-password.ts'
import { recordSuccess } from '../passwords/lockout.ts'
import { replaceSession } from '../tokens/sessions.ts'
import { accountOf } from './change-factors.ts'
import { findFactors } from './factors.sql.ts'
import { withFactor } from './prove-factor.ts'

export interface Confirmation {
  actor: CustomerActor
  client: ClientFacts
  proof: ConfirmProof
}

type FirstFactorProof = Extract<ConfirmProof, { method: 'password' | 'code' }>

/** Where a second factor is set up, nothing less proves again who is asking: a password that leaked would turn it off. */
async function requireNoTotp(ctx: AppContext, accountId: string, method: FirstFactorProof['method']): Promise<void> {
  const { hasTotp } = await findFactors(ctx.db, accountId)
  if (hasTotp) throw new Problem(method === 'password' ? 'auth/invalid-credentials' : 'auth/code-invalid')
}

async function checkFirstFactor(
  ctx: AppContext,
  { client, account, proof }: { client: ClientFacts; account: AccountRow; proof: FirstFactorProof },
): Promise<string> {
  await requireNoTotp(ctx, account.id, proof.method)
  if (proof.method === 'password') {
    await checkPassword(ctx, { account, typed: proof.password, client })
    return 'pwd'
  }
  const { challengeId, code } = proof
  await checkCode(ctx, { challengeId, code, purpose: 'confirm-identity', accountId: account.id, client })
  return 'sms'
}

/** A session of another id, whose proof is of now (SE-4, SE-6). */
async function renew(
  ctx: AppContext,
  tx: Tx,
  { actor, client, amr, isSecondFactor }: Omit<Confirmation, 'proof'> & { amr: string; isSecondFactor: boolean },
): Promise<Tokens> {
  const now = ctx.clock.now()
  const tokens = await replaceSession(ctx, tx, {
    sessionId: actor.sessionId,
    client,
    amr: [amr],
    authenticatedAt: now,
    ...(isSecondFactor ? { secondFactorAt: now } : {}),
  })
  const object = { type: 'session', id: tokens.sessionId }
  await recordAudit(ctx, tx, { action: 'auth.step-up', result: 'ok', actor, client, object, details: { amr } })
  return tokens
}

/** A customer proves again who they are. Throws as the contract says; a wrong proof counts toward the account's lock-out. */
export async function confirmIdentity(ctx: AppContext, { actor, client, proof }: Confirmation): Promise<Tokens> {
  const account = await accountOf(ctx, { actor, client })
  if (proof.method === 'password' || proof.method === 'code') {
    const amr = await checkFirstFactor(ctx, { client, account, proof })
    return inTransaction(ctx.db, async (tx) => {
      await recordSuccess(ctx, tx, account.id)
      return renew(ctx, tx, { actor, client, amr, isSecondFactor: false })
    })
  }
  const ceremony = { purpose: 'passkey-confirm', sessionId: actor.sessionId } as const
  return withFactor(ctx, { account, audience: 'shop-api', client, proof, ceremony }, (tx, amr) =>
    renew(ctx, tx, { actor, client, amr, isSecondFactor: true }),
  )
}
